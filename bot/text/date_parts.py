"""What dates in Turkish text are made of: a month's name, a day, a year."""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from bot.text.fold import fold
from bot.text.numbers import number_at
from bot.text.partial_date import MONTHS, PartialDate

MONTH_STEMS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
#: "Ocağında", "aralığı": the last letter softens before a vowel.
_SOFTENED = {"ocag": 1, "aralig": 12}
_SUFFIX = re.compile(r"[a-z]*")
_OF_THE_MONTH = {"i", "inda", "indan", "ina", "indaydi", "in", "indayken"}
YEAR = re.compile(r"((?:19|20)\d\d)(?:[a-z]*)")
DAY = re.compile(r"(\d{1,2})[.]?")
YEARS = re.compile(r"(?:yil|sene)[a-z]*|yl|snee?")
LAST = {"gecen", "gecn", "onceki", "gectigimiz"}
LAST_BUT_ONE = "evvelki"
OF_YEAR = {"nin", "nun", "in", "un", "yili", "yilinin"}
DAYS = 31
#: "Yirmi beş yıl önce": no count of years is longer.
NUMBER_WORDS = 4
#: What may follow "2026 nisan 10": nothing that ten could count.
_AFTER_DAY = re.compile(
    r"(?:[dt][ae]n?|[iu]n?|s[iu]|[iu]nd[ae]|kay|bit|basla|ver|al[dim]|tarih|gun|itibar|son|olarak|ve$)"
    r"[a-z]*"
)


class DateFound(NamedTuple):
    """A date and the words it stands in (`first` to `last`, inclusive).

    `date` is None for a day that never was; `assumed` marks a year that was not said.
    """

    date: PartialDate | None
    first: int
    last: int
    assumed: bool = False


@lru_cache(maxsize=20_000)
def month_of(word: str) -> tuple[int, str]:
    """Return a month's number and the suffix after its name; 0 for another word."""
    for stem, number in MONTH_STEMS.items():
        if word.startswith(stem) and _SUFFIX.fullmatch(word, len(stem)):
            return number, word[len(stem) :]
    for stem, number in _SOFTENED.items():
        if word.startswith(stem) and (suffix := word[len(stem) :]) in _OF_THE_MONTH:
            return number, suffix
    return 0, ""


def year_at(words: list[str], index: int) -> tuple[int, int] | None:
    """Read a year in figures or spelled, "iki bin yirmi dört": its value and its last word."""
    if index >= len(words):
        return None
    if match := YEAR.fullmatch(words[index]):
        return int(match[1]), index
    if words[index : index + 2] != ["iki", "bin"]:
        return None
    number = number_at(words, index, NUMBER_WORDS)
    return (number.value, number.last) if number and YEAR.fullmatch(str(number.value)) else None


def day_after(words: list[str], index: int, bare: bool = False) -> tuple[int, int] | None:
    """Read the day in "Eylül 2020'nin on dördünde": its value and its last word.

    `bare`: the day may stand without an ending, as in "2026 nisan 10".
    """
    if bare and index < len(words) and (match := DAY.fullmatch(words[index])):
        following = words[index + 1] if index + 1 < len(words) else ""
        if 1 <= int(match[1]) <= DAYS and (not following or _AFTER_DAY.fullmatch(following)):
            return int(match[1]), index
    if index < len(words) and words[index] in OF_YEAR:
        index += 1
    number = number_at(words, index, 3)
    if not number or not 1 <= number.value <= DAYS:
        return None
    last = number.last
    located = re.search(r"[iu]nd[ae]$", words[last])
    if (
        not located
        and words[last + 1 : last + 2]
        and re.fullmatch(r"s?[iu]nd[ae]", words[last + 1])
    ):
        last, located = last + 1, re.match(r"", "")
    return (number.value, last) if located else None


def date_of(year: int, month: int, day: int) -> PartialDate | None:
    """Return the date, None if there never was one (31 February, month 13, day 0)."""
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)
