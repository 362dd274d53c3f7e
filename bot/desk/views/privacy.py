"""One person's data: look, hand out, delete."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bot.desk import persons
from bot.desk.access import needs, person
from bot.desk.door import DoorError
from bot.desk.forms import PersonForm
from bot.desk.reading.tracker import events_of
from bot.settings import settings

NOBODY = "Bu kodla ya da kimlikle kayıtlı bir konuşma yok; silinmiş olabilir."


@needs("handle_privacy")
def privacy(request: HttpRequest) -> HttpResponse:
    """Look a person's conversation up. By POST: an address is kept in histories and logs."""
    form = PersonForm(request.POST or None)
    context = {"form": form, "settings": settings()}
    if request.method == "POST" and form.is_valid():
        key = persons.find(form.cleaned_data["who"])
        if key is None:
            form.add_error("who", NOBODY)
        else:
            context |= {
                "key": key,
                "cases": persons.cases_of(key),
                "events": len(events_of(key)),
            }
    return render(request, "desk/privacy.html", context)


@require_POST
@needs("handle_privacy")
def privacy_export(request: HttpRequest) -> HttpResponse:
    """Hand a person's data out as a file."""
    return HttpResponse(
        persons.export(_key(request), person(request)),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="kisi-verileri.json"'},
    )


@require_POST
@needs("handle_privacy")
def privacy_erase(request: HttpRequest) -> HttpResponse:
    """Delete a person's data."""
    key = _key(request)
    if request.POST.get("sure") != "evet":
        messages.error(request, "Silmek için onay kutusunu işaretleyin.")
        return redirect("privacy")
    try:
        persons.erase(key, person(request))
    except DoorError as error:
        messages.error(request, f"Hiçbir şey silinmedi. {error}")
    else:
        messages.success(request, "Kişinin verileri silindi.")
    return redirect("privacy")


def _key(request: HttpRequest) -> str:
    key = persons.find(request.POST.get("key", ""))
    if key is None:
        raise Http404
    return key
