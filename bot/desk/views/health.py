"""The health of the knowledge: what is due for a look, and what somebody found who looked."""

import threading
from collections.abc import Callable
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bot.clock import today
from bot.desk.access import may, needs, person
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.labels import target_title
from bot.desk.usage import usage
from bot.knowledge import KnowledgeError
from bot.knowledge.current import knowledge
from bot.learning import LearningError, store
from bot.learning.edits import Edit
from bot.learning.health import change_wanted, due, marks_in, still_right
from bot.learning.links import check_links, links_of, stored_links

#: What each reason is called, in the order they are shown.
RULES = {
    "marked": "Değişmesi istenenler",
    "dead_link": "Açılmayan bağlantılar",
    "overdue": "Gözden geçirme günü geçenler",
    "outdated": "Belgesi eskiyen sayılar",
    "no_day": "Bu yıl günü yazılmamış olaylar",
    "thumbs_down": "Sık sık “işime yaramadı” denenler",
    "never_asked": "Sorulmayanlar",
}
BY_ITSELF = "Denetim sürüyor. Sonucu birazdan bu sayfada görürsünüz."


@require_safe
@needs("read_cases")
def knowledge_health(request: HttpRequest) -> HttpResponse:
    """Show everything that is due today, by reason."""
    links = stored_links()
    found = due(knowledge(), today(), marks=marks_in(store.journal()), links=links, usage=usage())
    order = list(RULES)
    found.sort(key=lambda one: order.index(one.rule))
    context = {
        "groups": [
            (rule, RULES[rule], [(one, *_named(one.key)) for one in group])
            for rule, group in groupby(found, key=lambda one: one.rule)
        ],
        "checked_at": max((state.at for state in links.values()), default=""),
        "unchecked": sum(state.state == "unchecked" for state in links.values()),
        "may_edit": may(request, "edit_knowledge"),
        "may_propose": may(request, "propose_changes"),
    }
    return render(request, "desk/health.html", context)


def _named(key: str) -> tuple[str, str]:
    """Return what a key is called, and the page where it is changed if there is one."""
    rule, _, name = key.partition("/")
    if rule == "calendar":
        return "Takvim", reverse("fact-day", args=[name])
    if name:
        return target_title(rule), reverse("fact-figure", args=[rule, name])
    return target_title(key), ""


@require_POST
@needs("edit_knowledge")
def health_right(request: HttpRequest) -> HttpResponse:
    """Say that a piece of knowledge still holds."""
    return _judge(request, still_right, Action.FOUND_RIGHT, "Bir yıl sonra yeniden sorulur.")


@require_POST
@needs("propose_changes")
def health_change(request: HttpRequest) -> HttpResponse:
    """Note that a piece of knowledge must change, and how."""
    return _judge(request, change_wanted, Action.CHANGE_WANTED, "Notunuz sayfanın başında.")


def _judge(
    request: HttpRequest, judge: Callable[[str, str, str], Edit], action: Action, then: str
) -> HttpResponse:
    """Take what somebody says of a piece of knowledge, with a note."""
    key = request.POST.get("key", "")
    note = request.POST.get("note", "").strip()[:300]
    try:
        edit = judge(person(request).get_username(), key, note)
    except (LearningError, KnowledgeError) as error:
        messages.error(request, str(error))
    else:
        record(person(request), action, subject=key)
        messages.success(request, f"{edit.what}. {then}")
    return redirect("knowledge-health")


@require_POST
@needs("edit_knowledge")
def health_links(request: HttpRequest) -> HttpResponse:
    """Try the links of the answers, in the background: a site may take its time."""
    record(person(request), Action.LINKS_CHECKED)
    start_check()
    messages.success(request, BY_ITSELF)
    return redirect("knowledge-health")


def start_check() -> None:
    """Try the links without anybody waiting for it."""
    links = links_of(knowledge().base)
    threading.Thread(target=check_links, args=(links,), daemon=True).start()
