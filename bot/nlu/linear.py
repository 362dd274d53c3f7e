"""A linear classifier of short Turkish questions with its nearest phrases: small, deterministic.

LinearSVC over TF-IDF of character n-grams inside words and of word stems, both from
folded text with slips mended, and beside it, for each label, how near its nearest phrase
is (cosine of the stems). Scores become probabilities by one temperature, fitted on
held-out folds (Guo et al. 2017, "On Calibration of Modern Neural Networks").
"""

import io
import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize as normalized
from sklearn.svm import LinearSVC

from bot.nlu.labels import target_id
from bot.nlu.repair import Speller
from bot.nlu.views import (
    STEM_LETTERS,
    VIEWS,
    Blocks,
    Floats,
    Transformer,
    folded,
    joined,
    views_of,
)
from bot.nlu.vocabulary import real_words

MARGIN_COST = 0.3
#: What the nearest phrase adds to a score whose margin is 1.
NEAREST_WEIGHT = 0.5
FOLDS = 2
#: An entry taught a minute ago has a handful of phrases where the others have so many. Its
#: phrases count for as many more, up to a limit, and its score is raised by the logarithm:
#: otherwise it is hardly ever found beside the others.
WELL_TAUGHT = 80
MOST_SCARCE = 20.0
SCARCE_WEIGHT = 0.14
#: Labels of small talk: their phrases are short, and so is what people say instead.
SMALL_TALK = frozenset(
    (
        *("selamlama", "veda", "tesekkur", "yardim", "bot-musun", "insan"),
        *("onay", "ret", "iptal", "faydali", "faydasiz"),
    )
)
#: Shorter words carry little; one content word in so many may be of the subject.
CONTENT_LETTERS = 4
SUBJECT_EVERY = 3
#: A word of the subject stands in so many phrases; a slip seldom does.
OFTEN = 3
#: So many labels are ranked, the likeliest: with thousands, the others' chances are nothing,
#: and whoever reads a ranking reads it whole.
MOST_RANKED = 200
#: Among so many phrases a feature that stands in one of them alone is chance.
MANY_PHRASES = 2_000


class UntrainableError(ValueError):
    """The phrases cannot make a model: too few of them, or of a label."""


def _lengthened(vectors: Sequence[Floats] | None, rows: int, width: int) -> scipy.sparse.csr_matrix:
    """Return sentence vectors (rows × width) of length 1; rows of zeros for none."""
    if vectors is None or not width:
        return scipy.sparse.csr_matrix((rows, width), dtype=np.float32)
    matrix = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return scipy.sparse.csr_matrix(matrix / np.maximum(lengths, 1e-9))


def softmax(scores: Floats, temperature: float) -> Floats:
    """Turn rows of scores (rows × labels) into rows of probabilities."""
    shifted = scores * np.float32(temperature)
    shifted = np.exp(shifted - shifted.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def _blocks(transform: Mapping[str, Transformer], read: Sequence[Mapping[str, str]]) -> Blocks:
    """Return the TF-IDF of each view, each row of length 1."""
    return {view: one([v[view] for v in read]) for view, one in transform.items()}


class Evidence(NamedTuple):
    """Why a label won: the words that spoke for it against the next one, and the phrases.

    `words` are those of the folded text with their share of the difference of the two
    labels' scores; `phrases` the nearest training phrases with label and cosine.
    """

    words: list[tuple[str, float]]
    phrases: list[tuple[str, str, float]]


class LinearModel:
    """Labels, features, weights (features × labels, half precision), phrases, temperature.

    The weights stay in half precision, on disk and in memory, and only the rows of a
    text's features are widened to be summed up. `phrases` (sorted by label) are kept as
    stems × phrases, so that a text touches only the columns of its own stems.
    """

    def __init__(
        self,
        labels: Sequence[str],
        transform: dict[str, Transformer],
        weights: npt.NDArray[np.float16],
        intercepts: Floats,
        temperature: float,
        phrases: Sequence[tuple[str, str]],
        speller: Speller,
        width: int = 0,
    ) -> None:
        """Hold the parts; `train` and `load` make them."""
        self.labels = tuple(labels)
        self.temperature = temperature
        self.phrases = tuple(phrases)
        self._transform = transform
        self._weights = weights
        self._intercepts = intercepts
        self._speller = speller
        self.width = width
        stems = [views_of(folded(text))["stems"] for _, text in self.phrases]
        self._nearest = self._transform["stems"](stems).T.tocsr()
        owners = [label for label, _ in self.phrases]
        # Words of the subject that no small talk uses.
        chatted: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        for owner, held in zip(owners, stems, strict=True):
            (chatted if owner in SMALL_TALK else spoken).update(held.split())
        often = {stem for stem, count in spoken.items() if count >= OFTEN}
        self._chatted = chatted.keys()
        self._subject = often - self._chatted
        talk = [folded(text) for label, text in self.phrases if label in SMALL_TALK]
        self._chat_speller = Speller(Counter(word for text in talk for word in text.split()))
        self._starts = np.searchsorted(owners, self.labels)

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        seed: int = 0,
        dense: Mapping[str, Floats] | None = None,
    ) -> "LinearModel":
        """Train on phrases and their labels; the order of the phrases does not matter.

        `dense` are sentence vectors of a larger model, one of the same length for each
        text; they stand beside the other views.

        Raises:
            UntrainableError: with fewer than two labels, or a label with fewer phrases
                than there are folds.
        """
        pairs = sorted(set(zip(labels, texts, strict=True)))
        counts = Counter(label for label, _ in pairs)
        thin = sorted(label for label, count in counts.items() if count < FOLDS)
        if thin:
            raise UntrainableError(f"fewer than {FOLDS} phrases for: {', '.join(thin)}")
        if len(counts) < 2:
            raise UntrainableError("at least two labels are needed")
        scarce = _scarce(counts)
        model = cls._fit(pairs, seed, dense or {}, scarce)
        model.temperature = _fit_temperature(pairs, seed, dense or {}, scarce)
        return model

    @classmethod
    def _fit(
        cls,
        pairs: Sequence[tuple[str, str]],
        seed: int,
        dense: Mapping[str, Floats],
        scarce: Mapping[str, float],
    ) -> "LinearModel":
        """Fit on (label, text) pairs sorted by label."""
        read_texts = [folded(text) for _, text in pairs]
        read = [views_of(text) for text in read_texts]
        least = 1 + (len(pairs) >= MANY_PHRASES)
        transform = {view: Transformer.fit(view, [v[view] for v in read], least) for view in VIEWS}
        blocks = _blocks(transform, read)
        width = len(next(iter(dense.values()))) if dense else 0
        vectors = [dense[text] for _, text in pairs] if dense else None
        features = joined(blocks, _lengthened(vectors, len(pairs), width))
        svc = LinearSVC(C=MARGIN_COST, random_state=seed, class_weight=dict(scarce) or None)
        svc.fit(features, [label for label, _ in pairs])
        coefficients, intercepts = svc.coef_, svc.intercept_
        if len(svc.classes_) == 2:  # LinearSVC keeps one row for two classes
            coefficients = np.vstack([-coefficients, coefficients])
            intercepts = np.array([-intercepts[0], intercepts[0]])
        raised = [SCARCE_WEIGHT * math.log(scarce.get(label, 1.0)) for label in svc.classes_]
        counts = Counter(word for text in read_texts for word in text.split())
        return cls(
            svc.classes_.tolist(),
            transform,
            np.ascontiguousarray(coefficients.T.astype(np.float16)),
            (intercepts + raised).astype(np.float32),
            1.0,
            pairs,
            Speller.of(real_words(read_texts), counts),
            width,
        )

    def scores(self, texts: Sequence[str], dense: Sequence[Floats] | None = None) -> Floats:
        """Return the raw scores, texts × labels; without `dense` that view says nothing."""
        blocks = _blocks(
            self._transform, [views_of(self._speller.mended(folded(text))) for text in texts]
        )
        vectors = _lengthened(dense, len(texts), self.width)
        linear = self._linear(joined(blocks, vectors))
        return linear + np.float32(NEAREST_WEIGHT) * self._nearness(blocks)

    def _linear(self, features: scipy.sparse.csr_matrix) -> Floats:
        result: Floats = np.tile(self._intercepts, (features.shape[0], 1))
        for row in range(features.shape[0]):
            held = slice(features.indptr[row], features.indptr[row + 1])
            weights = self._weights[features.indices[held]].astype(np.float32)
            result[row] += features.data[held] @ weights
        return result

    def features(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """Return what the model sees of each text, in rows of length 1.

        The product of two rows tells how alike two texts are, from 0 to 1.
        """
        read = [views_of(self._speller.mended(folded(text))) for text in texts]
        blocks = _blocks(self._transform, read)
        rows: scipy.sparse.csr_matrix = normalized(joined(blocks, _lengthened(None, len(texts), 0)))
        return rows

    def _similar(self, blocks: Blocks) -> Floats:
        """Return the cosine of each text with each phrase, by stems."""
        result: Floats = (blocks["stems"] @ self._nearest).toarray()
        return result

    def _nearness(self, blocks: Blocks) -> Floats:
        """Return the cosine with the nearest phrase of each label."""
        result: Floats = np.maximum.reduceat(self._similar(blocks), self._starts, axis=1)
        return result

    def evidence(self, text: str, label: str, most: int = 3) -> Evidence:
        """Return the `most` words and phrases that decided for a label.

        Raises:
            ValueError: for a label the model does not have.
        """
        chosen = self.labels.index(label)
        mended = self._speller.mended(folded(text))
        scores = self.scores([text])[0]
        next_best = next(int(i) for i in np.argsort(-scores) if i != chosen)
        shares = self._shares(mended, chosen, next_best)
        similar = self._similar(_blocks(self._transform, [views_of(mended)]))[0]
        nearest = np.argsort(-similar, kind="stable")[:most]
        return Evidence(
            sorted(shares.items(), key=lambda item: -item[1])[:most],
            [(self.phrases[i][1], self.phrases[i][0], float(similar[i])) for i in nearest],
        )

    def _shares(self, mended: str, chosen: int, other: int) -> dict[str, float]:
        """Divide the difference of two labels' scores among the words."""
        vectors = _lengthened(None, 1, self.width)
        features = joined(_blocks(self._transform, [views_of(mended)]), vectors)
        weights = self._weights[features.indices].astype(np.float32)
        parts = dict(
            zip(
                features.indices.tolist(),
                (features.data * (weights[:, chosen] - weights[:, other])).tolist(),
                strict=True,
            )
        )
        words = mended.split()
        holders: dict[int, list[str]] = defaultdict(list)
        offset = 0
        for view, transform in self._transform.items():
            span = 1 if view == "characters" else VIEWS[view][1]["ngram_range"][1]
            for length in range(1, span + 1):
                for group in zip(*(words[start:] for start in range(length)), strict=False):
                    for term in transform.terms_in(views_of(" ".join(group))[view]):
                        if (index := transform.places.get(term)) is not None and (
                            length == 1 or " " in term
                        ):
                            holders[offset + index].extend(group)
            offset += len(transform.terms)
        shares: dict[str, float] = dict.fromkeys(words, 0.0)
        for index, owners in holders.items():
            for word in owners:
                shares[word] += parts.get(index, 0.0) / len(owners)
        return shares

    def chats(self, text: str) -> bool:
        """Tell whether a message can be small talk: it names nothing of the subject.

        A linear model has to put every message somewhere; "istifa ettim" is no thanks.
        """
        stems = views_of(self._speller.mended(folded(text)))["stems"].split()
        content = [stem for stem in stems if len(stem) >= CONTENT_LETTERS]
        return sum(stem in self._subject for stem in content) <= len(content) // SUBJECT_EVERY

    def strange(self, text: str) -> bool:
        """Tell whether a message holds a content word that no small talk uses, nor a slip."""
        words = self._speller.mended(folded(text)).split()
        return any(
            len(word) >= CONTENT_LETTERS
            and word[:STEM_LETTERS] not in self._chatted
            and not self._chat_speller.near(word)
            for word in words
        )

    def probabilities(self, texts: Sequence[str], dense: Sequence[Floats] | None = None) -> Floats:
        """Return calibrated probabilities, texts × labels; each row sums to 1."""
        return softmax(self.scores(texts, dense), self.temperature)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Return the labels with their probabilities, the likeliest `MOST_RANKED`."""
        return self.rankings([text])[0]

    def rankings(
        self, texts: Sequence[str], dense: Sequence[Floats] | None = None
    ) -> list[list[tuple[str, float]]]:
        """Return the ranking of each text."""
        return [
            [(self.labels[i], float(row[i])) for i in np.argsort(-row, kind="stable")[:MOST_RANKED]]
            for row in self.probabilities(texts, dense)
        ]

    def save(self, folder: Path) -> None:
        """Write the model as one JSON file and one NumPy archive, without pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {
            "weights": self._weights,
            "intercepts": self._intercepts,
        }
        vocabularies = {}
        for view, transform in self._transform.items():
            vocabularies[view] = transform.terms
            arrays[f"idf_{view}"] = transform.idf
        header = {
            "labels": self.labels,
            "temperature": self.temperature,
            "vocabularies": vocabularies,
            "phrases": self.phrases,
            "words": self._speller.counts,
            "width": self.width,
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
            transform = {
                view: Transformer(view, terms, arrays[f"idf_{view}"])
                for view, terms in header["vocabularies"].items()
            }
            return cls(
                header["labels"],
                transform,
                arrays["weights"],
                arrays["intercepts"],
                float(header["temperature"]),
                [(label, text) for label, text in header["phrases"]],
                Speller(header["words"]),
                int(header["width"]),
            )


def _scarce(counts: Mapping[str, int]) -> dict[str, float]:
    """Return, for the entries and flows with few phrases, how many times fewer they have."""
    targets = {label: count for label, count in counts.items() if target_id(label)}
    enough = min(WELL_TAUGHT, median(targets.values())) if targets else 0
    return {
        label: min(enough / count, MOST_SCARCE)
        for label, count in targets.items()
        if count < enough
    }


def _fit_temperature(
    pairs: Sequence[tuple[str, str]],
    seed: int,
    dense: Mapping[str, Floats],
    scarce: Mapping[str, float],
) -> float:
    """Return the temperature with the least log loss on phrases a half did not see."""
    labels = np.array([label for label, _ in pairs])
    names = sorted(set(labels.tolist()))
    truth = np.searchsorted(names, labels)
    held_out = np.zeros((len(pairs), len(names)), dtype=np.float32)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(labels, labels):
        model = LinearModel._fit([pairs[i] for i in train], seed, dense, scarce)
        texts = [pairs[i][1] for i in test]
        held_out[test] = model.scores(texts, [dense[text] for text in texts] if dense else None)

    def loss(temperature: float) -> float:
        chosen = softmax(held_out, temperature)[np.arange(len(truth)), truth]
        return float(-np.log(chosen + 1e-9).mean())

    return float(minimize_scalar(loss, bounds=(0.1, 50.0), method="bounded").x)
