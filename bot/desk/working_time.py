"""Working hours: when an answer is due, and how much working time has passed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import holidays

from bot.clock import TURKIYE

#: Eves of the religious holidays and of 29 October end here by law (2429, article 2).
HALF_DAY_ENDS = datetime.time(13)
#: Nobody waits longer; it also ends the search when no day is a working day.
MAX_DAYS = 60


@dataclass(frozen=True)
class Hours:
    """When the office is open: `weekdays` from Monday 0, `closed` extra days off."""

    opens_at: datetime.time = datetime.time(9)
    closes_at: datetime.time = datetime.time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    closed: frozenset[datetime.date] = field(default_factory=frozenset)


def due(start: datetime.datetime, hours: int, office: Hours) -> datetime.datetime:
    """Return the moment when so many working hours have passed.

    With no working day in sight it is the end of the search, `MAX_DAYS` later.
    """
    left = datetime.timedelta(hours=hours)
    for begin, end in _open(start, office):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return start + datetime.timedelta(days=MAX_DAYS)


def _open(
    start: datetime.datetime, office: Hours
) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
    """Return the open spans from a moment on."""
    first = start.astimezone(TURKIYE).date()
    for number in range(MAX_DAYS):
        day = first + datetime.timedelta(days=number)
        if day.weekday() not in office.weekdays or day in office.closed or is_holiday(day):
            continue
        closes = min(office.closes_at, HALF_DAY_ENDS) if is_eve(day) else office.closes_at
        begin = max(_at(day, office.opens_at), start)
        end = _at(day, closes)
        if begin < end:
            yield begin, end


def _at(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time, TURKIYE)


def is_holiday(day: datetime.date) -> bool:
    """Tell whether a day is a public holiday in Türkiye."""
    return day in _days(day.year, holidays.PUBLIC)


def is_eve(day: datetime.date) -> bool:
    """Tell whether a day's afternoon is a holiday."""
    return day in _days(day.year, holidays.HALF_DAY)


@lru_cache(maxsize=20)
def _days(year: int, kind: str) -> frozenset[datetime.date]:
    # Religious holidays of the years ahead are the library's estimate.
    found = holidays.country_holidays("TR", years=year, categories=(kind,))
    return frozenset(found)
