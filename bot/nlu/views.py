"""What the linear model reads of a message, as numbers: two views of its folded text.

`bot.nlu.fitting` learns the terms with scikit-learn's TfidfVectorizer; a text is then
transformed here, word by word with a memory, to the same numbers in a fraction of the time.
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse

from bot.text.fold import normalize
from bot.text.masking import mask

Places = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
#: For each view texts × its features.
Blocks = dict[str, scipy.sparse.csr_matrix]

STEM_LETTERS = 5
STEM_WEIGHT = 0.7
SHORTEST_GROUP, LONGEST_GROUP = 2, 4
_NOWHERE: Places = np.empty(0, dtype=np.int32)
#: Longer messages are judged by their beginning; nobody's question needs more.
MAX_CHARACTERS = 1_000
#: Words whose groups are remembered; the memory is emptied when full.
REMEMBERED = 20_000

#: No Turkish word holds a letter three times in a row.
_DRAWN_OUT = re.compile(r"([a-z])\1\1+")

VIEWS: dict[str, tuple[float, dict[str, Any]]] = {
    "characters": (
        1.0,
        {"analyzer": "char_wb", "ngram_range": (SHORTEST_GROUP, LONGEST_GROUP)},
    ),
    "stems": (STEM_WEIGHT, {"ngram_range": (1, 2), "token_pattern": r"\S+"}),
}


def folded(text: str) -> str:
    """Return a message as the views read it.

    A phone number says nothing of the topic; its digits would look like a count. A letter
    drawn out stands once.

    >>> folded("Nedeeen olmuyorrr saat")
    'neden olmuyor saat'
    """
    return _DRAWN_OUT.sub(r"\1", normalize(mask(text[:MAX_CHARACTERS])))


def views_of(text: str) -> dict[str, str]:
    """Return what each view reads of a folded text."""
    stems = " ".join(word[:STEM_LETTERS] for word in text.split())
    return {"characters": text, "stems": stems}


def joined(blocks: Blocks, vectors: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    """Put the views side by side, each by its weight, then the sentence vectors."""
    weighted = [blocks[view] * weight for view, (weight, _) in VIEWS.items()]
    return scipy.sparse.hstack([*weighted, vectors], format="csr")


def _groups(text: str) -> Iterator[str]:
    """Name the groups of letters inside words, their borders as spaces (char_wb)."""
    for word in text.split():
        padded = f" {word} "
        for length in range(SHORTEST_GROUP, LONGEST_GROUP + 1):
            if len(padded) <= length:
                yield padded  # a short word counts once
                break
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def _runs(text: str) -> Iterator[str]:
    """Name the stems and the pairs of neighbours."""
    stems = text.split()
    yield from stems
    yield from map(" ".join, pairwise(stems))


class Row(NamedTuple):
    """The features of a text that are not 0: their places in order, and their values."""

    places: Places
    values: Floats


class Transformer:
    """A fitted view: what a text reads becomes a row of TF-IDF of length 1."""

    def __init__(self, view: str, terms: Sequence[str], idf: Floats) -> None:
        """Take the terms in the order of their features, and their weights."""
        self.terms, self.idf = tuple(terms), idf
        self.places = {term: place for place, term in enumerate(self.terms)}
        self.terms_in = _groups if view == "characters" else _runs
        self._by_word = view == "characters"
        self._memory: dict[str, Places] = {}

    def __call__(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """Return texts × features."""
        rows = [self.row(text) for text in texts]
        starts = np.cumsum([0, *(len(row.places) for row in rows)], dtype=np.int32)
        matrix = scipy.sparse.csr_matrix((len(texts), len(self.terms)), dtype=np.float32)
        if rows:
            matrix.data = np.concatenate([row.values for row in rows])
            matrix.indices = np.concatenate([row.places for row in rows])
            matrix.indptr = starts
        return matrix

    def row(self, text: str) -> Row:
        """Return one text's features: as `__call__` would, without a matrix around them."""
        known = self._known(text)
        known.sort()
        first = np.ones(len(known), dtype=bool)
        np.not_equal(known[1:], known[:-1], out=first[1:])
        (starts,) = first.nonzero()
        places = known[starts]
        values = self.idf[places]
        if len(places) < len(known):
            often = np.bincount(first.cumsum() - 1)
            values *= np.log(often.astype(np.float32)) + np.float32(1.0)
        if len(values):
            values /= np.float32(math.sqrt(np.dot(values, values)))
        return Row(places, values)

    def _known(self, text: str) -> Places:
        """Return the places of a text's known terms, again as often as they stand there."""
        if not self._by_word:
            return self._places(text)
        return np.concatenate([_NOWHERE, *map(self._places_of_word, text.split())])

    def _places_of_word(self, word: str) -> Places:
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            found = self._memory[word] = self._places(word)
        return found

    def _places(self, text: str) -> Places:
        known = self.places
        return np.array([known[term] for term in self.terms_in(text) if term in known], np.int32)
