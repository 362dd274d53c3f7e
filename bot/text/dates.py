"""Dates in Turkish text, day first, with their true precision.

Absolute dates are read here, so that an impossible one is refused, not guessed; those told
by another in `bot.text.relative_dates`.
"""

import datetime
import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.text.date_parts import (
    DAY,
    DAYS,
    LAST,
    LAST_BUT_ONE,
    MONTH_STEMS,
    OF_YEAR,
    YEAR,
    YEARS,
    DateFound,
    date_of,
    day_after,
    month_of,
    year_at,
)
from bot.text.numbers import number_at
from bot.text.partial_date import PartialDate
from bot.text.relative_dates import may_begin, relative, year_after

_LOCATIVE = re.compile(r"(?:d[ae]|t[ae])(?:n|yd[iu]|ydik)?|[iu]nd[ae]n?")
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})[a-z]*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[a-z]*")
_THIS = {"bu", "icinde"}
_SLIP = 1
#: Without a year beside it only a longer name is mended: "19 kasm".
_LONG_MONTH = 5
_DAY_WORDS = {
    *("bir", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz", "dokuz", "on", "yirmi", "otuz"),
    *("onbir", "oniki", "onuc", "ondort", "onbes", "onalti", "onyedi", "onsekiz", "ondokuz"),
}


def dates_in(normalized: str, today: datetime.date) -> list[DateFound]:
    """Return the dates of a normalized text in order.

    >>> day = datetime.date(2026, 11, 20)
    >>> [f.date.iso() for f in dates_in("12 mart 2024te basladi gecen eylul bitti", day)]
    ['2024-03-12', '2026-09']
    """
    words = normalized.split()
    found: list[DateFound] = []
    index = 0
    while index < len(words):
        match = _may_begin(words[index]) and (
            _written(words, index)
            or _with_month(words, index, today)
            or relative(words, index, today)
            or _bare_year(words, index)
            or year_after(words, index, found)
        )
        if match:
            found.append(match)
            index = match.last + 1
        else:
            index += 1
    return found


@lru_cache(maxsize=20_000)
def _may_begin(word: str) -> bool:
    """Tell whether a date can begin with a word; most words need no closer look."""
    return (
        word[0].isdecimal()
        or word in _THIS
        or month_of(word)[0] > 0
        or may_begin(word)
        or number_at([word], 0) is not None
    )


def _written(words: list[str], index: int) -> DateFound | None:
    """Read 12.03.2024, 12/3/24, 2024-03-12."""
    if not words[index][0].isdecimal():
        return None
    if match := _DOTTED.fullmatch(words[index]):
        day, month, year = match.groups()
        full = int(year) if len(year) == 4 else 2000 + int(year)
        return DateFound(date_of(full, int(month), int(day)) if int(day) else None, index, index)
    if match := _ISO.fullmatch(words[index]):
        return DateFound(date_of(*map(int, match.groups())), index, index)
    return None


def _with_month(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read 12 mart 2024, mart 2024, 2024 ekim, geçen eylül, eylülde, 12 mart."""
    start = index
    day, year, index = _before_month(words, index, today)
    beside = year > 0 or (day and index + 1 < len(words) and YEAR.fullmatch(words[index + 1]))
    month, suffix = month_of(words[index]) if index < len(words) else (0, "")
    if not month and (beside or 0 < day <= DAYS) and index < len(words):
        month = _misspelt_month(words[index], 0 if beside else _LONG_MONTH)
    if not month:
        return None
    last, assumed = index, False
    if year <= 0 and (after_month := year_at(words, index + 1)):
        year, last = after_month
    if year <= 0:
        softened = words[index].startswith("aralig")  # "yaş aralığında"
        if not day and year == 0 and (softened or not _LOCATIVE.fullmatch(suffix)):
            return None  # "yaş aralık" is no December
        year, assumed = _latest_year(month, day, today), True
    before = last == index and not assumed  # "2026 nisan 10"
    if not day and not assumed and (after := day_after(words, last + 1, bare=before)):
        day, last = after
    return DateFound(date_of(year, month, day), start, last, assumed)


def _before_month(words: list[str], index: int, today: datetime.date) -> tuple[int, int, int]:
    """Return day, year and where the month should stand; year -1 asks for the latest one."""
    if match := DAY.fullmatch(words[index]):
        return int(match[1]), 0, index + 1
    if spelled := _spelled_day(words, index):
        return spelled
    if match := YEAR.fullmatch(words[index]):
        of_year = index + 2 < len(words) and words[index + 1] in OF_YEAR
        return 0, int(match[1]), index + 1 + of_year  # "2022'nin haziranında"
    if words[index] not in {*LAST, *_THIS, LAST_BUT_ONE} or index + 1 >= len(words):
        return 0, 0, index
    if not YEARS.fullmatch(words[index + 1]):
        return 0, -1, index + 1  # "geçen eylül" is the latest September
    # "geçen yıl eylül" is that of last year, with a day perhaps.
    back = 2 if words[index] == LAST_BUT_ONE else int(words[index] in LAST)
    day, year, index = 0, today.year - back, index + 2
    if index + 1 < len(words) and (match := DAY.fullmatch(words[index])):
        day, index = int(match[1]), index + 1
    said = index + 1 < len(words) and YEAR.fullmatch(words[index + 1])
    return day, 0 if said else year, index


def _spelled_day(words: list[str], index: int) -> tuple[int, int, int] | None:
    """Read the day in "yirmi kasım", "on iki mart": a month's name must follow."""
    if words[index] not in _DAY_WORDS:
        return None
    for end in (index + 2, index + 1):
        if end < len(words) and month_of(words[end])[0]:
            number = number_at(words, index, end - index)
            if number and number.last == end - 1 and 1 <= number.value <= DAYS:
                return number.value, 0, end
    return None


def _bare_year(words: list[str], index: int) -> DateFound | None:
    found = year_at(words, index)
    return DateFound(PartialDate(found[0]), index, found[1]) if found else None


def _misspelt_month(word: str, shortest: int = 0) -> int:
    """Return the month a word beside a day or a year must be, one slip forgiven."""
    bare = re.sub(r"(?:d[ae]|t[ae])(?:n|k[iu])?$", "", word)
    for stem, number in MONTH_STEMS.items():
        if len(stem) >= shortest and len(bare) > _SLIP + 1 and OSA.distance(bare, stem) <= _SLIP:
            return number
    return 0


def _latest_year(month: int, day: int, today: datetime.date) -> int:
    """Return the year of the latest such month or day that is not in the future."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1
