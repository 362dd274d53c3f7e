"""Dates told by another: "geçen yıl", "2 hafta önce", "3 yıldır kayıtlıyız", "ertesi yıl"."""

import datetime
import re
from collections.abc import Sequence

from bot.text.date_parts import (
    LAST,
    LAST_BUT_ONE,
    NUMBER_WORDS,
    YEARS,
    DateFound,
    date_of,
    day_after,
    month_of,
)
from bot.text.numbers import Number, number_at
from bot.text.partial_date import PartialDate

_NEXT = {"gelecek", "onumuzdeki", "dahaki"}
_ONE = {"bir", "bi"}
#: "Öbür yıl" is the one after the next.
_NEXT_BUT_ONE = {"obur"}
_AFTER = {"ertesi", "sonraki"}
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
_RELATIVE_DAYS = re.compile(r"(dun|bugun)[a-z]*")
#: What such a date begins with, beside a number.
_BEGINNINGS = frozenset(
    (
        *LAST,
        LAST_BUT_ONE,
        "bu",
        *_NEXT,
        *_NEXT_BUT_ONE,
        *_ONE,
        *_AFTER,
        *("seneye", "ayni", "o"),
    )
)


def may_begin(word: str) -> bool:
    """Tell whether such a date can begin with a word that is no number."""
    return word in _BEGINNINGS or bool(_RELATIVE_DAYS.fullmatch(word))


def relative(words: list[str], index: int, today: datetime.date) -> DateFound | None:
    """Read geçen yıl, bu sene, seneye, öbür yıl, 2 hafta önce, iki yıl önce bugün, dün."""
    word = words[index]
    if word in _ONE and words[index + 1 : index + 2] == ["dahaki"]:
        following = relative(words, index + 1, today)  # "bir dahaki sene"
        return following._replace(first=index) if following else None
    if _RELATIVE_DAYS.fullmatch(word):
        day = today - datetime.timedelta(days=word.startswith("dun"))
        return DateFound(PartialDate(day.year, day.month, day.day), index, index)
    if word == "seneye":
        return DateFound(PartialDate(today.year + 1), index, index)
    if index + 1 < len(words) and YEARS.fullmatch(words[index + 1]):
        steps = {
            **dict.fromkeys(LAST, -1),
            LAST_BUT_ONE: -2,
            "bu": 0,
            **dict.fromkeys(_NEXT, 1),
            **dict.fromkeys(_NEXT_BUT_ONE, 2),
        }
        if word in steps:
            return DateFound(PartialDate(today.year + steps[word]), index, index + 1)
    if word in LAST and index + 1 < len(words) and _A_MONTH.fullmatch(words[index + 1]):
        before = today.replace(day=1) - datetime.timedelta(days=1)
        number, last = day_after(words, index + 2) or (0, index + 1)
        return DateFound(date_of(before.year, before.month, number), index, last)
    if word in LAST and index + 1 < len(words):
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
    number = number_at(words, index, NUMBER_WORDS)
    if number is None:
        return _years_and_months(words, index, number, today)
    return (
        _years_and_months(words, index, number, today)
        or _since(words, number, today)
        or _counted_back(words, number, today)
    )


def _season(word: str) -> int | None:
    """Return the last month of the season a word names."""
    return next((n for s, n in _SEASONS.items() if re.fullmatch(rf"{s}(?:[iu]n?)?", word)), None)


def _years_and_months(
    words: list[str], index: int, number: Number | None, today: datetime.date
) -> DateFound | None:
    """Read "2 yıl 3 ay önce", "iki buçuk yıl önce", "2,5 yıl önce": a month, not a year."""
    if halves := _HALVES.fullmatch(words[index]):
        years, at, months = int(halves[1]), index + 1, _HALF_A_YEAR
    elif number:
        years, at = number.value, number.last + 1
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
        counted = number_at(words, at + (words[at : at + 1] == ["ve"]), NUMBER_WORDS)
        if not counted or words[counted.last + 1 : counted.last + 2] != ["ay"]:
            return None
        months, at = counted.value, counted.last + 2
    if at >= len(words) or not (_AGO.fullmatch(words[at]) or _BEEN.fullmatch(words[at])):
        return None
    return DateFound(_months_ago(years * 12 + months, today), index, at)


def _months_ago(months: int, today: datetime.date) -> PartialDate:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return PartialDate(year, month + 1)


def _since(words: list[str], number: Number, today: datetime.date) -> DateFound | None:
    """Read "3 yıldır kayıtlıyız" and "kaydolalı 3 yıl oldu" as "3 yıl önce"."""
    index, at = number.first, number.last + 1
    if at >= len(words):
        return None
    since, been = _SINCE.fullmatch(words[at]), False
    unit = since or _UNITS.fullmatch(words[at])
    if not since and at + 1 < len(words):
        been = bool(_BEEN.fullmatch(words[at + 1]))
    beside = words[max(index - 3, 0) : at + 5]
    if not unit or not (since or been) or not any(map(_REGISTERED.fullmatch, beside)):
        return None
    return _ago(number.value, unit[1], today, index, at + been)


def _counted_back(words: list[str], number: Number, today: datetime.date) -> DateFound | None:
    """Read "2 hafta önce" and "iki yıl önce bugün"."""
    index, unit = number.first, number.last + 1
    if unit + 1 >= len(words):
        return None
    match = _UNITS.fullmatch(words[unit])
    if not match or not _AGO.fullmatch(words[unit + 1]):
        return None
    found = _ago(number.value, match[1], today, index, unit + 1)
    if found and found.date and words[unit + 2 : unit + 3] == ["bugun"]:
        day = min(today.day, found.date.last_day().day)
        whole = PartialDate(found.date.year, found.date.month or today.month, day)
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


def year_after(words: list[str], index: int, found: Sequence[DateFound]) -> DateFound | None:
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
    if not YEARS.fullmatch(words[index + 1]):
        return None
    month = month_of(words[index + 2])[0] if index + 2 < len(words) else 0
    return DateFound(PartialDate(before.year + 1, month), index, index + 1 + bool(month))
