"""Numbers in Turkish text, in digits or in words.

Works on text from `bot.text.fold.normalize`, so that "ON İKİ", "oniki" and "12" are one.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_UNITS = {
    "sifir": 0,
    "bir": 1,
    "iki": 2,
    "uc": 3,
    "dort": 4,
    "bes": 5,
    "alti": 6,
    "yedi": 7,
    "sekiz": 8,
    "dokuz": 9,
}
_TENS = {
    "on": 10,
    "yirmi": 20,
    "otuz": 30,
    "kirk": 40,
    "elli": 50,
    "altmis": 60,
    "yetmis": 70,
    "seksen": 80,
    "doksan": 90,
}
#: A dozen counts too.
_DOZEN = re.compile(r"duzine(?:y[iu]|s[iu])?")
_SCALES = {"yuz": 100, "bin": 1000}
_WORDS = {**_UNITS, **_TENS, **_SCALES}
#: Written together: oniki, yirmibes.
_JOINED = {
    f"{ten}{unit}": value + digit
    for ten, value in _TENS.items()
    for unit, digit in _UNITS.items()
    if digit
}
#: What may hang on a number word: ikisi, ucumuz, dordunu, besini, onu, ikimiz.
_SUFFIX = re.compile(
    r"(?:s[iu]|[iu]m[iu]z|m[iu]z|[iu]n[iu]z|n[iu]z|n[iu]|s[iu]n[iu]|[iu]n[iu]|[iu])?"
    r"(?:n?d[ae]n|t[ae]n|n?d[ae]|t[ae]|y[ae]|y[iu]|n[ae]|y[iu]z|y[iu]m|[iu]z|m[iu]s|ym[iu]s|l[ae]r[a-z]*|l[iu]k(?:l[ae]r)?[a-z]*)?"
)
#: Number words that mean something else as often: an article, "beneath", "on", a stem.
_AMBIGUOUS_WITH_SUFFIX = {"bir", "on", "yuz", "bin", "uc", "elli", "kirk", "alti"}
#: "dort" softens before a vowel.
_STEMS = {**_WORDS, "dord": 4}
#: Forms of such words that are the number after all: "üçü yabancı", "altısı ayrıldı".
_SURE_FORMS = {
    **dict.fromkeys(("ucu", "ucumuz", "ucunu", "ucunun", "ucuyle"), 3),
    **dict.fromkeys(("ucler", "ucleri", "uclerle", "uclerin", "ucmus"), 3),
    **dict.fromkeys(("onmusuz", "onuz", "onmus"), 10),
    **dict.fromkeys(("altisi", "altisini", "altisinin", "altimiz"), 6),
}
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DIGITS = re.compile(r"(-?)(\d+)(?:[a-z]*)")


#: "3'ten", "20'den": the ending of "from" by the last word of a number.
_FROM = {
    **dict.fromkeys((1, 2, 7, 8, 20, 50, 80, 100, 1000), "den"),
    **dict.fromkeys((3, 4, 5, 70), "ten"),
    **dict.fromkeys((0, 6, 9, 10, 30, 90), "dan"),
    **dict.fromkeys((40, 60), "tan"),
}


class Number(NamedTuple):
    """A number and the words it stands in: `first` and `last` index, both inclusive.

    `exact` is False for a bare "bir", which is an article as often as a number.
    """

    value: int
    first: int
    last: int
    exact: bool = True


def numbers_in(normalized: str) -> list[Number]:
    """Return the numbers of a normalized text in order.

    >>> [n.value for n in numbers_in("projede on iki kisiyiz 3u ayrildi")]
    [12, 3]
    """
    words = normalized.split()
    found: list[Number] = []
    index = 0
    while index < len(words):
        number = number_at(words, index)
        if number:
            found.append(number)
        index = number.last + 1 if number else index + 1
    return found


def number_at(words: Sequence[str], index: int, most: int | None = None) -> Number | None:
    """Return the number that begins at a word, None if none does.

    It holds at most so many words (`most`); past the last word there is none.
    """
    if index >= len(words):
        return None
    word = words[index]
    if word[0].isdecimal() or word[0] == "-":
        value = _digits(word)
        return None if value is None else Number(value, index, index)
    return _spelt(words, index, most or len(words)) if _word(word) is not None else None


def with_from(number: int) -> str:
    """Return a number with the ending of "from".

    >>> with_from(20), with_from(13), with_from(60), with_from(100)
    ("20'den", "13'ten", "60'tan", "100'den")
    """
    last = next((number % 10**n for n in (1, 2, 3, 4) if number % 10**n), 0)
    scale = 1000 if last >= 1000 else min(100, last)
    return f"{number}'{_FROM[scale]}"


def _digits(word: str) -> int | None:
    """Read 14, -5, 1.200, 12si; not a date (12.03.2024) and not a range (4-6)."""
    if _GROUPED.fullmatch(word):
        return int(word.replace(".", ""))
    match = _DIGITS.fullmatch(word)
    return int(match[1] + match[2]) if match else None


def _spelt(words: Sequence[str], start: int, most: int) -> Number | None:
    """Read the longest run of number words from `start`: bin iki yuz kirk bes."""
    total, current, index = 0, 0, start
    while index < min(start + most, len(words)):
        value = _word(words[index])
        if value is None or not _fits(value, current):
            break
        if value in _SCALES.values():
            current = max(current, 1) * value
            if value == _SCALES["bin"]:
                total, current = total + current, 0
        else:
            current += value
        bare = words[index] in _WORDS
        index += 1
        if not bare:  # a suffix ends the number: "on ikisi"
            break
    if index == start:
        return None
    exact = words[start:index] != ["bir"]
    return Number(total + current, start, index - 1, exact)


def _fits(value: int, current: int) -> bool:
    """Tell whether a word can follow: a unit after a ten, not a unit after a unit."""
    if value in _SCALES.values():
        return current < value
    if value >= 10:
        return current % 100 == 0
    return current % 10 == 0


@lru_cache(maxsize=20_000)
def _word(word: str) -> int | None:
    if word in _WORDS:
        return _WORDS[word]
    if _DOZEN.fullmatch(word):
        return 12
    if word in _SURE_FORMS:
        return _SURE_FORMS[word]
    for table in (_JOINED, _STEMS):
        for stem, value in table.items():
            if (
                word.startswith(stem)
                and stem not in _AMBIGUOUS_WITH_SUFFIX
                and _SUFFIX.fullmatch(word, len(stem))
            ):
                return value
    return None
