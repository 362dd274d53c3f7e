"""What a calculation returns, and the pieces every calculator shares."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.entries import Source
from bot.knowledge.figures import Dated
from bot.text.partial_date import PartialDate

#: eTwinning's own first year (tanitim-2020 4): nothing can be dated before it.
FIRST_YEAR = 2005
#: The largest count of members, teachers or projects that is taken for meant.
MOST_BELIEVED = 1_000

#: The conclusion where a month or a year is known and the day inside it decides.
ROUGH = "Sonuç, tam güne bağlı."

State = Literal["passed", "failed", "unknown", "undocumented"]
Outcome = Literal["yes", "no", "depends", "undocumented"]


class FactError(ValueError):
    """A fact cannot be: the Turkish sentence says why, `fact` which one to ask again."""

    def __init__(self, fact: str, sentence: str) -> None:
        self.fact = fact
        super().__init__(sentence)


@dataclass(frozen=True)
class Check:
    """One rule tested: its name, how it stands, one Turkish line, figure and sources."""

    rule: str
    state: State
    text: str
    figure: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Day:
    """A computed or documented day and what it is."""

    name: str
    date: datetime.date
    text: str


@dataclass(frozen=True)
class Verdict:
    """The result of a calculation.

    `conclusion` is one Turkish sentence; `checks` each rule; `changes` what would have to
    change; `days` the days computed; `missing` the facts it depends on, by name; `notes`
    what a reader must know, the age of the rule above all; `see` the entry that tells more.
    """

    flow: str
    outcome: Outcome
    conclusion: str
    checks: tuple[Check, ...] = ()
    changes: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    see: str | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source behind the verdict, once, in order."""
        return tuple(dict.fromkeys(source for check in self.checks for source in check.sources))

    def with_notes(self, notes: tuple[str, ...]) -> "Verdict":
        """Return the verdict with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def as_depending(self, missing: tuple[str, ...]) -> "Verdict":
        """Return the verdict as one that depends on facts known too roughly."""
        return replace(self, outcome="depends", conclusion=ROUGH, missing=missing, days=())

    def state_of(self, rule: str) -> State | None:
        """Return how a rule stands, None if it was not tested."""
        return next((check.state for check in self.checks if check.rule == rule), None)


def outcome_of(checks: Iterable[Check]) -> Outcome:
    """Return the outcome when every check must pass: the worst state decides."""
    states = {check.state for check in checks}
    if "failed" in states:
        return "no"
    if "unknown" in states:
        return "depends"
    return "undocumented" if "undocumented" in states else "yes"


def source(document: str, place: str) -> Source:
    """Return a source; short for the tables of the calculators."""
    return Source(document=document, place=place)


def sources_of(*figures: Dated, beside: Sequence[Source] = ()) -> tuple[Source, ...]:
    """Return the sources of figures as they are now, each once, then others."""
    found = [figure.period.source for figure in figures if figure.period]
    return tuple(dict.fromkeys([*found, *beside]))


def carried_note(*figures: Dated) -> tuple[str, ...]:
    """Return a sentence that names the years figures are carried from, if any are."""
    carried = [f for f in figures if f.standing == "carried" and f.period]
    notes = []
    for followed in (False, True):
        years = sorted({f.period.until for f in carried if f.period and f.followed == followed})
        if years:
            later = "" if followed else "; sonraki yıllar için kayıtlı bir duyuru yok"
            names = " ve ".join(map(str, years))
            notes.append(f"Buradaki sayılar {names} duyurusuna göre{later}.")
    return tuple(notes)


def shown(date: datetime.date) -> str:
    """Return a day as `21 Eylül 2020`."""
    return PartialDate(date.year, date.month, date.day).turkish()


def with_comma(number: float) -> str:
    """Return a number as Turkish writes it.

    >>> with_comma(1.5), with_comma(17)
    ('1,5', '17')
    """
    return str(number).replace(".", ",")


def add_years(date: datetime.date, years: int) -> datetime.date:
    """Return the anniversary; that of 29 February is 28 February in other years.

    >>> add_years(datetime.date(2024, 2, 29), 2)
    datetime.date(2026, 2, 28)
    """
    try:
        return date.replace(year=date.year + years)
    except ValueError:
        return date.replace(year=date.year + years, day=28)
