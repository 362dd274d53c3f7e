"""How the office works, and what has been done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bot.desk.access import needs, person
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.forms import OfficeForm
from bot.desk.models import LogEntry, Office
from bot.reference import reference_of
from bot.settings import settings

LOG_ROWS = 100


@needs("change_settings")
def office(request: HttpRequest) -> HttpResponse:
    """Change the working hours, and who gets the summary."""
    form = OfficeForm(request.POST or None, instance=Office.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        record(person(request), Action.SETTINGS_CHANGED, subject=", ".join(form.changed_data))
        messages.success(request, "Ayarlar saklandı. Yeni vakalardan başlayarak geçerlidir.")
        return redirect("office")
    return render(request, "desk/office.html", {"form": form, "settings": settings()})


@require_safe
@needs("read_log")
def log(request: HttpRequest) -> HttpResponse:
    """Show the audit log, the newest first; of one case if a code is searched for."""
    entries = LogEntry.objects.select_related("actor")
    code = reference_of(request.GET.get("q", ""))
    action = request.GET.get("islem", "")
    if code:
        entries = entries.filter(reference=code)
    if action in Action.values:
        entries = entries.filter(action=action)
    page = Paginator(entries, LOG_ROWS).get_page(request.GET.get("sayfa"))
    context = {
        "page": page,
        "words": request.GET.get("q", ""),
        "actions": Action.choices,
        "action": action,
    }
    return render(request, "desk/log.html", context)
