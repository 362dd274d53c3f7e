"""Dated facts: the calendar, the rules' figures, the coordinators, the outage notice."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bot.desk.access import may, needs, person
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.fact_forms import BannerForm, DayForm, FigureForm, ImportForm
from bot.desk.views.replies import UNPROCESSABLE
from bot.knowledge import KnowledgeError, current
from bot.knowledge.banner import load_banner
from bot.knowledge.current import coordinators as directory
from bot.knowledge.current import figures
from bot.learning import LearningError
from bot.learning.edits import Edit, edits
from bot.learning.facts import clear_day, clear_figure, hide_coordinators, set_banner
from bot.live import live

SHOWN_EDITS = 50
LIVE = "Yayında"


@require_safe
@needs("read_cases")
def facts(request: HttpRequest) -> HttpResponse:
    """Show all dated facts in use, and who changed what."""
    flows = current().flows
    rules = [
        (rule, flows[rule].title if rule in flows else rule, held)
        for rule, held in figures().rules.items()
    ]
    context = {
        "calendar": figures().calendar,
        "rules": rules,
        "coordinators": directory(),
        "banner": load_banner(live().knowledge),
        "edits": edits()[::-1][:SHOWN_EDITS],
        "documents": current().documents,
        "may_edit": may(request, "edit_knowledge"),
    }
    return render(request, "desk/facts.html", context)


@needs("edit_knowledge")
def fact_day(request: HttpRequest, event: str) -> HttpResponse:
    """Set an event's day of a year."""
    found = figures().calendar.get(event)
    if found is None:
        raise Http404
    form = DayForm(request.POST or None, initial={"year": request.GET.get("yil")})
    return _form(request, form, found.meaning, lambda by: form.save(by, event))


@require_POST
@needs("edit_knowledge")
def fact_day_clear(request: HttpRequest, event: str, year: int) -> HttpResponse:
    """Take an event's day of a year away."""
    return _now(request, lambda by: clear_day(by, event, year), "facts")


@needs("edit_knowledge")
def fact_figure(request: HttpRequest, rule: str, figure: str) -> HttpResponse:
    """Set a rule's figure for some years."""
    found = figures().rules.get(rule, {}).get(figure)
    if found is None:
        raise Http404
    last = found.periods[-1]
    first = {"value": last.value, "first": last.until + 1, "until": last.until + 1}
    form = FigureForm(request.POST or None, initial=first)
    return _form(request, form, found.meaning, lambda by: form.save(by, rule, figure))


@require_POST
@needs("edit_knowledge")
def fact_figure_clear(request: HttpRequest, rule: str, figure: str, year: int) -> HttpResponse:
    """Take the period of a figure that begins in a year away."""
    return _now(request, lambda by: clear_figure(by, rule, figure, year), "facts")


@needs("edit_knowledge")
def fact_banner(request: HttpRequest) -> HttpResponse:
    """Set or take away the outage notice."""
    now = load_banner(live().knowledge)
    form = BannerForm(request.POST or None, initial=now.dict())
    return _form(request, form, "Kesinti duyurusu", form.save)


@require_POST
@needs("edit_knowledge")
def fact_banner_clear(request: HttpRequest) -> HttpResponse:
    """Take the outage notice away."""
    return _now(request, lambda by: set_banner(by, ""), "facts")


@require_safe
@needs("read_cases")
def coordinators(request: HttpRequest) -> HttpResponse:
    """Show the directory."""
    return _directory(request, ImportForm())


@require_POST
@needs("edit_knowledge")
def coordinators_import(request: HttpRequest) -> HttpResponse:
    """Take a file of coordinators in; each line that cannot be used is named."""
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid() and _saved(request, form.save, form):
        return redirect("coordinators")
    return _directory(request, form, UNPROCESSABLE)


@require_POST
@needs("edit_knowledge")
def coordinators_hide(request: HttpRequest) -> HttpResponse:
    """Hide a province's records, or show them again."""
    province, hidden = request.POST.get("province", ""), request.POST.get("hidden") == "evet"
    return _now(request, lambda by: hide_coordinators(by, province, hidden), "coordinators")


def _directory(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    context = {
        "coordinators": directory(),
        "form": form,
        "may_edit": may(request, "edit_knowledge"),
    }
    return render(request, "desk/coordinators.html", context, status=status)


def _form(
    request: HttpRequest, form: forms.Form, title: str, save: Callable[[str], Edit]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _saved(request, save, form):
        return redirect("facts")
    context: dict[str, Any] = {"form": form, "title": title, "button": "Sakla", "back": "facts"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "desk/form.html", context, status=status)


def _now(request: HttpRequest, change: Callable[[str], Edit], page: str) -> HttpResponse:
    """Make a change that needs no form."""
    _saved(request, change)
    return redirect(page)


def _saved(
    request: HttpRequest, change: Callable[[str], Edit], form: forms.Form | None = None
) -> bool:
    """Make a change live and log it; what is wrong is said in the form, or on the next page."""
    try:
        edit = change(person(request).get_username())
    except (LearningError, KnowledgeError) as error:
        if form is None:
            messages.error(request, str(error))
        else:
            form.add_error(None, str(error))
        return False
    record(person(request), Action.FACT_CHANGED, subject=edit.what)
    messages.success(request, f"{LIVE}: {edit.what}")
    return True
