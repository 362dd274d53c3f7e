"""A linear classifier of short Turkish questions with its nearest phrases: small, deterministic.

A linear classifier over TF-IDF of character n-grams inside words and of word stems, both
from folded text with slips mended, and beside it, for each label, how near its nearest
phrase is (cosine of the stems). Scores become probabilities by one temperature. This is
what answers; `bot.nlu.fitting` trains it and needs scikit-learn, which is heavy to load.
"""

import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse

from bot.nlu.repair import Speller
from bot.nlu.views import (
    STEM_LETTERS,
    VIEWS,
    Blocks,
    Floats,
    Row,
    Transformer,
    folded,
    joined,
    views_of,
)

#: What the nearest phrase adds to a score whose margin is 1.
NEAREST_WEIGHT = 0.5
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
#: And so much oftener than in small talk, which names the subject too: "evet, etiket için".
MORE_OFTEN = 30
#: So many texts are scored at once.
TOGETHER = 16
#: So many weights are widened at once: no more than a processor keeps near.
WIDENED = 200_000
#: So many labels are ranked, the likeliest: with thousands, the others' chances are nothing,
#: and whoever reads a ranking reads it whole.
MOST_RANKED = 200


def lengthened(vectors: Sequence[Floats] | None, rows: int, width: int) -> scipy.sparse.csr_matrix:
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


def widened(halves: npt.NDArray[np.float16]) -> Floats:
    """Return finite half-precision numbers in single precision.

    NumPy's own conversion takes each number apart and needs three times as long. Here the
    sign is spread and the rest moved to its place for all at once; what is then missing is
    the difference of the exponents' biases, 127 − 15 (IEEE 754).
    """
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= np.int32(-0x70000001)
    numbers: Floats = bits.view(np.float32)
    numbers *= np.float32(2.0**112)
    return numbers


def _highest(row: Floats) -> npt.NDArray[np.intp]:
    """Return the places of the `MOST_RANKED` highest numbers, the highest first."""
    if len(row) <= MOST_RANKED:
        return np.argsort(-row, kind="stable")
    chosen = np.sort(np.argpartition(-row, MOST_RANKED)[:MOST_RANKED])
    order: npt.NDArray[np.intp] = chosen[np.argsort(-row[chosen], kind="stable")]
    return order


def blocks_of(transform: Mapping[str, Transformer], read: Sequence[Mapping[str, str]]) -> Blocks:
    """Return the TF-IDF of each view, each row of length 1."""
    return {view: one([v[view] for v in read]) for view, one in transform.items()}


class Evidence(NamedTuple):
    """Why a label won: the words that spoke for it against the next one, and the phrases.

    `words` are those of the folded text with their share of the difference of the two
    labels' scores; `phrases` the nearest training phrases with label and cosine.
    """

    words: list[tuple[str, float]]
    phrases: list[tuple[str, str, float]]


class Memory(NamedTuple):
    """What is made of the phrases once and kept with the model.

    `nearest` are the stems of the phrases, stems × phrases, so that a text touches only
    the columns of its own stems; `chatted` the stems of small talk, `subject` those of the
    subject that small talk hardly uses, `chat_words` the words of small talk with their counts.
    """

    nearest: scipy.sparse.csr_matrix
    chatted: frozenset[str]
    subject: frozenset[str]
    chat_words: dict[str, int]

    @classmethod
    def of(cls, phrases: Sequence[tuple[str, str]], stems: Transformer) -> "Memory":
        """Make it of (label, text) pairs."""
        texts = [folded(text) for _, text in phrases]
        read = [views_of(text)["stems"] for text in texts]
        chatted: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for (owner, _), text, held in zip(phrases, texts, read, strict=True):
            small_talk = owner in SMALL_TALK
            (chatted if small_talk else spoken).update(held.split())
            if small_talk:
                words.update(text.split())
        subject = {
            stem
            for stem, count in spoken.items()
            if count >= OFTEN and count >= MORE_OFTEN * chatted[stem]
        }
        nearest = stems(read).T.tocsr()
        return cls(nearest, frozenset(chatted), frozenset(subject), dict(words))


class LinearModel:
    """Labels, features, weights (features × labels, half precision), phrases, temperature.

    The weights stay in half precision, on disk and in memory, and only the rows of a
    text's features are widened to be summed up. `phrases` are sorted by label.
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
        memory: Memory,
        width: int = 0,
    ) -> None:
        """Hold the parts; `bot.nlu.fitting.train` and `load` make them."""
        self.labels = tuple(labels)
        self.temperature = temperature
        self.phrases = tuple(phrases)
        self._transform = transform
        self._weights = weights
        self._intercepts = intercepts
        self._speller = speller
        self._memory = memory
        self._chat_speller = Speller(memory.chat_words)
        self.width = width
        self._starts = np.searchsorted([label for label, _ in self.phrases], self.labels)

    def scores(self, texts: Sequence[str], dense: Sequence[Floats] | None = None) -> Floats:
        """Return the raw scores, texts × labels; without `dense` that view says nothing."""
        result: Floats = np.repeat(self._intercepts[np.newaxis], len(texts), axis=0)
        if dense is not None and self.width:
            weights = widened(self._weights[-self.width :])
            result += lengthened(dense, len(texts), self.width) @ weights
        for start in range(0, len(texts), TOGETHER):
            rows = [self._rows(text) for text in texts[start : start + TOGETHER]]
            nearness = np.stack([self._nearness(row["stems"]) for row in rows])
            result[start : start + TOGETHER] += (
                self._linear(rows) + np.float32(NEAREST_WEIGHT) * nearness
            )
        return result

    def _rows(self, text: str) -> dict[str, Row]:
        """Return a text's features in each view."""
        read = views_of(self._speller.mended(folded(text)))
        return {view: one.row(read[view]) for view, one in self._transform.items()}

    def _linear(self, rows: Sequence[Mapping[str, Row]]) -> Floats:
        """Return texts × labels; the texts share the weights they widen.

        A message and its halves hold nearly the same features.
        """
        places, values, owners = [], [], []
        offset = 0
        for view, transform in self._transform.items():
            for owner, row in enumerate(rows):
                places.append(row[view].places + offset)
                values.append(row[view].values * np.float32(VIEWS[view][0]))
                owners.append(np.full(len(row[view].places), owner))
            offset += len(transform.terms)
        if len(rows) == 1:  # its places are in order, and each stands once
            used, features = np.concatenate(places), np.concatenate(values)[np.newaxis]
        else:
            used, columns = np.unique(np.concatenate(places), return_inverse=True)
            features = np.zeros((len(rows), len(used)), dtype=np.float32)
            features[np.concatenate(owners), columns] = np.concatenate(values)
        result: Floats = np.zeros((len(rows), len(self.labels)), dtype=np.float32)
        step = max(1, WIDENED // len(self.labels))
        for start in range(0, len(used), step):
            part = slice(start, start + step)
            result += features[:, part] @ widened(self._weights[used[part]])
        return result

    def features(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """Return what the model sees of each text, in rows of length 1.

        The product of two rows tells how alike two texts are, from 0 to 1.
        """
        read = [views_of(self._speller.mended(folded(text))) for text in texts]
        blocks = blocks_of(self._transform, read)
        rows: scipy.sparse.csr_matrix = joined(blocks, lengthened(None, len(texts), 0))
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
        of_row = np.repeat(lengths, np.diff(rows.indptr))
        rows.data /= np.maximum(of_row, np.float32(1e-9))
        return rows

    def _similar(self, stems: Row) -> Floats:
        """Return the cosine of a text, given its stems, with each phrase."""
        nearest = self._memory.nearest
        starts, ends = nearest.indptr[stems.places], nearest.indptr[stems.places + 1]
        spans = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
        if not spans:
            return np.zeros(len(self.phrases), dtype=np.float32)
        values = np.concatenate([nearest.data[span] for span in spans])
        values *= np.repeat(stems.values, ends - starts)
        owners = np.concatenate([nearest.indices[span] for span in spans])
        result: Floats = np.bincount(owners, values, len(self.phrases)).astype(np.float32)
        return result

    def _nearness(self, stems: Row) -> Floats:
        """Return the cosine with the nearest phrase of each label."""
        result: Floats = np.maximum.reduceat(self._similar(stems), self._starts)
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
        similar = self._similar(self._rows(text)["stems"])
        nearest = np.argsort(-similar, kind="stable")[:most]
        return Evidence(
            sorted(shares.items(), key=lambda item: -item[1])[:most],
            [(self.phrases[i][1], self.phrases[i][0], float(similar[i])) for i in nearest],
        )

    def _shares(self, mended: str, chosen: int, other: int) -> dict[str, float]:
        """Divide the difference of two labels' scores among the words."""
        vectors = lengthened(None, 1, self.width)
        features = joined(blocks_of(self._transform, [views_of(mended)]), vectors)
        weights = widened(self._weights[features.indices])
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

    def chats(self, text: str, reply: bool = False) -> bool:
        """Tell whether a message can be small talk: it names nothing of the subject.

        A linear model has to put every message somewhere; "istifa ettim" is no thanks. A
        greeting may name what all small talk speaks of ("etwinning"), a `reply` may not:
        "etiket peki" is no yes.
        """
        subject, chatted = self._memory.subject, self._memory.chatted
        stems = views_of(self._speller.mended(folded(text)))["stems"].split()
        content = [stem for stem in stems if len(stem) >= CONTENT_LETTERS]
        of_subject = sum(stem in subject and (reply or stem not in chatted) for stem in content)
        return of_subject <= len(content) // SUBJECT_EVERY

    def mended_talk(self, word: str) -> str:
        """Return a folded word that no phrase holds as the word of small talk it is a slip of."""
        return word if word in self._speller.counts else self._chat_speller.mended(word)

    def strange(self, text: str) -> bool:
        """Tell whether a message holds a content word that no small talk uses, nor a slip."""
        words = self._speller.mended(folded(text)).split()
        return any(
            len(word) >= CONTENT_LETTERS
            and word[:STEM_LETTERS] not in self._memory.chatted
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
        rows = ((row, _highest(row)) for row in self.probabilities(texts, dense))
        labels = self.labels
        return [
            [
                (labels[i], score)
                for i, score in zip(order.tolist(), row[order].tolist(), strict=True)
            ]
            for row, order in rows
        ]

    def save(self, folder: Path) -> None:
        """Write the model as one JSON file and one NumPy archive, without pickle."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {
            "weights": self._weights,
            "intercepts": self._intercepts,
            "nearest_data": self._memory.nearest.data,
            "nearest_indices": self._memory.nearest.indices,
            "nearest_indptr": self._memory.nearest.indptr,
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
            "chatted": sorted(self._memory.chatted),
            "subject": sorted(self._memory.subject),
            "chat_words": self._memory.chat_words,
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
            parts = [arrays[f"nearest_{part}"] for part in ("data", "indices", "indptr")]
            shape = (len(transform["stems"].terms), len(header["phrases"]))
            memory = Memory(
                scipy.sparse.csr_matrix(tuple(parts), shape=shape),
                frozenset(header["chatted"]),
                frozenset(header["subject"]),
                header["chat_words"],
            )
            return cls(
                header["labels"],
                transform,
                arrays["weights"],
                arrays["intercepts"],
                float(header["temperature"]),
                [(label, text) for label, text in header["phrases"]],
                Speller(header["words"]),
                memory,
                int(header["width"]),
            )
