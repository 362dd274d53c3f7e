"""Teaching: proposals, their approval, and what became of each teaching."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.desk import lessons
from bot.desk.access import may, needs, person
from bot.desk.audit import record
from bot.desk.codes import Action, ProposalState
from bot.desk.lesson_forms import EntryForm, LessonForm, PhraseForm
from bot.desk.models import Case, Proposal, Reply
from bot.desk.transcript import beliefs
from bot.desk.views.replies import UNPROCESSABLE
from bot.knowledge import KnowledgeError
from bot.learning import LearningError, activation, worker
from bot.learning.patch import left_to_do, patch
from bot.learning.teaching import RUNNING, WAITING, Teaching, again, read, report_of, teachings
from bot.text.masking import mask

SHOWN_TEACHINGS = 50
SHOWN_REJECTED = 20
MAX_OF_GROUP = 10
PATCH_TYPE = "text/x-diff; charset=utf-8"
Act = Callable[[], object]


@require_safe
@needs("read_cases")
def teaching(request: HttpRequest) -> HttpResponse:
    """Show what waits for approval, what is being taught and what was."""
    known = Proposal.objects.select_related("author", "decided_by", "case")
    context = {
        "waiting": known.filter(state=ProposalState.OPEN),
        "approved": known.filter(state=ProposalState.APPROVED),
        "rejected": known.filter(state=ProposalState.REJECTED).order_by("-id")[:SHOWN_REJECTED],
        "teachings": teachings()[::-1][:SHOWN_TEACHINGS],
        "last": activation.last_taught(),
        **_rights(request),
    }
    return render(request, "desk/teaching.html", context)


@needs("propose_changes")
def teach_phrase(request: HttpRequest) -> HttpResponse:
    """Propose that phrases belong to an entry."""
    case = _case(request)
    likely = [key for key, _title, _percent in beliefs(case.ranking)] if case else []
    first = {"phrases": _asked(case), "target": likely[0] if likely else ""}
    form = PhraseForm(request.POST or None, initial=first, author=person(request), likely=likely)
    return _propose(request, form, "Bu ifade hangi kayda ait?", case)


@needs("propose_changes")
def teach_entry(request: HttpRequest) -> HttpResponse:
    """Propose a new entry."""
    case = _case(request)
    sent = Reply.objects.filter(case=case).last() if case else None
    first = {"phrases": _asked(case), "answer": mask(sent.text) if sent else ""}
    form = EntryForm(request.POST or None, initial=first, author=person(request))
    return _propose(request, form, "Yeni kayıt gerekli", case)


def _propose(request: HttpRequest, form: LessonForm, title: str, case: Case | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        count = lessons.suggest(person(request), form.proposals(), form.drafts(), case)
        messages.success(request, f"{count} öneri kaydedildi. Bir editör onaylayınca öğretilir.")
        return redirect("case", case.reference) if case else redirect("teaching")
    context = {"form": form, "title": title, "button": "Öner", "back": "teaching"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "desk/form.html", context, status=status)


@require_POST
@needs("edit_knowledge")
def proposal_approve(request: HttpRequest, number: int) -> HttpResponse:
    """Let a proposal be taught."""
    return _done(request, lambda: lessons.approve(_proposal(number), person(request)), "Onaylandı.")


@require_POST
@needs("edit_knowledge")
def proposal_reject(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse a proposal."""
    reason = request.POST.get("reason", "").strip()[:300]
    what = "Reddedildi."
    return _done(request, lambda: lessons.reject(_proposal(number), person(request), reason), what)


@require_POST
@needs("edit_knowledge")
def teaching_start(request: HttpRequest) -> HttpResponse:
    """Train a candidate with everything approved."""
    try:
        made = lessons.start(person(request))
    except (LearningError, KnowledgeError) as error:
        messages.error(request, str(error))
        return redirect("teaching")
    messages.success(request, "Eğitim başladı.")
    return redirect("teaching-one", made.id)


@require_safe
@needs("read_cases")
def teaching_one(request: HttpRequest, teaching: str) -> HttpResponse:
    """Show how far a teaching is, and what came of it; an open page asks for this again."""
    one = _found(teaching)
    if one.state in RUNNING and worker.recover():
        worker.start()
    one = _found(teaching)
    under_way = one.state in WAITING + RUNNING
    context = {
        "teaching": one,
        "under_way": under_way,
        "report": report_of(one.id),
        "last": activation.last_taught(),
        "proposals": Proposal.objects.filter(teaching=one.id).select_related("author", "case"),
        **_rights(request),
    }
    if request.headers.get("HX-Request"):
        # What came of it is a page of its own: buttons, the report.
        answer = render(request, "desk/progress.html", context)
        if not under_way:
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "desk/teaching_one.html", context)


@require_POST
@needs("edit_knowledge")
def teaching_again(request: HttpRequest, teaching: str) -> HttpResponse:
    """Try a teaching once more; questions ticked are those it is meant to answer."""
    _found(teaching)

    def repeat() -> None:
        again(teaching, request.POST.getlist("expected"))
        record(person(request), Action.TEACHING_STARTED, subject=teaching)
        worker.start()

    _do(request, repeat, "Eğitim yeniden başladı.")
    return redirect("teaching-one", teaching)


@require_POST
@needs("edit_knowledge")
def teaching_take_back(request: HttpRequest, teaching: str) -> HttpResponse:
    """Put a teaching's proposals among the open ones, to be changed."""
    found = _found(teaching)
    what = "Öneriler yeniden onay bekliyor."
    return _done(request, lambda: lessons.take_back(found, person(request)), what)


@require_POST
@needs("edit_knowledge")
def teaching_undo(request: HttpRequest) -> HttpResponse:
    """Take the last teaching back."""

    def undo() -> None:
        step = worker.rollback(person(request).get_username())
        record(person(request), Action.TEACHING_UNDONE, subject=step.of)

    return _done(request, undo, "Son öğretme geri alınıyor; önceki model kullanılacak.")


@require_safe
@needs("edit_knowledge")
def teaching_patch(request: HttpRequest) -> HttpResponse:
    """Hand out everything changed and taught as a patch; what is left to do comes first."""
    record(person(request), Action.PATCH_TAKEN)
    notes = "".join(f"# {line}\n" for line in left_to_do())
    return HttpResponse(
        notes + patch(),
        content_type=PATCH_TYPE,
        headers={"Content-Disposition": 'attachment; filename="masadan.patch"'},
    )


def _done(request: HttpRequest, act: Act, what: str) -> HttpResponse:
    _do(request, act, what)
    return redirect("teaching")


def _do(request: HttpRequest, act: Act, what: str) -> None:
    try:
        act()
    except (LearningError, KnowledgeError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, what)


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_edit": may(request, "edit_knowledge"),
        "may_propose": may(request, "propose_changes"),
    }


def _found(teaching: str) -> Teaching:
    try:
        return read(teaching)
    except LearningError as error:
        raise Http404 from error


def _proposal(number: int) -> Proposal:
    return get_object_or_404(Proposal.objects.select_related("case"), pk=number)


def _case(request: HttpRequest) -> Case | None:
    """Return the case the page was opened from, if from any."""
    reference = request.GET.get("vaka")
    return get_object_or_404(Case, reference=reference) if reference else None


def _asked(case: Case | None) -> list[str]:
    """Return how teachers asked the question of a case, personal data masked."""
    if case is None:
        return []
    others = Case.objects.filter(group=case.group_id).exclude(pk=case.pk).order_by("-asked_at")
    texts = [case.text, *others.values_list("text", flat=True)[:MAX_OF_GROUP]]
    return list(dict.fromkeys(" ".join(mask(text).split()) for text in texts))
