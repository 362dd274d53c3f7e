"""Answering: preview, send, try again."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bot.desk.access import needs, person
from bot.desk.cases.replies import send, write
from bot.desk.cases.steps import StepError
from bot.desk.codes import Delivery
from bot.desk.forms import ReplyForm
from bot.desk.markdown import as_html
from bot.desk.models import Case, Reply
from bot.desk.views.case import found, render_case, reply_form

UNPROCESSABLE = 422
CONFLICT = 409


@require_POST
@needs("answer_cases")
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a reply as the teacher will see it; a page without scripts keeps the draft."""
    html = as_html(request.POST.get("text", ""))
    if request.headers.get("HX-Request"):
        return render(request, "desk/preview.html", {"preview": html})
    the_case = found(reference)
    draft = ReplyForm(initial=request.POST.dict())
    fresh = reply_form(the_case)
    draft.fields["also"] = fresh.fields["also"]
    return render_case(request, the_case, draft, preview=html)


@require_POST
@needs("answer_cases")
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    """Send an answer to the teacher, and to the others who asked the same, if wanted."""
    the_case = found(reference)
    form = reply_form(the_case, data=request.POST)
    if not form.is_valid():
        return render_case(request, the_case, form, UNPROCESSABLE)
    given = form.cleaned_data
    text, closes = given["text"], not given["waits"]
    try:
        written = write(
            the_case, person(request), given["reply_id"], text, closes, given["version"]
        )
    except StepError as error:
        the_case.refresh_from_db()
        again = reply_form(the_case, text)
        messages.error(request, str(error))
        return render_case(request, the_case, again, CONFLICT)
    if written is None:
        messages.info(request, "Bu yanıt daha önce gönderilmişti.")
        return redirect("case", reference)
    _say(request, send(written))
    for other in Case.objects.filter(reference__in=given["also"]):
        own_id = uuid.uuid5(uuid.UUID(given["reply_id"]), other.reference).hex
        copy = write(other, person(request), own_id, text, closes, other.version)
        if copy is not None:
            _say(request, send(copy))
    return redirect("case", reference)


@require_POST
@needs("answer_cases")
def send_again(request: HttpRequest, reference: str, reply_id: str) -> HttpResponse:
    """Try a reply again that has not arrived."""
    left = get_object_or_404(
        Reply.objects.select_related("case__conversation", "author"),
        pk=reply_id,
        case__reference=reference,
    )
    if left.state in {Delivery.FAILED, Delivery.SENDING}:
        _say(request, send(left))
    return redirect("case", reference)


def _say(request: HttpRequest, sent: Reply) -> None:
    """Tell the staff what became of a reply."""
    text = f"{sent.case.reference}: {sent.get_state_display()}."
    if sent.state == Delivery.FAILED:
        messages.error(request, f"{text} {sent.trouble} Yanıtınız saklandı.")
    elif sent.state == Delivery.BLOCKED:
        messages.warning(request, text)
    else:
        messages.success(request, text)
