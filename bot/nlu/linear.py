"""A linear classifier of short Turkish questions: pure, deterministic, small.

LinearSVC over TF-IDF of character n-grams inside words and of word stems, both from
folded text, trained on each phrase and one misspelt copy of it. Scores become
probabilities by one temperature, fitted on held-out folds (Guo et al. 2017, "On
Calibration of Modern Neural Networks").
"""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.text.fold import normalize
from bot.text.masking import mask
from bot.text.noise import noisy

Floats = npt.NDArray[np.float32]

STEM_LETTERS = 5
STEM_WEIGHT = 0.7
MARGIN_COST = 1.0
FOLDS = 2
#: Longer messages are judged by their beginning; nobody's question needs more.
MAX_CHARACTERS = 1_000


class UntrainableError(ValueError):
    """The phrases cannot make a model: too few of them, or of a label."""


_VIEWS: dict[str, tuple[float, dict[str, Any]]] = {
    "characters": (1.0, {"analyzer": "char_wb", "ngram_range": (2, 5)}),
    "stems": (STEM_WEIGHT, {"ngram_range": (1, 2), "token_pattern": r"\S+"}),
}


def _views(text: str) -> dict[str, str]:
    """Return what each view reads of a text, folded once."""
    # A phone number says nothing of the topic; its digits would look like a count.
    folded = normalize(mask(text[:MAX_CHARACTERS]))
    stems = " ".join(word[:STEM_LETTERS] for word in folded.split())
    return {"characters": folded, "stems": stems}


def _vectorizer(view: str, **settings: Any) -> TfidfVectorizer:
    _, shape = _VIEWS[view]
    return TfidfVectorizer(
        lowercase=False, sublinear_tf=True, dtype=np.float32, **shape, **settings
    )


def softmax(scores: Floats, temperature: float) -> Floats:
    """Turn rows of scores (rows × labels) into rows of probabilities."""
    shifted = scores * np.float32(temperature)
    shifted = np.exp(shifted - shifted.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


class LinearModel:
    """Labels, features, weights (features × labels, half precision) and temperature.

    The weights stay in half precision, on disk and in memory, and only the rows of a
    text's features are widened to be summed up.
    """

    def __init__(
        self,
        labels: Sequence[str],
        vectorizers: dict[str, TfidfVectorizer],
        weights: npt.NDArray[np.float16],
        intercepts: Floats,
        temperature: float,
    ) -> None:
        """Hold the parts; `train` and `load` make them."""
        self.labels = tuple(labels)
        self.temperature = temperature
        self._vectorizers = vectorizers
        self._weights = weights
        self._intercepts = intercepts

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str], seed: int = 0) -> "LinearModel":
        """Train on phrases and their labels; the order of the phrases does not matter.

        Raises:
            UntrainableError: with fewer than two labels, or a label with fewer phrases
                than there are folds.
        """
        pairs = sorted(set(zip(labels, texts, strict=True)))
        counts = {label: 0 for label, _ in pairs}
        for label, _ in pairs:
            counts[label] += 1
        thin = sorted(label for label, count in counts.items() if count < FOLDS)
        if thin:
            raise UntrainableError(f"fewer than {FOLDS} phrases for: {', '.join(thin)}")
        if len(counts) < 2:
            raise UntrainableError("at least two labels are needed")
        own_labels = np.array([label for label, _ in pairs])
        own_texts = [text for _, text in pairs]
        misspelt = [noisy(text, Random(f"{seed} {text}")) for text in own_texts]
        model = cls._fit([*own_texts, *misspelt], np.concatenate([own_labels, own_labels]), seed)
        model.temperature = _fit_temperature(own_texts, own_labels, seed)
        return model

    @classmethod
    def _fit(cls, texts: Sequence[str], labels: npt.NDArray[Any], seed: int) -> "LinearModel":
        read = [_views(text) for text in texts]
        vectorizers, blocks = {}, []
        for view, (weight, _) in _VIEWS.items():
            vectorizer = _vectorizer(view, min_df=2).fit([v[view] for v in read])
            # As it will be stored, so that a loaded model says the same to the last digit.
            vectorizer.idf_ = vectorizer.idf_.astype(np.float32)
            blocks.append(vectorizer.transform([v[view] for v in read]) * weight)
            vectorizers[view] = vectorizer
        features = scipy.sparse.hstack(blocks, format="csr")
        svc = LinearSVC(C=MARGIN_COST, random_state=seed)
        svc.fit(features, labels)
        coefficients, intercepts = svc.coef_, svc.intercept_
        if len(svc.classes_) == 2:  # LinearSVC keeps one row for two classes
            coefficients = np.vstack([-coefficients, coefficients])
            intercepts = np.array([-intercepts[0], intercepts[0]])
        weights = np.ascontiguousarray(coefficients.T.astype(np.float16))
        return cls(svc.classes_.tolist(), vectorizers, weights, intercepts.astype(np.float32), 1.0)

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return the raw scores, texts × labels."""
        read = [_views(text) for text in texts]
        blocks = [
            self._vectorizers[view].transform([v[view] for v in read]) * weight
            for view, (weight, _) in _VIEWS.items()
        ]
        features = scipy.sparse.hstack(blocks, format="csr")
        result: Floats = np.tile(self._intercepts, (len(texts), 1))
        for row in range(len(texts)):
            held = slice(features.indptr[row], features.indptr[row + 1])
            weights = self._weights[features.indices[held]].astype(np.float32)
            result[row] += features.data[held] @ weights
        return result

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return calibrated probabilities, texts × labels; each row sums to 1."""
        return softmax(self.scores(texts), self.temperature)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Return every label with its probability, the likeliest first."""
        row = self.probabilities([text])[0]
        return [(self.labels[i], float(row[i])) for i in np.argsort(-row, kind="stable")]

    def save(self, folder: Path) -> None:
        """Write the model as one JSON file and one NumPy archive, without pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {
            "weights": self._weights,
            "intercepts": self._intercepts,
        }
        vocabularies = {}
        for view, vectorizer in self._vectorizers.items():
            vocabularies[view] = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
            arrays[f"idf_{view}"] = vectorizer.idf_
        header = {
            "labels": self.labels,
            "temperature": self.temperature,
            "vocabularies": vocabularies,
        }
        text = json.dumps(header, ensure_ascii=False)
        (folder / "model.json").write_text(text, encoding="utf-8")
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        (folder / "weights.npz").write_bytes(buffer.getvalue())

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read a model that `save` wrote.

        Raises:
            OSError, ValueError, KeyError: if the files are missing or broken.
        """
        header = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            vectorizers = {}
            for view, terms in header["vocabularies"].items():
                vectorizer = _vectorizer(view, vocabulary={t: i for i, t in enumerate(terms)})
                vectorizer.idf_ = arrays[f"idf_{view}"]
                vectorizers[view] = vectorizer
            return cls(
                header["labels"],
                vectorizers,
                arrays["weights"],
                arrays["intercepts"],
                float(header["temperature"]),
            )


def _fit_temperature(texts: Sequence[str], labels: npt.NDArray[Any], seed: int) -> float:
    """Return the temperature with the least log loss on phrases a half did not see.

    Without the misspelt copies, which cost most of the time and change it little.
    """
    names = sorted(set(labels.tolist()))
    truth = np.searchsorted(names, labels)
    held_out = np.zeros((len(texts), len(names)), dtype=np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(texts, labels):
        model = LinearModel._fit([texts[i] for i in train], labels[train], seed)
        held_out[test] = model.scores([texts[i] for i in test])

    def loss(temperature: float) -> float:
        chosen = softmax(held_out, temperature)[np.arange(len(truth)), truth]
        return float(-np.log(chosen + 1e-9).mean())

    return float(minimize_scalar(loss, bounds=(0.1, 50.0), method="bounded").x)
