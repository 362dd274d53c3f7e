"""Editing dated facts: calendar, the rules' figures, coordinators, the outage notice."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.knowledge.banner import FILE as BANNER
from bot.knowledge.coordinators import FILE as COORDINATORS
from bot.knowledge.coordinators import Coordinator, hidden_in, read_coordinators
from bot.knowledge.current import knowledge
from bot.knowledge.facts import Facts
from bot.knowledge.figures import Figure
from bot.learning import LearningError
from bot.learning.changes import Change, rows_by_province
from bot.learning.edits import Edit, make_edit
from bot.learning.sources import Citation, Ledger
from bot.text.fold import normalize
from bot.text.partial_date import PartialDate
from bot.text.provinces import places

CALENDAR = "calendar.yml"


def set_day(
    by: str,
    event: str,
    year: int,
    day: datetime.date,
    citation: Citation,
    note: str = "",
) -> Edit:
    """Set an event's day of a year; the one before is replaced.

    Raises:
        LearningError: for an event the calendar does not have, or a source not described.
        KnowledgeError: if the whole would be broken.
    """
    in_use = knowledge()
    found = in_use.figures.calendar.get(event)
    if found is None:
        raise LearningError(_unknown("olay", event, in_use.figures.calendar))
    date = PartialDate(day.year, day.month, day.day)
    ledger = Ledger(in_use)
    old = found.years.get(year)
    if old and (old.date != date or old.source.dict() != citation.source):
        ledger.let_go(old.source, old.date.iso(), f"Yerine {date.turkish()} yazıldı.")
    ledger.cite(citation, Facts(frozenset(), frozenset({date}), frozenset()))
    new = {"date": date.iso(), "source": citation.source}
    changes = [Change(CALENDAR, (event, "years", year), new), *ledger.changes()]
    return make_edit(by, f"{found.meaning} ({year}): {date.turkish()}", changes, note)


def clear_day(by: str, event: str, year: int, note: str = "") -> Edit:
    """Take an event's day of a year away.

    Raises:
        LearningError: if there is none.
    """
    in_use = knowledge()
    found = in_use.figures.calendar.get(event)
    day = found.years.get(year) if found else None
    if found is None or day is None:
        raise LearningError(f"Takvimde {event} için {year} yılının günü zaten yok")
    ledger = Ledger(in_use)
    reason = note or f"{year} yılının günü takvimden kaldırıldı."
    ledger.let_go(day.source, day.date.iso(), reason)
    changes = [Change(CALENDAR, (event, "years", year), None), *ledger.changes()]
    return make_edit(by, f"{found.meaning} ({year}): kaldırıldı", changes, note)


def set_figure(
    by: str,
    rule: str,
    name: str,
    value: int,
    first: int,
    until: int,
    citation: Citation,
    note: str = "",
) -> Edit:
    """Set a rule's figure for the years its source speaks of.

    A period that begins in the same year is replaced.

    Raises:
        LearningError: for a figure no rule has, or a source not described.
        KnowledgeError: if the whole would be broken, as by periods that overlap.
    """
    in_use = knowledge()
    figure = _figure(rule, name)
    new = {"value": value, "from": first, "until": until, "source": citation.source}
    old = next((period for period in figure.periods if period.first == first), None)
    kept = [period for period in _periods(figure) if period["from"] != first]
    periods = sorted([*kept, new], key=lambda period: int(period["from"]))
    ledger = Ledger(in_use)
    if old and (old.value != value or old.source.dict() != citation.source):
        ledger.let_go(old.source, str(old.value), f"Yerine {value} yazıldı.")
    ledger.cite(citation, Facts(frozenset({str(value)}), frozenset(), frozenset()))
    changes = [
        Change(f"rules/{rule}.yml", (name, "periods"), periods, _periods(figure)),
        *ledger.changes(),
    ]
    years = str(first) if first == until else f"{first}-{until}"
    return make_edit(by, f"{figure.meaning} ({years}): {value}", changes, note)


def clear_figure(by: str, rule: str, name: str, first: int, note: str = "") -> Edit:
    """Take the period of a figure that begins in a year away.

    Raises:
        LearningError: if there is no such period.
        KnowledgeError: if it is the only one.
    """
    figure = _figure(rule, name)
    old = next((period for period in figure.periods if period.first == first), None)
    if old is None:
        raise LearningError(f"“{figure.meaning}” için {first} yılında başlayan bir dönem yok")
    kept = [period for period in _periods(figure) if period["from"] != first]
    ledger = Ledger(knowledge())
    reason = note or f"{first} yılında başlayan dönem kaldırıldı."
    ledger.let_go(old.source, str(old.value), reason)
    changes = [
        Change(f"rules/{rule}.yml", (name, "periods"), kept, _periods(figure)),
        *ledger.changes(),
    ]
    return make_edit(by, f"{figure.meaning} ({first}): kaldırıldı", changes, note)


def import_coordinators(by: str, path: Path, note: str = "") -> Edit:
    """Take a directory file in: the provinces it names lose their old records.

    Raises:
        KnowledgeError: naming each line that cannot be used; nothing changes then.
        LearningError: if nothing would change.
    """
    records = read_coordinators(path)
    changes = _of_provinces(records, {record.province for record in records})
    what = f"Koordinatörler: {len(records)} kayıt, {len(changes)} il"
    return make_edit(by, what, changes, note)


def set_coordinators(by: str, province: str, records: list[dict[str, Any]], note: str = "") -> Edit:
    """Replace a province's records (keys of the directory's file); none takes them away.

    Raises:
        LearningError: for a province there is not, or if nothing would change.
        KnowledgeError: naming what is wrong with a record.
    """
    name = _province(province)
    rows = [{**record, "province": name} for record in records]
    return make_edit(
        by, f"Koordinatörler: {name}", [Change(COORDINATORS, (name,), rows or None)], note
    )


def hide_coordinators(by: str, province: str, hidden: bool = True, note: str = "") -> Edit:
    """Hide a province's records, or show them again.

    Raises:
        LearningError: for a province there is not, or one without records, or none to change.
    """
    name = _province(province)
    records = knowledge().coordinators
    if not any(record.province == name for record in records):
        raise LearningError(f"Rehberde {name} kaydı yok. Önce: python -m bot coordinators list")
    changes = _of_provinces(hidden_in(records, name, hidden), {name})
    what = f"Koordinatörler: {name} {'gizlendi' if hidden else 'gösteriliyor'}"
    return make_edit(by, what, changes, note)


def set_banner(
    by: str, text: str, first: str | None = None, until: str | None = None, note: str = ""
) -> Edit:
    """Set the outage notice; times as `bot.knowledge.banner` reads them. No text: none.

    Raises:
        KnowledgeError: if it is too long or its times are none.
        LearningError: if nothing would change.
    """
    text = text.strip()
    notice = {"text": text, "from": (first or None) if text else None}
    notice["until"] = (until or None) if text else None
    what = f"Duyuru: {text}" if text else "Duyuru kaldırıldı"
    return make_edit(by, what, [Change(BANNER, (), notice)], note)


def _figure(rule: str, name: str) -> Figure:
    rules = knowledge().figures.rules
    if rule not in rules:
        raise LearningError(_unknown("hesap", rule, rules))
    if name not in rules[rule]:
        raise LearningError(_unknown("sayı", name, rules[rule]))
    return rules[rule][name]


def _periods(figure: Figure) -> list[dict[str, Any]]:
    """Return the periods as the files write them."""
    return [period.dict(by_alias=True) for period in figure.periods]


def _of_provinces(records: Iterable[Coordinator], names: Iterable[str]) -> list[Change]:
    rows = rows_by_province(records)
    return [Change(COORDINATORS, (name,), rows.get(name)) for name in sorted(names)]


def _province(name: str) -> str:
    found = places().provinces.get(normalize(name))
    if found is None:
        raise LearningError(f"“{name}” diye bir il yok. İlin adını tam yazın")
    return found


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f"“{name}” diye bir {kind} yok. Olanlar: {', '.join(sorted(known))}"
