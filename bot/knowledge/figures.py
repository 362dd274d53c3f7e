"""Dated figures of the rules and the calendar: read from data, asked by year."""

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import StrictInt, validator

from bot.knowledge.entries import Frozen, Source
from bot.knowledge.loader import Fault, KnowledgeError, parse, read_yaml
from bot.text.partial_date import PartialDate

Standing = Literal["documented", "carried", "undocumented"]


class Period(Frozen):
    """A figure with the years its source speaks of, both inclusive."""

    value: StrictInt
    first: StrictInt
    until: StrictInt
    source: Source

    class Config(Frozen.Config):
        """In the files the first year is called `from`, a word Python keeps."""

        fields = {"first": "from"}  # noqa: RUF012 - read by pydantic

    @validator("until")
    def _ordered(cls, until: int, values: Mapping[str, int]) -> int:
        if until < values.get("first", until):
            raise ValueError("until, from yılından önce olamaz")
        return until


class Dated(NamedTuple):
    """What a figure is in a year, and how that is known.

    `documented`: a source speaks of the year. `carried`: the last documented figure of
    an earlier year (`period` says which; `followed` that a later one is documented).
    `undocumented`: nothing can be said. `meaning` says in Turkish what the figure is.
    """

    standing: Standing
    period: Period | None
    meaning: str = ""
    followed: bool = False

    @property
    def value(self) -> int | None:
        """The figure, None if nothing can be said."""
        return self.period.value if self.period else None


class Figure(Frozen):
    """A figure over the years. `review_by`, if set, says until when somebody vouches for it."""

    meaning: str
    afterwards: Literal["carried", "none"]
    periods: tuple[Period, ...]
    review_by: PartialDate | None = None

    @validator("periods")
    def _in_order(cls, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        if not periods:
            raise ValueError("en az bir dönem gerekir")
        for before, after in itertools.pairwise(periods):
            if after.first <= before.until:
                raise ValueError(f"{after.first} dönemi bir öncekiyle çakışıyor ya da sırasız")
        return periods

    def in_year(self, year: int) -> Dated:
        """Return the figure of a year.

        A year before the first documented one is undocumented, whatever follows.
        """
        earlier = [period for period in self.periods if period.first <= year]
        if not earlier:
            return Dated("undocumented", None, self.meaning)
        last = earlier[-1]
        if year <= last.until:
            return Dated("documented", last, self.meaning)
        if self.afterwards == "none":
            return Dated("undocumented", None, self.meaning)
        return Dated("carried", last, self.meaning, last != self.periods[-1])


class CalendarDay(Frozen):
    """A day of one year, with its source."""

    date: PartialDate
    source: Source

    @validator("date")
    def _whole(cls, date: PartialDate) -> PartialDate:
        if not date.day:
            raise ValueError(f"“{date.iso()}” bir gün değil; 2026-06-01 gibi yazın")
        return date


class CalendarEvent(Frozen):
    """An event that has its own day in each year."""

    meaning: str
    years: Mapping[int, CalendarDay]

    @validator("years")
    def _near(cls, years: Mapping[int, CalendarDay]) -> Mapping[int, CalendarDay]:
        for year, day in years.items():
            # Results may come in the year after the evaluation's, never before it.
            if not year <= day.date.year <= year + 1:
                raise ValueError(f"{year} için {day.date.iso()} yazılmış; yılı denetleyin")
        return years


class _FigureFile(Frozen):
    __root__: Mapping[str, Figure]


class _CalendarFile(Frozen):
    __root__: Mapping[str, CalendarEvent]


class Figures(NamedTuple):
    """All figures by rule and name, and the calendar."""

    rules: Mapping[str, Mapping[str, Figure]]
    calendar: Mapping[str, CalendarEvent]

    def in_year(self, rule: str, name: str, year: int) -> Dated:
        """Return a figure of a rule in a year."""
        return self.rules[rule][name].in_year(year)

    def day(self, event: str, year: int) -> CalendarDay | None:
        """Return the day of an event in a year, None if the documents have none."""
        return self.calendar[event].years.get(year)


def load_figures(folder: Path) -> Figures:
    """Load `rules/*.yml` and `calendar.yml` of a knowledge folder.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    faults: list[Fault] = []
    rules: dict[str, Mapping[str, Figure]] = {}
    for path in sorted((folder / "rules").glob("*.yml")):
        data = read_yaml(path, faults)
        file = parse(_FigureFile, data, path, 1, faults) if data is not None else None
        if file:
            rules[path.stem] = file.__root__
    path = folder / "calendar.yml"
    data = read_yaml(path, faults)
    calendar = parse(_CalendarFile, data, path, 1, faults) if data is not None else None
    if faults or calendar is None:
        raise KnowledgeError(faults)
    return Figures(rules, calendar.__root__)
