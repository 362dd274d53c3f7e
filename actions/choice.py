"""Which of the titles shown does a message mean: by position or by its words."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.text.fold import normalize

_POSITIONS = (
    ("ilk", "birinci", "bir", "a"),
    ("iki", "ikinci", "b"),
    ("uc", "ucuncu", "c"),
    ("dort", "dorduncu", "dortuncu", "d"),
)
_LAST = ("son", "sonuncu", "en son", "en alttaki", "alttaki")
_FIRST = ("en ustteki", "ustteki", "bastaki")
_BEFORE_LAST = ("sondan bir onceki", "sondan ikinci")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
# Suffixes of a chosen position: ikinci-si, ikinci-yi, ilk-i, son-uncu-su.
_SUFFIX = r"(?:s[iu]|y[iu]|n[iu]|[iu]|l[iu]|d[ae]k[iu]|d[ae]|y[ae])*"
TITLE_MATCH = 80


def position(text: str, size: int) -> int | None:
    """Return the index (from 0) that a message names in a list of `size` titles.

    A number outside the list gives -1, so that the caller can ask again; no position at
    all gives None.

    >>> position("ikincisi lütfen", 3), position("sonuncu", 3), position("7", 3)
    (1, 2, -1)
    """
    folded = normalize(text)
    if number := _NUMBER.search(folded):
        index = int(number[1]) - 1
        return index if 0 <= index < size else -1
    words = folded.split()

    def named(stems: Sequence[str]) -> bool:
        return any(
            re.search(rf"\b{stem}\b", folded)
            if " " in stem or len(stem) == 1
            else any(re.fullmatch(rf"{stem}{_SUFFIX}", word) for word in words)
            for stem in stems
        )

    if any(phrase in folded for phrase in _BEFORE_LAST):
        return size - 2 if size > 1 else -1
    if named(_LAST):
        return size - 1
    if named(_FIRST):
        return 0
    for index, stems in reversed(list(enumerate(_POSITIONS))):
        if named(stems):
            return index if index < size else -1
    if re.search(r"\bortadaki\w*|\bortanca\w*", folded):
        return 1 if size > 1 else -1
    return None


def by_title(text: str, titles: Sequence[str]) -> int | None:
    """Return the index of the one title a message spells, typos forgiven, else None.

    >>> by_title("kaliteetiketine ne zaman", ["Kalite Etiketi'ne ne zaman", "Başvuru dili"])
    0
    """
    folded = normalize(text)
    scores = [fuzz.ratio(folded, normalize(title)) for title in titles]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < TITLE_MATCH:
        return None
    return best if scores.count(scores[best]) == 1 else None
