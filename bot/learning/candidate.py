"""A teaching tried out: a copy of the files with it in, its model, and what that understands.

The work is done by the ordinary commands (`train`, `evaluate`) in processes of their own,
which take the copy for the project's files.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.baseline import read as read_baseline
from bot.evaluation import Row, read_rows
from bot.learning import LearningError, activation, store, versions
from bot.learning.comparison import compare
from bot.learning.teaching import PERCENT, Teaching
from bot.live import live
from bot.nlu.labels import public_id
from bot.serving import ends_with_us
from bot.settings import ROOT, settings
from bot.training import current_model, model_of, trained_model

QUESTIONS = ROOT / "tests/nlu/dev.jsonl"
BASELINE = ROOT / "tests/nlu/baseline.json"
STYLE = "taught"
FOLDER = "candidate"
RESULTS = "results"
_KEPT_RESULTS = 8
_POLL_SECONDS = 0.25
#: How long a step usually takes: only the percentage between two steps depends on it.
_USUAL_SECONDS = {"training": 30.0, "evaluating": 20.0}
#: The figures of a judged row that a comparison needs.
_FIGURES = (
    *("text", "accept", "outcome", "answered", "options"),
    *("right", "beside", "offered", "refused"),
)


@contextlib.contextmanager
def candidate(teaching: Teaching) -> Iterator[versions.Made]:
    """Give the files a teaching would make, for as long as the block lasts.

    Raises:
        LearningError: if a phrase or an id means something else since it was proposed.
        KnowledgeError: if the whole would be broken.
    """
    folder = store.folder(FOLDER) / teaching.id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        made = versions.make(folder, activation.units_with(teaching))
        own = [*(f"“{one.text}”" for one in teaching.phrases), *(c.where for c in teaching.changes)]
        clash = [one for one in made.conflicts if one.startswith(tuple(own))]
        if clash:
            raise LearningError(f"Bu sırada başka bir anlam kazandı: {clash[0]}")
        yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def train(teaching: Teaching, made: versions.Made) -> Path:
    """Return the model of a candidate, trained if there is none yet.

    Raises:
        LearningError: if it cannot be trained.
    """
    model = model_of(made.data)
    teaching.model = model.name
    teaching.save()
    if not model.is_file():
        base = trained_model()
        # Only phrases were added: the rest of the model made before fits. A language model's
        # sentence vectors are made by the whole pipeline alone.
        fast = base is not None and not settings().language_model
        _run(teaching, ["train", *(["--from", str(base)] if fast else [])], made)
    return model


def measure(teaching: Teaching, made: versions.Made, model: Path) -> dict[str, Any]:
    """Return the report on a candidate, beside the model in use.

    Raises:
        LearningError: if one of them cannot be measured.
    """
    questions = read_rows([QUESTIONS])
    taught = _taught_rows(teaching)
    old = [row for row in taught if row.text not in {one.text for one in teaching.phrases}]
    in_use = current_model()
    if in_use is None:
        raise LearningError("Kullanılan model bulunamadı. Önce: python -m bot train")
    now = live()
    using = versions.Made(now.knowledge, now.data, (), (), {})
    before = _judged(teaching, using, in_use, [*questions, *old])
    after = _judged(teaching, made, model, [*questions, *taught])
    size = len(questions)
    report = compare(
        before[:size],
        after[:size],
        {row["text"]: row for row in before[size:]},
        after[size:],
        baseline=read_baseline(BASELINE),
        tolerance=settings().learn_tolerance,
        expected=expected_answers(activation.units_with(teaching)),
    )
    return {**report, "model": model.name, "model_before": in_use.name, "at": store.now()}


def expected_answers(units: Iterable[versions.Unit]) -> dict[str, list[str]]:
    """Return the off-topic questions that teachings are meant to answer, each with their ids."""
    return {
        text: sorted({public_id(phrase.label) for phrase in unit.phrases})
        for unit in units
        for text in unit.expected
    }


def _taught_rows(teaching: Teaching) -> list[Row]:
    """Return every phrase that stands taught, the new ones last, as questions."""
    phrases = {
        phrase.text: phrase.label
        for unit in activation.units_with(teaching)
        for phrase in unit.phrases
    }
    return [Row(text, (public_id(label),), STYLE) for text, label in phrases.items()]


def _judged(
    teaching: Teaching, made: versions.Made, model: Path, rows: Sequence[Row]
) -> list[dict[str, Any]]:
    """Return the rows judged by a model; what it was asked before is remembered."""
    memory = store.folder(RESULTS) / f"{model.name}.json"
    known = store.read_json(memory) or {}
    missing = [row for row in rows if _key(row) not in known]
    if missing:
        folder = store.folder(FOLDER, f"{teaching.id}-rows")
        asked, answered = folder / "rows.jsonl", folder / "judged.json"
        try:
            lines = [json.dumps(row._asdict(), ensure_ascii=False) for row in missing]
            asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
            _run(teaching, ["evaluate", str(asked), "--json", str(answered)], made)
            judged = json.loads(answered.read_text(encoding="utf-8"))["rows"]
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for row, result in zip(missing, judged, strict=True):
            known[_key(row)] = {name: result[name] for name in _FIGURES}
        store.write_json(memory, known)
        _forget_old_results(memory.parent)
    return [known[_key(row)] for row in rows]


def _key(row: Row) -> str:
    return "\t".join([row.text, *row.accept])


def _forget_old_results(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in files[:-_KEPT_RESULTS]:
        path.unlink(missing_ok=True)


def _run(teaching: Teaching, command: Sequence[str], made: versions.Made) -> None:
    """Run a command of the assistant on a copy of the files; the percentage grows meanwhile.

    Raises:
        LearningError: with its last words, if it fails.
    """
    state = teaching.state
    first, last = PERCENT[state], PERCENT["evaluating" if state == "training" else "activating"]
    started, before = time.monotonic(), teaching.percent
    process = subprocess.Popen(
        ends_with_us([sys.executable, "-m", "bot", *command]),
        cwd=ROOT,
        env={**os.environ, **_environment(made)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        output = _watched(process, lambda: _grow(teaching, started, max(first, before), last))
    except BaseException:
        process.kill()
        process.wait()
        raise
    print(output, flush=True)
    if process.returncode != 0:
        said = [line.strip() for line in output.splitlines() if line.strip()]
        raise LearningError(said[-1] if said else f"“{command[0]}” adımı yarıda kesildi")


def _environment(made: versions.Made) -> Mapping[str, str]:
    """Return the settings under which a copy of the files is the project's own."""
    return {
        "BOT_KNOWLEDGE_DIR": str(made.knowledge),
        "BOT_DATA_DIR": str(made.data),
        "BOT_VAR_DIR": str(store.folder(FOLDER) / "var"),
        "PYTHONWARNINGS": "ignore",
    }


def _watched(process: "subprocess.Popen[str]", tick: Callable[[], None]) -> str:
    while True:
        try:
            return process.communicate(timeout=_POLL_SECONDS)[0]
        except subprocess.TimeoutExpired:  # noqa: PERF203 - that is how it waits
            tick()


def _grow(teaching: Teaching, started: float, first: int, last: int) -> None:
    share = (time.monotonic() - started) / _USUAL_SECONDS[teaching.state]
    percent = first + int((last - first) * min(0.95, share))
    if percent > teaching.percent:
        teaching.percent = percent
        teaching.save()
