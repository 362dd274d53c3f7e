"""The buttons of a case: each one step, then back to the page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bot.desk.access import needs, person
from bot.desk.cases import steps
from bot.desk.codes import Closing
from bot.desk.door import DoorError
from bot.desk.forms import AssignForm, CloseForm, DuplicateForm, NoteForm
from bot.desk.models import Case
from bot.desk.views.case import found
from bot.reference import reference_of

BAD_FORM = "Form eksik ya da yanlış dolduruldu."
NO_SUCH_CASE = "Bu takip koduyla bir vaka yok."
Step = Callable[[HttpRequest, Case], str]


def _step(take: Step) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the page of a step: it does it, tells what it did, and goes back."""

    @require_POST
    @needs("answer_cases")
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        try:
            messages.success(request, take(request, found(reference)))
        except (steps.StepError, DoorError) as error:
            messages.error(request, str(error))
        return redirect("case", reference)

    return view


def _take(request: HttpRequest, case: Case) -> str:
    steps.take(case, person(request))
    return "Vaka sizde."


def _release(request: HttpRequest, case: Case) -> str:
    steps.release(case, person(request))
    return "Vaka yeniden kuyrukta."


def _assign(request: HttpRequest, case: Case) -> str:
    form = AssignForm(request.POST)
    if not form.is_valid():
        raise steps.StepError(BAD_FORM)
    steps.assign(case, person(request), form.cleaned_data["to"])
    return "Vaka atandı."


def _note(request: HttpRequest, case: Case) -> str:
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise steps.StepError(BAD_FORM)
    steps.note(case, person(request), form.cleaned_data["text"])
    return "Not eklendi."


def _wait(request: HttpRequest, case: Case) -> str:
    steps.wait(case, person(request))
    return "Vaka bekleyenlerde."


def _duplicate(request: HttpRequest, case: Case) -> str:
    form = DuplicateForm(request.POST)
    code = reference_of(form.data.get("of", "")) if form.is_valid() else None
    of = Case.objects.filter(reference=code).first()
    if of is None:
        raise steps.StepError(NO_SUCH_CASE)
    steps.mark_duplicate(case, person(request), of)
    return f"{of.reference} vakasının tekrarı olarak kapatıldı."


def _close(request: HttpRequest, case: Case) -> str:
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise steps.StepError(BAD_FORM)
    steps.close(case, person(request), Closing(form.cleaned_data["closing"]))
    if case.conversation.taken_by:
        steps.give_back(case.conversation, person(request), case.reference)
    return "Vaka kapatıldı."


def _reopen(request: HttpRequest, case: Case) -> str:
    steps.reopen(case, person(request))
    return "Vaka yeniden açıldı."


def _take_over(request: HttpRequest, case: Case) -> str:
    steps.take_over(case, person(request))
    return "Konuşma sizde. Asistan, siz geri verene kadar yanıt vermeyecek."


def _give_back(request: HttpRequest, case: Case) -> str:
    steps.give_back(case.conversation, person(request), case.reference)
    return "Konuşma asistana geri verildi."


take, release, assign, note = map(_step, (_take, _release, _assign, _note))
wait, duplicate, close, reopen = map(_step, (_wait, _duplicate, _close, _reopen))
take_over, give_back = map(_step, (_take_over, _give_back))
