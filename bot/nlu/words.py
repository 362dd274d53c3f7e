"""The words of a message as every extractor sees them: folded, with their places."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.text.fold import normalize

_RUN = re.compile(r"\S+")
_HYPHENED = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})+")
#: "9.sınıf": an ordinal written without a space.
_DOTTED = re.compile(r"(\d{1,2})\.([^\W\d][^.@/]*)")
_TAIL = re.compile(r"[^\w]*$")


class Word(NamedTuple):
    """A folded word, where its run of characters stands, and the signs that end the run.

    `capital` tells that the run begins with a capital letter.

    Several words can share a run: an apostrophe parts a suffix from its word.
    """

    text: str
    start: int
    end: int
    tail: str
    capital: bool = False


def _pieces(part: str) -> list[str]:
    """Part "fen-edebiyat" and "9.sinif"; leave dates, ranges and addresses whole."""
    if _HYPHENED.fullmatch(part):
        return part.split("-")
    match = _DOTTED.fullmatch(part)
    return [match[1], match[2]] if match else [part]


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a message in order; each extractor asks anew.

    >>> [(w.text, w.start, w.tail) for w in words_of("Mersin'deki 5. okul,")]
    [('mersin', 0, ''), ('deki', 0, ''), ('5', 12, '.'), ('okul', 15, ',')]
    """
    found: list[Word] = []
    for run in _RUN.finditer(text):
        parts = [piece for part in normalize(run[0]).split() for piece in _pieces(part)]
        tail = _TAIL.search(run[0])
        signs = tail[0] if tail else ""
        for place, part in enumerate(parts, 1):
            last = place == len(parts)
            ordinal = "." if place == 1 and not last and _DOTTED.match(run[0]) else ""
            end = signs if last else ordinal
            found.append(Word(part, run.start(), run.end(), end, run[0][:1].isupper()))
        if not parts and found:  # a sign that stands alone: "14 - 15", "tamam , sonra"
            before = found[-1]
            found[-1] = before._replace(tail=before.tail + run[0])
    return tuple(found)
