"""The page of a case."""

import time
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.desk import suggestions
from bot.desk.access import may, needs, person
from bot.desk.audit import record
from bot.desk.cases.replies import same_question
from bot.desk.codes import Action, Status
from bot.desk.forms import AssignForm, CloseForm, DuplicateForm, NoteForm, ReplyForm
from bot.desk.models import CannedAnswer, Case, LogEntry
from bot.desk.transcript import Shown, beliefs, shown
from bot.text.masking import mask

#: After being asked for, personal data stay visible in this session so long.
SHOWN_SECONDS = 600
_SHOWN = "shown"


def found(reference: str) -> Case:
    """Return a case by its code, or 404."""
    return get_object_or_404(
        Case.objects.select_related("conversation__taken_by", "group", "assignee", "duplicate_of"),
        reference=reference,
    )


@require_safe
@needs("read_cases")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case; `taslak` puts a suggestion into the reply."""
    the_case = found(reference)
    draft = _draft(the_case, request.GET.get("taslak", ""))
    return render_case(request, the_case, reply_form(the_case, draft))


@require_safe
@needs("read_cases")
def transcript(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the conversation for an open page; nothing if it has not grown."""
    the_case = found(reference)
    said = _said(request, the_case)
    if request.GET.get("n") == f"{said.count}-{said.paused}":
        return HttpResponse(status=204)
    return render(request, "desk/transcript.html", {"case": the_case, "said": said})


@require_POST
@needs("see_personal")
def show_personal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was masked, for a while, and log who asked."""
    the_case = found(reference)
    record(person(request), Action.PERSONAL_SHOWN, the_case.reference)
    request.session[_SHOWN] = {**request.session.get(_SHOWN, {}), reference: time.time()}
    return redirect("case", reference)


def render_case(
    request: HttpRequest, the_case: Case, form: ReplyForm, status: int = 200, **more: Any
) -> HttpResponse:
    """Render the page with this reply form."""
    masked = not _asked_for(request, the_case)
    context = {
        "case": the_case,
        "text": mask(the_case.text) if masked else the_case.text,
        "masked": masked,
        "said": _said(request, the_case),
        "beliefs": beliefs(the_case.ranking),
        "flows": suggestions.flows(the_case),
        "entries": suggestions.entries(the_case),
        "answers": suggestions.earlier_answers(the_case),
        "canned": CannedAnswer.objects.all(),
        "people": _people(the_case),
        "replies": the_case.replies.select_related("author"),
        "proposals": the_case.proposals.all(),
        "notes": the_case.notes.select_related("author"),
        "log": LogEntry.objects.filter(reference=the_case.reference).select_related("actor"),
        "reply_form": form,
        "note_form": NoteForm(auto_id="note-%s"),
        "close_form": CloseForm(),
        "duplicate_form": DuplicateForm(),
        "assign_form": AssignForm(initial={"to": the_case.assignee_id}),
        "may_answer": may(request, "answer_cases"),
        "may_propose": may(request, "propose_changes"),
        "may_see": may(request, "see_personal"),
        "is_done": the_case.status == Status.DONE,
        **more,
    }
    return render(request, "desk/case.html", context, status=status)


def reply_form(the_case: Case, draft: str = "", data: Any = None) -> ReplyForm:
    """Return the reply form of a case, with the others who asked the same."""
    first = {"reply_id": uuid.uuid4().hex, "version": the_case.version, "text": draft}
    form = ReplyForm(data, initial=first)
    others = [
        (other.reference, f"{other.reference}: {mask(other.text)[:120]}")
        for other in same_question(the_case)
    ]
    form.fields["also"].choices = others  # type: ignore[attr-defined]
    return form


def _asked_for(request: HttpRequest, the_case: Case) -> bool:
    at = request.session.get(_SHOWN, {}).get(the_case.reference, 0.0)
    return may(request, "see_personal") and time.time() - at < SHOWN_SECONDS


def _said(request: HttpRequest, the_case: Case) -> Shown:
    return shown(the_case.conversation.key, masked=not _asked_for(request, the_case))


def _people(the_case: Case) -> int:
    """Return how many people have asked the same."""
    return Case.objects.filter(group=the_case.group_id).values("conversation").distinct().count()


def _draft(the_case: Case, key: str) -> str:
    """Return the text of a suggestion, empty if it is none of this case."""
    kind, _, name = key.partition(":")
    if kind == "hazir" and name.isdecimal():
        canned = CannedAnswer.objects.filter(pk=int(name[:9])).first()
        return canned.text if canned else ""
    looked_in = {"kayit": suggestions.entries, "vaka": suggestions.earlier_answers}.get(kind)
    offered = looked_in(the_case) if looked_in else []
    return next((one.text for one in offered if one.origin == name), "")
