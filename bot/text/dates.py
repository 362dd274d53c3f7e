"""Dates in Turkish text, day first, with their true precision.

Absolute dates are read here, so that an impossible one is refused, not guessed;
relative ones ("2 hafta önce", "dün") are dateparser's.
"""

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.text.fold import fold
from bot.text.numbers import number_at
from bot.text.partial_date import MONTHS, PartialDate

_MONTH_STEMS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
#: "Ocağında", "aralığı": the last letter softens before a vowel.
_SOFTENED = {"ocag": 1, "aralig": 12}
_LOCATIVE = re.compile(r"(?:d[ae]|t[ae])(?:n|yd[iu]|ydik)?|[iu]nd[ae]n?")
_SUFFIX = re.compile(r"[a-z]*")
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})[a-z]*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[a-z]*")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:[a-z]*)")
_DAY = re.compile(r"(\d{1,2})[.]?")
_LAST = {"gecen", "gecn", "onceki", "gectigimiz"}
_LAST_BUT_ONE = "evvelki"
_THIS = {"bu", "icinde"}
_OF_THE_MONTH = {"i", "inda", "indan", "ina", "indaydi", "in", "indayken"}
_NEXT = {"gelecek", "onumuzdeki", "dahaki"}
_ONE = {"bir", "bi"}
#: "Öbür yıl" is the one after the next.
_NEXT_BUT_ONE = {"obur"}
_OF_YEAR = {"nin", "nun", "in", "un", "yili", "yilinin"}
_AFTER = {"ertesi", "sonraki"}
_SLIP = 1
#: Without a year beside it only a longer name is mended: "19 kasm".
_LONG_MONTH = 5
DAYS = 31
#: "Yirmi beş yıl önce": no count of years is longer.
_NUMBER_WORDS = 4
_DAY_WORDS = {
    *("bir", "iki", "uc", "dort", "bes", "alti", "yedi", "sekiz", "dokuz", "on", "yirmi", "otuz"),
    *("onbir", "oniki", "onuc", "ondort", "onbes", "onalti", "onyedi", "onsekiz", "ondokuz"),
}
_YEARS = re.compile(r"(?:yil|sene)[a-z]*|yl|snee?")
#: "Aynı ay", "o yıl", "o kış": the date before it, as far as the word says.
_SAME = re.compile(r"(?:ay|yil|sene|gun|hafta|kis|yaz|bahar|ilkbahar|sonbahar|guz)(?!d[iu]$)[a-z]*")
_A_MONTH = re.compile(r"ay(?:[iu]n\w*|da)?")
_UNITS = re.compile(r"(yil|sene|ay|hafta|gun)[a-z]*")
_DATEPARSER_UNITS = {"yil": "yıl", "sene": "yıl", "ay": "ay", "hafta": "hafta", "gun": "gün"}
_AGO = re.compile(r"once[a-z]*|evvel[a-z]*")
#: "3 yıldır kayıtlıyız", "kaydolalı 3 yıl oldu"; not "15 yıldır öğretmenim".
_SINCE = re.compile(r"(yil|sene|ay)d[iu]r")
_BEEN = re.compile(r"ol(?:du|mus|uyor)[a-z]*|gecti|doldu")
_REGISTERED = re.compile(r"kay(?:it|dol|ded|dett)[a-z]*")
_HALF = "bucuk"
_HALVES = re.compile(r"(\d{1,2})\.5")
_HALF_A_YEAR = 6
#: The last month of a season that is over: "geçen yaz".
_SEASONS = {"yaz": 8, "ilkbahar": 5, "bahar": 5, "sonbahar": 11, "guz": 11}
#: What may follow "2026 nisan 10": nothing that ten could count.
_AFTER_DAY = re.compile(
    r"(?:[dt][ae]n?|[iu]n?|s[iu]|[iu]nd[ae]|kay|bit|basla|ver|al[dim]|tarih|gun|itibar|son|olarak|ve$)"
    r"[a-z]*"
)
_RELATIVE_DAYS = re.compile(r"(dun|bugun)[a-z]*")
_BEGINNINGS = frozenset(
    (
        *_LAST,
        _LAST_BUT_ONE,
        *_THIS,
        *_NEXT,
        *_NEXT_BUT_ONE,
        *_ONE,
        *_AFTER,
        *_DAY_WORDS,
        *("seneye", "ayni", "o"),
    )
)


class DateFound(NamedTuple):
    """A date and the words it stands in (`first` to `last`, inclusive).

    `date` is None for a day that never was; `assumed` marks a year that was not said.
    """

    date: PartialDate | None
    first: int
    last: int
    assumed: bool = False


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
            or _relative(words, index, today)
            or _bare_year(words, index)
            or _year_after(words, index, found)
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
        or word in _BEGINNINGS
        or _month(word)[0] > 0
        or bool(_RELATIVE_DAYS.fullmatch(word))
        or number_at([word], 0) is not None
    )


def _written(words: list[str], index: int) -> DateFound | None:
    """Read 12.03.2024, 12/3/24, 2024-03-12."""
    if not words[index][0].isdecimal():
        return None
    if match := _DOTTED.fullmatch(words[index]):
        day, month, year = match.groups()
        full = int(year) if len(year) == 4 else 2000 + int(year)
        return DateFound(_date(full, int(month), int(day)) if int(day) else None, index, index)
    if match := _ISO.fullmatch(words[index]):
        return DateFound(_date(*map(int, match.groups())), index, index)
    return None


def _with_month(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read 12 mart 2024, mart 2024, 2024 ekim, geçen eylül, eylülde, 12 mart."""
    start = index
    day, year, index = _before_month(words, index, today)
    beside = year > 0 or (day and index + 1 < len(words) and _YEAR.fullmatch(words[index + 1]))
    month, suffix = _month(words[index]) if index < len(words) else (0, "")
    if not month and (beside or 0 < day <= DAYS) and index < len(words):
        month = _misspelt_month(words[index], 0 if beside else _LONG_MONTH)
    if not month:
        return None
    last, assumed = index, False
    if year <= 0 and (after_month := _year_at(words, index + 1)):
        year, last = after_month
    if year <= 0:
        softened = words[index].startswith("aralig")  # "yaş aralığında"
        if not day and year == 0 and (softened or not _LOCATIVE.fullmatch(suffix)):
            return None  # "yaş aralık" is no December
        year, assumed = _latest_year(month, day, today), True
    before = last == index and not assumed  # "2026 nisan 10"
    if not day and not assumed and (after := _day_after(words, last + 1, bare=before)):
        day, last = after
    return DateFound(_date(year, month, day), start, last, assumed)


def _before_month(words: list[str], index: int, today: datetime.date) -> tuple[int, int, int]:
    """Return day, year and where the month should stand; year -1 asks for the latest one."""
    if match := _DAY.fullmatch(words[index]):
        return int(match[1]), 0, index + 1
    if spelled := _spelled_day(words, index):
        return spelled
    if match := _YEAR.fullmatch(words[index]):
        of_year = index + 2 < len(words) and words[index + 1] in _OF_YEAR
        return 0, int(match[1]), index + 1 + of_year  # "2022'nin haziranında"
    if words[index] not in {*_LAST, *_THIS, _LAST_BUT_ONE} or index + 1 >= len(words):
        return 0, 0, index
    if not _YEARS.fullmatch(words[index + 1]):
        return 0, -1, index + 1  # "geçen eylül" is the latest September
    # "geçen yıl eylül" is that of last year, with a day perhaps.
    back = 2 if words[index] == _LAST_BUT_ONE else int(words[index] in _LAST)
    day, year, index = 0, today.year - back, index + 2
    if index + 1 < len(words) and (match := _DAY.fullmatch(words[index])):
        day, index = int(match[1]), index + 1
    said = index + 1 < len(words) and _YEAR.fullmatch(words[index + 1])
    return day, 0 if said else year, index


def _spelled_day(words: list[str], index: int) -> tuple[int, int, int] | None:
    """Read the day in "yirmi kasım", "on iki mart": a month's name must follow."""
    if words[index] not in _DAY_WORDS:
        return None
    for end in (index + 2, index + 1):
        if end < len(words) and _month(words[end])[0]:
            number = number_at(words[index:end], 0)
            if number and number.last == end - index - 1 and 1 <= number.value <= DAYS:
                return number.value, 0, end
    return None


def _year_at(words: list[str], index: int) -> tuple[int, int] | None:
    """Read a year in figures or spelled, "iki bin yirmi dört": its value and its last word."""
    if index >= len(words):
        return None
    if match := _YEAR.fullmatch(words[index]):
        return int(match[1]), index
    if words[index : index + 2] != ["iki", "bin"]:
        return None
    value, after = _number_at(words, index) or (0, 0)
    return (value, after - 1) if _YEAR.fullmatch(str(value)) else None


def _day_after(words: list[str], index: int, bare: bool = False) -> tuple[int, int] | None:
    """Read the day in "Eylül 2020'nin on dördünde": its value and its last word.

    `bare`: the day may stand without an ending, as in "2026 nisan 10".
    """
    if bare and index < len(words) and (match := _DAY.fullmatch(words[index])):
        following = words[index + 1] if index + 1 < len(words) else ""
        if 1 <= int(match[1]) <= DAYS and (not following or _AFTER_DAY.fullmatch(following)):
            return int(match[1]), index
    if index < len(words) and words[index] in _OF_YEAR:
        index += 1
    few = words[index : index + 3]
    number = number_at(few, 0) if few else None
    if not number or not 1 <= number.value <= DAYS:
        return None
    last = index + number.last
    located = re.search(r"[iu]nd[ae]$", words[last])
    if (
        not located
        and words[last + 1 : last + 2]
        and re.fullmatch(r"s?[iu]nd[ae]", words[last + 1])
    ):
        last, located = last + 1, re.match(r"", "")
    return (number.value, last) if located else None


def _relative(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read geçen yıl, bu sene, seneye, öbür yıl, 2 hafta önce, iki yıl önce bugün, dün."""
    word = words[index]
    if word in _ONE and words[index + 1 : index + 2] == ["dahaki"]:
        following = _relative(words, index + 1, today)  # "bir dahaki sene"
        return following._replace(first=index) if following else None
    if _RELATIVE_DAYS.fullmatch(word):
        day = today - datetime.timedelta(days=word.startswith("dun"))
        return DateFound(PartialDate(day.year, day.month, day.day), index, index)
    if word == "seneye":
        return DateFound(PartialDate(today.year + 1), index, index)
    if index + 1 < len(words) and _YEARS.fullmatch(words[index + 1]):
        steps = {
            **dict.fromkeys(_LAST, -1),
            _LAST_BUT_ONE: -2,
            "bu": 0,
            **dict.fromkeys(_NEXT, 1),
            **dict.fromkeys(_NEXT_BUT_ONE, 2),
        }
        if word in steps:
            return DateFound(PartialDate(today.year + steps[word]), index, index + 1)
    if word in _LAST and index + 1 < len(words) and _A_MONTH.fullmatch(words[index + 1]):
        before = today.replace(day=1) - datetime.timedelta(days=1)
        number, last = _day_after(words, index + 2) or (0, index + 1)
        return DateFound(_date(before.year, before.month, number), index, last)
    if word in _LAST and index + 1 < len(words):
        if words[index + 1].startswith("hafta"):
            day = today - datetime.timedelta(days=7)
            return DateFound(PartialDate(day.year, day.month, day.day), index, index + 1, True)
        if (last_month := _season(words[index + 1])) is not None:
            return DateFound(
                PartialDate(today.year - (today.month <= last_month)), index, index + 1
            )
    return _by_number(words, index, today)


def _by_number(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read what begins with a number: "2 yıl 3 ay önce", "3 yıldır kayıtlıyız"."""
    if not _number_at(words, index) and not _HALVES.fullmatch(words[index]):
        return None
    return (
        _years_and_months(words, index, today)
        or _since(words, index, today)
        or _counted_back(words, index, today)
    )


def _season(word: str) -> int | None:
    """Return the last month of the season a word names."""
    return next((n for s, n in _SEASONS.items() if re.fullmatch(rf"{s}(?:[iu]n?)?", word)), None)


def _number_at(words: list[str], index: int) -> tuple[int, int] | None:
    """Return the number that begins here and the index after it."""
    few = words[index : index + _NUMBER_WORDS]
    number = number_at(few, 0) if few else None
    return (number.value, index + number.last + 1) if number else None


def _years_and_months(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read "2 yıl 3 ay önce", "iki buçuk yıl önce", "2,5 yıl önce": a month, not a year."""
    if index < len(words) and (halves := _HALVES.fullmatch(words[index])):
        years, at, months = int(halves[1]), index + 1, _HALF_A_YEAR
    elif number := _number_at(words, index):
        years, at = number
        half = words[at : at + 1] == [_HALF] or (
            words[at : at + 1] == ["5"] and words[index].isdecimal()
        )
        months = _HALF_A_YEAR if half else 0
        at += half
    else:
        return None
    if at >= len(words) or not re.fullmatch(r"(?:yil|sene)", words[at]):
        return None
    at += 1
    if not months:
        number = _number_at(words, at + (words[at : at + 1] == ["ve"]))
        if not number or words[number[1] : number[1] + 1] != ["ay"]:
            return None
        months, at = number[0], number[1] + 1
    if at >= len(words) or not (_AGO.fullmatch(words[at]) or _BEEN.fullmatch(words[at])):
        return None
    return DateFound(_months_ago(years * 12 + months, today), index, at)


def _months_ago(months: int, today: datetime.date) -> PartialDate:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return PartialDate(year, month + 1)


def _since(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read "3 yıldır kayıtlıyız" and "kaydolalı 3 yıl oldu" as "3 yıl önce"."""
    number = _number_at(words, index)
    if not number or number[1] >= len(words):
        return None
    value, at = number
    since, been = _SINCE.fullmatch(words[at]), False
    unit = since or _UNITS.fullmatch(words[at])
    if not since and at + 1 < len(words):
        been = bool(_BEEN.fullmatch(words[at + 1]))
    beside = words[max(index - 3, 0) : at + 5]
    if not unit or not (since or been) or not any(map(_REGISTERED.fullmatch, beside)):
        return None
    return _ago(value, unit[1], today, index, at + been)


def _counted_back(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    value, unit = _number_at(words, index) or (0, len(words))
    if unit + 1 >= len(words):
        return None
    match = _UNITS.fullmatch(words[unit])
    if not match or not _AGO.fullmatch(words[unit + 1]):
        return None
    found = _ago(value, match[1], today, index, unit + 1)
    if found and found.date and words[unit + 2 : unit + 3] == ["bugun"]:
        number = min(today.day, found.date.last_day().day)
        whole = PartialDate(found.date.year, found.date.month or today.month, number)
        return DateFound(whole, index, unit + 2)
    return found


def _ago(number: int, unit: str, today: datetime.date, first: int, last: int) -> DateFound | None:
    import dateparser  # the better part of a second, and few messages need it

    base = datetime.datetime.combine(today, datetime.time())
    parsed = dateparser.parse(
        f"{number} {_DATEPARSER_UNITS[unit]} önce",
        languages=["tr"],
        settings={"RELATIVE_BASE": base, "DATE_ORDER": "DMY"},
    )
    if parsed is None:
        return DateFound(None, first, last)
    # "Two years ago" names a year, "two months ago" a month: no more is meant.
    month = parsed.month if unit in {"ay", "hafta", "gun"} else 0
    day = parsed.day if unit in {"hafta", "gun"} else 0
    return DateFound(PartialDate(parsed.year, month, day), first, last)


def _year_after(words: list[str], index: int, found: list[DateFound]) -> DateFound | None:
    """Read "ertesi yıl martta": the year after the date before it."""
    before = next((f.date for f in reversed(found) if f.date), None)
    if before is None or index + 1 >= len(words):
        return None
    if words[index] in {"ayni", "o"} and _SAME.fullmatch(words[index + 1]):
        unit = words[index + 1]
        kept = before if unit.startswith(("gun", "hafta")) else before._replace(day=0)
        if not unit.startswith(("ay", "gun", "hafta")):
            kept = PartialDate(before.year)
        return DateFound(kept, index, index + 1)
    if words[index] not in _AFTER:
        return None
    if not _YEARS.fullmatch(words[index + 1]):
        return None
    month = _month(words[index + 2])[0] if index + 2 < len(words) else 0
    return DateFound(PartialDate(before.year + 1, month), index, index + 1 + bool(month))


def _bare_year(words: list[str], index: int) -> DateFound | None:
    found = _year_at(words, index)
    return DateFound(PartialDate(found[0]), index, found[1]) if found else None


@lru_cache(maxsize=20_000)
def _month(word: str) -> tuple[int, str]:
    """Return a month's number and the suffix after its name; 0 for another word."""
    for stem, number in _MONTH_STEMS.items():
        if word.startswith(stem) and _SUFFIX.fullmatch(word, len(stem)):
            return number, word[len(stem) :]
    for stem, number in _SOFTENED.items():
        if word.startswith(stem) and (suffix := word[len(stem) :]) in _OF_THE_MONTH:
            return number, suffix
    return 0, ""


def _misspelt_month(word: str, shortest: int = 0) -> int:
    """Return the month a word beside a day or a year must be, one slip forgiven."""
    bare = re.sub(r"(?:d[ae]|t[ae])(?:n|k[iu])?$", "", word)
    for stem, number in _MONTH_STEMS.items():
        if len(stem) >= shortest and len(bare) > _SLIP + 1 and OSA.distance(bare, stem) <= _SLIP:
            return number
    return 0


def _latest_year(month: int, day: int, today: datetime.date) -> int:
    """Return the year of the latest such month or day that is not in the future."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _date(year: int, month: int, day: int) -> PartialDate | None:
    """Return the date, None if there never was one (31 February, month 13, day 0)."""
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def impossible_in(normalized: str, today: datetime.date) -> Iterator[str]:
    """Yield the words of each date that never was, for "31 Şubat diye bir gün yok"."""
    words = normalized.split()
    for found in dates_in(normalized, today):
        if found.date is None:
            yield " ".join(words[found.first : found.last + 1])
