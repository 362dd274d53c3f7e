"""What of the knowledge is due for a look, and what somebody found who looked."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.clock import today
from bot.knowledge.current import knowledge
from bot.knowledge.facts import facts_in
from bot.knowledge.figures import Figure
from bot.knowledge.whole import Knowledge
from bot.learning import LearningError
from bot.learning.changes import Change
from bot.learning.edits import Edit, make_edit
from bot.learning.entries import file_of
from bot.learning.links import DEAD, LinkState
from bot.text.partial_date import PartialDate

#: What is found right is looked at again after so long.
REVIEW_AFTER = datetime.timedelta(days=365)
#: An entry nobody asked for so long is listed.
UNASKED_DAYS = 180
#: An entry is often found unhelpful from so many votes and this share of them.
LEAST_VOTES = 3
UNHELPFUL_SHARE = 0.4


class Usage(NamedTuple):
    """How an entry or a flow was asked for and judged."""

    asked: int = 0
    last_asked: datetime.date | None = None
    helpful: int = 0
    unhelpful: int = 0


class Mark(NamedTuple):
    """Somebody's note that a piece of knowledge must change."""

    at: str
    by: str
    note: str


class Due(NamedTuple):
    """One thing to look at. `rule` names the reason for a program, `key` what it is about.

    An entry or a flow goes by its id, a figure by `akis-kalite/members_tr`, an event of the
    calendar by `calendar/appeal_until`.
    """

    key: str
    rule: str
    message: str


def due(
    in_use: Knowledge,
    day: datetime.date,
    *,
    marks: Mapping[str, Mark] | None = None,
    links: Mapping[str, LinkState] | None = None,
    usage: Mapping[str, Usage] | None = None,
    unasked_days: int = UNASKED_DAYS,
) -> list[Due]:
    """Return everything that is due on a day.

    Without `usage` nothing is said of what was asked; with it, an id it lacks was never
    asked.
    """
    return [
        *(Due(key, "marked", _marked(mark)) for key, mark in (marks or {}).items()),
        *_entries(in_use, day),
        *_figures(in_use, day),
        *_calendar(in_use, day),
        *_links(in_use, links or {}),
        *(_usage(in_use, day, usage, unasked_days) if usage is not None else ()),
    ]


def _marked(mark: Mark) -> str:
    return f"Değişmesi istendi ({mark.by}, {mark.at[:10]}): {mark.note}"


def _entries(in_use: Knowledge, day: datetime.date) -> Iterator[Due]:
    for key, entry in in_use.base.entries.items():
        if entry.review_by.last_day() < day:
            yield Due(key, "overdue", f"Gözden geçirme günü geçti: {entry.review_by.turkish()}")


def _figures(in_use: Knowledge, day: datetime.date) -> Iterator[Due]:
    for rule, figures in in_use.figures.rules.items():
        for name, figure in figures.items():
            if message := _figure_due(figure, day):
                yield Due(f"{rule}/{name}", *message)


def _figure_due(figure: Figure, day: datetime.date) -> tuple[str, str] | None:
    last = figure.periods[-1]
    if figure.review_by is not None:
        if figure.review_by.last_day() >= day:
            return None
        when = figure.review_by.turkish()
        return "overdue", f"{figure.meaning} ({last.value}): gözden geçirme günü geçti: {when}"
    if last.until >= day.year:
        return None
    then = "taşınıyor" if figure.afterwards == "carried" else "kullanılmıyor"
    what = f"{figure.meaning} ({last.value}): belgesi {last.until} yılına ait"
    return "outdated", f"{what}; {day.year} için {then}"


def _calendar(in_use: Knowledge, day: datetime.date) -> Iterator[Due]:
    for name, event in in_use.figures.calendar.items():
        if day.year not in event.years:
            message = f"{event.meaning}: {day.year} için gün yazılmamış"
            yield Due(f"calendar/{name}", "no_day", message)


def _links(in_use: Knowledge, links: Mapping[str, LinkState]) -> Iterator[Due]:
    for key, entry in in_use.base.entries.items():
        for link in sorted(facts_in(entry.answer).links):
            if link in links and links[link].state == DEAD:
                yield Due(key, "dead_link", f"Bağlantı açılmıyor: {link} ({links[link].why})")


def _usage(
    in_use: Knowledge, day: datetime.date, usage: Mapping[str, Usage], unasked_days: int
) -> Iterator[Due]:
    for key in [*in_use.base.entries, *in_use.base.flows]:
        used = usage.get(key, Usage())
        if used.last_asked is None:
            yield Due(key, "never_asked", "Hiç sorulmadı")
        elif (day - used.last_asked).days > unasked_days:
            message = f"{(day - used.last_asked).days} gündür sorulmadı"
            yield Due(key, "never_asked", message)
        votes = used.helpful + used.unhelpful
        if votes >= LEAST_VOTES and used.unhelpful >= UNHELPFUL_SHARE * votes:
            message = f"{votes} oydan {used.unhelpful} tanesi “işime yaramadı”"
            yield Due(key, "thumbs_down", message)


def marks_in(records: Iterable[Mapping[str, Any]]) -> dict[str, Mark]:
    """Return what is marked by a journal: the last word on it was that it must change.

    An edit of it, or that it is still right, takes the mark away.
    """
    marks: dict[str, Mark] = {}
    for record in records:
        if record["kind"] == "change_wanted":
            marks[record["key"]] = Mark(record["at"], record["by"], record["note"])
        elif record["kind"] == "still_right":
            marks.pop(record["key"], None)
        elif record["kind"] == "edit":
            for change in record["changes"]:
                marks.pop(_key_of(change["file"], change["path"]), None)
    return marks


def _key_of(file: str, path: Sequence[Any]) -> str:
    first = str(path[0]) if path else ""
    if file.startswith("rules/"):
        return f"{file.removeprefix('rules/').removesuffix('.yml')}/{first}"
    return f"calendar/{first}" if file == "calendar.yml" else first


def still_right(by: str, key: str, note: str = "") -> Edit:
    """Say of an entry or a figure that it still holds: its review is due again in a year.

    Raises:
        LearningError: for an id there is not.
    """
    again = today() + REVIEW_AFTER
    date = PartialDate(again.year, again.month, again.day).iso()
    file, path = _place(key)
    changes = [Change(file, (*path, "review_by"), date)] if file else []
    return make_edit(by, f"{key}: hâlâ doğru", changes, note, kind="still_right", key=key)


def change_wanted(by: str, key: str, note: str) -> Edit:
    """Note that a piece of knowledge must change, and how.

    Raises:
        LearningError: for an id there is not, or without a note.
    """
    _place(key)
    if not note.strip():
        raise LearningError("Neyin değişmesi gerektiğini yazın")
    return make_edit(by, f"{key}: değişmeli", [], note, kind="change_wanted", key=key)


def _place(key: str) -> tuple[str, tuple[str, ...]]:
    """Return the file and path of what a key names; no file where nothing is reviewed by date.

    Raises:
        LearningError: if nothing has that key.
    """
    in_use = knowledge()
    rule, _, name = key.partition("/")
    if key in in_use.base.entries:
        return file_of(key), (key,)
    if name in in_use.figures.rules.get(rule, {}):
        return f"rules/{rule}.yml", (name,)
    if key in in_use.base.flows or (rule == "calendar" and name in in_use.figures.calendar):
        return "", ()
    raise LearningError(f"“{key}” diye bir kayıt, akış, sayı ya da takvim olayı yok")
