"""How long understanding takes with ever more entries, made by program."""

import asyncio
import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import numpy as np
import scipy.sparse
from sklearn.preprocessing import normalize

from benchmarks.data import own
from benchmarks.figures import percentile
from bot.local import LocalAssistant
from bot.nlu import fitting
from bot.nlu.archive import with_linear_model
from bot.nlu.labels import FAQ
from bot.nlu.linear import LinearModel
from bot.settings import ROOT
from bot.training import current_model, train

ENTRIES = (66, 660, 6_600)
PHRASES = 8
#: Up to so many entries the weights are trained; beyond, that takes hours.
TRAINED = 660
MESSAGES, WARM = 300, 30
_SYLLABLES = [f"{a}{b}" for a in "bcçdfghkmnprsştvyz" for b in "aeıioöuü"]
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


class Centroids:
    """Stands in for LinearSVC where that takes hours: a label's weights are its mean.

    As many features and labels, as many weights: what a message costs depends on no more.
    """

    def __init__(self, **_: Any) -> None:
        """Take the settings of the other."""

    def fit(self, features: scipy.sparse.csr_matrix, labels: Sequence[str]) -> None:
        """Take the means."""
        self.classes_, owners = np.unique(labels, return_inverse=True)
        rows = np.arange(len(labels))
        chosen = scipy.sparse.csr_matrix((np.ones(len(labels), np.float32), (owners, rows)))
        self.coef_ = normalize(chosen @ features).astype(np.float32).toarray()
        self.intercept_ = np.full(len(self.classes_), -1.0)


def knowledge_size() -> dict[str, Any]:
    """Time the whole understanding inside Rasa with 66, 660 and 6,600 entries."""
    base = current_model() or train()
    return {"phrases": PHRASES, "trained": TRAINED, "steps": [_sized(base, n) for n in ENTRIES]}


def _sized(base: Path, entries: int) -> dict[str, Any]:
    made = list(_phrases(entries))
    texts = [text for _, text in made]
    begun = time.perf_counter()
    model = _model(made, weights_trained=entries <= TRAINED)
    trained = time.perf_counter() - begun
    asked = [
        _slipped(text, random.Random(text))
        for text in random.Random(2).sample(texts, WARM + MESSAGES)
    ]
    with TemporaryDirectory(dir=ROOT / "var") as folder:
        packed = with_linear_model(base, model, Path(folder) / "made.tar.gz")
        weights = model._weights.nbytes / 1e6  # noqa: SLF001 - their size is what is asked
        del model
        times, worked, parts = asyncio.run(_timed(packed, asked))
    found = {
        "entries": entries,
        "train_seconds": trained,
        "weights_mb": weights,
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        # What the thread worked: hardly changed by what else runs on the machine.
        "processor_p50": percentile(worked, 0.5),
        "processor_p95": percentile(worked, 0.95),
        "parts": {name: percentile(spent, 0.5) for name, spent in parts.items()},
    }
    print(f"  {found}", flush=True)
    return found


def _model(made: Sequence[tuple[str, str]], weights_trained: bool) -> LinearModel:
    labels, texts = [label for label, _ in made], [text for _, text in made]
    if weights_trained:
        return fitting.train(texts, labels)
    with mock.patch.object(fitting, "LinearSVC", Centroids):
        return fitting._fit(sorted(made), 0, {}, {})  # noqa: SLF001 - without the folds


async def _timed(
    model: Path, asked: Sequence[str]
) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Return each message's milliseconds, those of the processor, and those by component."""
    # Rasa takes hold of the components' methods when it loads them.
    with _watched() as parts:
        assistant = LocalAssistant(model)
        times, worked = [], []
        for text in asked:
            begun, work_begun = time.perf_counter(), time.thread_time()
            await assistant.parse(text)
            times.append((time.perf_counter() - begun) * 1000)
            worked.append((time.thread_time() - work_begun) * 1000)
    latest = {name: spent[-MESSAGES:] for name, spent in parts.items()}
    return times[-MESSAGES:], worked[-MESSAGES:], latest


@contextmanager
def _watched() -> Iterator[dict[str, list[float]]]:
    """Note for a block how long each component of our pipeline takes."""
    from bot.nlu.classifier import LinearQuestionClassifier
    from bot.nlu.decision import DecisionGate
    from bot.nlu.extractor import FactExtractor
    from bot.nlu.tokenizer import TurkishTokenizer

    parts: dict[str, list[float]] = {}

    def watch(component: Any) -> Any:
        inner, spent = component.process, parts.setdefault(component.__name__, [])

        def process(self: Any, messages: Any) -> Any:
            begun = time.perf_counter()
            done = inner(self, messages)
            spent.append((time.perf_counter() - begun) * 1000)
            return done

        return mock.patch.object(component, "process", process)

    with (
        watch(TurkishTokenizer),
        watch(FactExtractor),
        watch(LinearQuestionClassifier),
        watch(DecisionGate),
    ):
        yield parts


def _phrases(entries: int) -> Iterator[tuple[str, str]]:
    """Yield (label, phrase): real phrases with words of the entry's own subject in them."""
    chance = random.Random(1)
    real = [text for text, _ in own().train if len(_LONG_WORD.findall(text)) >= 2]
    # Subjects share words, as real ones do: so many words, three to an entry.
    words = [
        "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(20 + entries)
    ]
    for number in range(entries):
        own_words = chance.sample(words, 3)
        for _ in range(PHRASES):
            text = chance.choice(real)
            for old, new in zip(
                chance.sample(_LONG_WORD.findall(text), 2), own_words, strict=False
            ):
                text = text.replace(old, new)
            yield f"{FAQ}/yapay-{number:05}", f"{text} {own_words[2]}"


def _slipped(text: str, chance: random.Random) -> str:
    """Return a phrase as somebody else would type it: a letter is lost."""
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]
