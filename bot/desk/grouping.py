"""Which questions mean the same: by their letters, by the classifier's view, by its guess.

Words: the mean of the cosine of the classifier's features and of rapidfuzz's ratio of
the sorted words. Belief: how far the assistant's guesses overlap (Bhattacharyya). Two
questions are one when their words are alike, or words and belief together are. A question
is compared with the first of each group: with all of them, groups grow into each other.
On the development questions 98 of 100 pairs joined so have the same answer; a test holds
that.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse
from rapidfuzz import fuzz, process

from bot.nlu.archive import linear_model
from bot.nlu.labels import target_id
from bot.nlu.linear import LinearModel
from bot.text.fold import normalize

ALIKE_WORDS = 0.55
ALIKE_BOTH = 0.55
#: Without a model only the letters are left; they alone are trusted less.
ALIKE_LETTERS = 0.75
#: New rows are kept apart until there are so many: joining copies all.
BLOCK = 256

Ranking = Sequence[tuple[str, float]]


class Known(NamedTuple):
    """A group: its number, its first question, and what the assistant believed of it."""

    group: int
    text: str
    ranking: Ranking


class Groups:
    """The groups there are; finds the one a question belongs to."""

    def __init__(self, model: Path | None = None) -> None:
        """Begin without groups; `model` is a packed model of the assistant."""
        self._model: LinearModel | None = linear_model(model) if model else None
        self._numbers: list[int] = []
        self._texts: list[str] = []
        self._labels: dict[str, int] = {}
        self._features: list[scipy.sparse.csr_matrix] = []
        self._beliefs: list[dict[int, float]] = []

    def add(self, known: Sequence[Known]) -> None:
        """Add groups; one without words never joins another."""
        wordy = [one for one in known if normalize(one.text)]
        if not wordy:
            return
        self._numbers += [one.group for one in wordy]
        self._texts += [normalize(one.text) for one in wordy]
        self._beliefs += [self._belief(one.ranking) for one in wordy]
        if self._model:
            self._features.append(self._model.features([one.text for one in wordy]))
            if len(self._features) > BLOCK:
                self._features = [scipy.sparse.vstack(self._features, format="csr")]

    def find(self, text: str, ranking: Ranking) -> int | None:
        """Return the group of the same question, None if it is a new one."""
        folded = normalize(text)
        if not self._numbers or not folded:
            return None
        letters = process.cdist([folded], self._texts, scorer=fuzz.token_sort_ratio)[0] / 100
        if self._model is None:
            best = int(np.argmax(letters))
            return self._numbers[best] if letters[best] >= ALIKE_LETTERS else None
        row = self._model.features([text])
        cosines = np.concatenate([(block @ row.T).toarray()[:, 0] for block in self._features])
        words = (cosines + letters) / 2
        both = (words + self._overlaps(ranking)) / 2
        alike = np.maximum(words / ALIKE_WORDS, both / ALIKE_BOTH)
        best = int(np.argmax(alike))
        return self._numbers[best] if alike[best] >= 1 else None

    def _belief(self, ranking: Ranking) -> dict[int, float]:
        """Return the square root of each guess, by the number of its label.

        Only entries and flows: that two questions look like small talk, or like nothing
        of ours, does not make them one.
        """
        return {
            self._labels.setdefault(label, len(self._labels)): float(np.sqrt(score))
            for label, score in ranking
            if score > 0 and target_id(label)
        }

    def _overlaps(self, ranking: Ranking) -> Any:
        own = self._belief(ranking)
        return np.array(
            [
                sum(own.get(label, 0.0) * root for label, root in one.items())
                for one in self._beliefs
            ]
        )
