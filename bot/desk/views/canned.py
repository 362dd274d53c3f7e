"""Texts the staff often send."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bot.desk.access import may, needs, person
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.forms import CannedForm
from bot.desk.models import CannedAnswer


@require_safe
@needs("read_cases")
def canned(request: HttpRequest) -> HttpResponse:
    """List them."""
    context = {"canned": CannedAnswer.objects.all(), "may_edit": may(request, "edit_knowledge")}
    return render(request, "desk/canned.html", context)


@needs("edit_knowledge")
def canned_new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    return _edit(request, None, Action.CANNED_ADDED)


@needs("edit_knowledge")
def canned_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change one."""
    return _edit(request, get_object_or_404(CannedAnswer, pk=number), Action.CANNED_CHANGED)


@require_POST
@needs("edit_knowledge")
def canned_delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete one."""
    text = get_object_or_404(CannedAnswer, pk=number)
    record(person(request), Action.CANNED_DELETED, subject=text.title)
    text.delete()
    messages.success(request, "Hazır yanıt silindi.")
    return redirect("canned")


def _edit(request: HttpRequest, text: CannedAnswer | None, action: Action) -> HttpResponse:
    form = CannedForm(request.POST or None, instance=text)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        changed.changed_by, changed.changed_at = person(request), timezone.now()
        changed.save()
        record(person(request), action, subject=changed.title)
        messages.success(request, "Hazır yanıt saklandı.")
        return redirect("canned")
    title = "Hazır yanıt" if text else "Yeni hazır yanıt"
    context = {"form": form, "title": title, "button": "Sakla", "back": "canned"}
    return render(request, "desk/form.html", context)
