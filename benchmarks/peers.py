"""What could be picked instead, each trained on the same phrases in its stock settings."""

import asyncio
import json
import logging
import os
import random
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import yaml
from rapidfuzz import fuzz, process

from bot.evaluation import decision_of
from bot.nlu.labels import OOS, public_id

Pairs = Sequence[tuple[str, str]]
Ranking = list[tuple[str, float]]
SEED = 0
_MODEL, _LABELS = "model", "labels.json"


class Peer(Protocol):
    """A classifier of questions."""

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Train on (text, label) pairs and leave what is needed to run in `folder`."""

    def rank(self, text: str) -> Ranking:
        """Return labels with scores, the likeliest first."""


@runtime_checkable
class Reloadable(Protocol):
    """A peer whose training takes so long that it is kept for the next measurement."""

    def load(self, folder: Path) -> None:
        """Take up what `train` left in `folder`."""


class Ours:
    """The linear model of this assistant with its nearest phrases, as it is trained in Rasa."""

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Train and save."""
        from bot.nlu.fitting import train

        # Calibration needs two phrases of a label; public sets have labels with one.
        counts = Counter(label for _, label in pairs)
        pairs = [*pairs, *((f"{t} .", label) for t, label in pairs if counts[label] == 1)]
        self._model = train([t for t, _ in pairs], [label for _, label in pairs])
        self._model.save(folder)

    def rank(self, text: str) -> Ranking:
        """Rank by calibrated probability."""
        return self._model.ranking(text)


class Assistant:
    """The whole assistant inside Rasa: facts, cases and gate besides."""

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Train the project as it lies there; the pairs are its own."""
        from bot.local import LocalAssistant
        from bot.settings import settings
        from bot.training import train

        os.environ["BOT_MODELS_DIR"] = str(folder)
        settings.cache_clear()
        logging.disable(logging.WARNING)
        self._assistant = LocalAssistant(train())
        self._loop = asyncio.new_event_loop()

    def rank(self, text: str) -> Ranking:
        """Rank as the gate sees it."""
        decision = decision_of(self._loop.run_until_complete(self._assistant.parse(text)))
        ranking = [(public_id(label), score) for label, score in decision["ranking"]]
        return sorted([*ranking, (OOS, decision["off_topic"])], key=lambda item: -item[1])


class RasaPipeline:
    """A pipeline of Rasa's own components; labels stand as intents."""

    def __init__(self, pipeline: list[dict[str, Any]]) -> None:
        """Take the components as `config.yml` names them."""
        self._pipeline = pipeline

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Write data and configuration and let Rasa train."""
        from rasa.model_training import train_nlu
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        names = {label: f"l{n}" for n, label in enumerate(sorted({label for _, label in pairs}))}
        self._labels = {name: label for label, name in names.items()}
        texts: dict[str, list[str]] = {}
        for text, label in pairs:
            texts.setdefault(names[label], []).append(text)
        nlu = [
            {"intent": name, "examples": "".join(f"- {plain(text)}\n" for text in examples)}
            for name, examples in texts.items()
        ]
        work = folder.parent / f"{folder.name}-work"
        work.mkdir()
        data, config = work / "nlu.yml", work / "config.yml"
        data.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True))
        settings = {"recipe": "default.v1", "language": "tr", "pipeline": self._pipeline}
        config.write_text(yaml.safe_dump({**settings, "assistant_id": "bench"}))
        if train_nlu(str(config), str(data), str(folder), fixed_model_name=_MODEL) is None:
            raise RuntimeError("Rasa trained nothing")
        (folder / _LABELS).write_text(json.dumps(self._labels), encoding="utf-8")
        self.load(folder)

    def load(self, folder: Path) -> None:
        """Load the trained pipeline."""
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        self._labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        self._agent = Agent.load(str(folder / f"{_MODEL}.tar.gz"))
        self._loop = asyncio.new_event_loop()

    def rank(self, text: str) -> Ranking:
        """Parse as Rasa does."""
        parsed = self._loop.run_until_complete(self._agent.parse_message(text))
        ranking = parsed.get("intent_ranking", [])
        return [
            (self._labels[item["name"]], float(item["confidence"]))
            for item in ranking
            if item["name"] in self._labels
        ]


def plain(text: str) -> str:
    """Leave out what the format of training data would read as markup."""
    return " ".join(text.translate(str.maketrans("[]{}()\\", "       ")).split()) or "?"


class Bm25:
    """BM25 over the phrases (bm25s); a label is as good as its best phrase."""

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Index."""
        import bm25s

        self._bm25s = bm25s
        self._labels = [label for _, label in pairs]
        self._index = bm25s.BM25()
        tokens = bm25s.tokenize([t for t, _ in pairs], stopwords=None, show_progress=False)
        self._index.index(tokens, show_progress=False)
        self._index.save(str(folder))

    def rank(self, text: str) -> Ranking:
        """Rank by the best phrase of each label."""
        tokens = self._bm25s.tokenize([text], stopwords=None, show_progress=False)
        most = min(100, len(self._labels))
        found, scores = self._index.retrieve(tokens, k=most, show_progress=False)
        return _best((self._labels[i], float(s)) for i, s in zip(found[0], scores[0], strict=True))


class Fuzzy:
    """rapidfuzz's ratio against every phrase, the best of its scorers for whole questions.

    WRatio, its default, takes a short phrase for part of any longer question.
    """

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Keep the phrases."""
        self._texts = [text.lower() for text, _ in pairs]
        self._labels = [label for _, label in pairs]
        (folder / "phrases.txt").write_text("\n".join(self._texts), encoding="utf-8")

    def rank(self, text: str) -> Ranking:
        """Rank by the best phrase of each label."""
        near = process.extract(text.lower(), self._texts, scorer=fuzz.ratio, limit=50)
        return _best((self._labels[index], score / 100) for _, score, index in near)


class SpacyTextcat:
    """spaCy's text categoriser for exclusive classes in its default settings."""

    EPOCHS = 10

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Train ten epochs, as spaCy's examples do."""
        import spacy
        from spacy.training import Example
        from spacy.util import compounding, fix_random_seed, minibatch

        fix_random_seed(SEED)
        self._nlp = spacy.blank("tr")
        categoriser = self._nlp.add_pipe("textcat")
        labels = sorted({label for _, label in pairs})
        for label in labels:
            categoriser.add_label(label)
        examples = [
            Example.from_dict(
                self._nlp.make_doc(text), {"cats": {one: float(one == label) for one in labels}}
            )
            for text, label in pairs
        ]
        self._nlp.initialize(lambda: examples)
        shuffle = random.Random(SEED)
        for _ in range(self.EPOCHS):
            shuffle.shuffle(examples)
            for batch in minibatch(examples, size=compounding(8.0, 64.0, 1.001)):
                self._nlp.update(batch)
        self._nlp.to_disk(folder)

    def rank(self, text: str) -> Ranking:
        """Rank by the categories' scores."""
        return _best(self._nlp(text).cats.items())


class FastText:
    """fastText's supervised classifier with character n-grams."""

    def train(self, pairs: Pairs, folder: Path) -> None:
        """Train on one thread, so that two runs are the same."""
        import fasttext

        fasttext.FastText.eprint = lambda _: None
        file = folder.parent / f"{folder.name}.txt"
        lines = [f"__label__{label.replace(' ', '▁')} {' '.join(t.split())}" for t, label in pairs]
        file.write_text("\n".join(lines), encoding="utf-8")
        self._model = fasttext.train_supervised(
            str(file),
            epoch=25,
            lr=0.5,
            wordNgrams=2,
            minn=2,
            maxn=5,
            thread=1,
            seed=SEED,
            verbose=0,
        )
        self._model.save_model(str(folder / "model.bin"))

    def rank(self, text: str) -> Ranking:
        """Rank by probability."""
        # Its own wrapper asks NumPy for what NumPy no longer does.
        found = self._model.f.predict(" ".join(text.split()) + "\n", 10, 0.0, "strict")
        names = (
            (label.removeprefix("__label__").replace("▁", " "), float(s)) for s, label in found
        )
        return sorted(names, key=lambda item: -item[1])


def _best(found: Any) -> Ranking:
    best: dict[str, float] = {}
    for label, score in found:
        best[label] = max(score, best.get(label, float("-inf")))
    return sorted(best.items(), key=lambda item: -item[1])


_COUNTS: list[dict[str, Any]] = [
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
#: What `rasa init` writes for a language without a model, less the parts for entities.
STOCK: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    *_COUNTS,
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": SEED},
]
_LINEAR: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    *_COUNTS,
    {"name": "LogisticRegressionClassifier"},
]


def make(name: str) -> Peer:
    """Return an untrained peer."""
    warnings.simplefilter("ignore")
    makers: dict[str, Any] = {
        "ours": Ours,
        "assistant": Assistant,
        "diet": lambda: RasaPipeline(STOCK),
        "logistic": lambda: RasaPipeline(_LINEAR),
        "bm25": Bm25,
        "rapidfuzz": Fuzzy,
        "spacy": SpacyTextcat,
        "fasttext": FastText,
    }
    peer: Peer = makers[name]()
    return peer


NAMES = {
    "ours": "bu asistan (yalnız anlama)",
    "assistant": "bu asistan (Rasa içinde, bütünüyle)",
    "diet": "Rasa hazır ayar (DIET)",
    "logistic": "Rasa LogisticRegression",
    "bm25": "BM25 (bm25s)",
    "rapidfuzz": "rapidfuzz",
    "spacy": "spaCy textcat",
    "fasttext": "fastText",
}
