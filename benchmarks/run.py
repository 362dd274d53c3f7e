"""Train one peer on one set and rank its test rows, in a process of its own.

`python -m benchmarks.run PEER DATASET RESULT.json`; `python -m benchmarks` starts many.
"""

import hashlib
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.data import Dataset, Row, own, public_sets
from benchmarks.peers import Peer, Ranking, Reloadable, make
from bot.nlu.labels import OOS
from bot.text.noise import with_typos, without_turkish_letters

KEPT = 6
#: Rows for the robustness curves, and the rates of mistyped characters.
CURVE_ROWS = 400
RATES = (0.0, 0.02, 0.05, 0.08, 0.12, 0.16)


def answer(asked: Connection, name: str, dataset: str, result: Path) -> None:
    """Measure a peer, say None or what went wrong, then rank the rows asked for by number.

    What is asked for is (first, last + 1) of the set's test rows, and is answered with the
    milliseconds each took; None ends it.
    """
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())
    os.dup2(silent, sys.stderr.fileno())
    try:
        with measured(name, dataset, result) as (peer, rows):
            asked.send(None)
            for first, end in iter(asked.recv, None):
                asked.send([_timed(peer, row.text)[1] for row in rows[first:end]])
    except Exception as error:
        asked.send(f"{type(error).__name__}: {error}")


@contextmanager
def measured(name: str, dataset: str, result: Path) -> Iterator[tuple[Peer, Sequence[Row]]]:
    """Train, rank, measure, write; have the peer and the test rows for a block."""
    chosen = next(d for d in [own(), *public_sets()[0]] if d.name == dataset)
    peer = make(name)
    with trained(name, peer, chosen, result.parent) as training:
        peer.rank("ısınma turu")
        ranked = [_timed(peer, row.text) for row in chosen.test]
        found: dict[str, Any] = {
            "peer": name,
            "dataset": dataset,
            **training,
            "milliseconds": [milliseconds for _, milliseconds in ranked],
            "rankings": [ranking[:KEPT] for ranking, _ in ranked],
            "curves": curves(peer, chosen) if dataset == "etwinning" else {},
        }
        result.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        yield peer, chosen.test


def _timed(peer: Peer, text: str) -> tuple[Ranking, float]:
    """Return the ranking of a text and the milliseconds it took."""
    start = time.perf_counter()
    ranking = peer.rank(text)
    return ranking, (time.perf_counter() - start) * 1000


@contextmanager
def trained(name: str, peer: Peer, dataset: Dataset, results: Path) -> Iterator[dict[str, Any]]:
    """Have the peer trained for a block; give what the training took.

    A peer that can be reloaded is trained once for the same phrases: an hour of training is
    not spent anew to measure how fast it answers.
    """
    phrases = json.dumps(dataset.train, ensure_ascii=False).encode()
    kept = results / f"trained-{name}-{dataset.name.replace(' ', '-')}"
    folder = kept / hashlib.sha256(phrases).hexdigest()[:16]
    noted = folder / "training.json"
    if isinstance(peer, Reloadable) and noted.is_file():
        peer.load(folder)
        yield json.loads(noted.read_text(encoding="utf-8"))
        return
    shutil.rmtree(kept, ignore_errors=True)
    folder.mkdir(parents=True)
    start, worked = time.perf_counter(), time.process_time()
    peer.train(dataset.train, folder)
    training = {
        "train_seconds": time.perf_counter() - start,
        "train_cpu_seconds": time.process_time() - worked,
        "bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    noted.write_text(json.dumps(training), encoding="utf-8")
    yield training
    if not isinstance(peer, Reloadable):
        shutil.rmtree(kept)


def curves(peer: Peer, dataset: Dataset) -> dict[str, Any]:
    """Return the share of right firsts as the writing gets worse."""
    rows = [row for row in dataset.test if row.accept != (OOS,)]
    rows = Random(0).sample(rows, min(CURVE_ROWS, len(rows)))

    def share(texts: list[str]) -> float:
        first = [next((lb for lb, _ in peer.rank(t) if lb != OOS), None) for t in texts]
        return sum(one in row.accept for one, row in zip(first, rows, strict=True)) / len(rows)

    texts = [row.text for row in rows]
    typed = {
        str(rate): share([with_typos(t, Random(f"{rate} {t}"), rate) if rate else t for t in texts])
        for rate in RATES
    }
    upper = [text.replace("i", "İ").replace("ı", "I").upper() for text in texts]
    bare = ["".join(c for c in text if c.isalnum() or c.isspace()) for text in texts]
    return {
        "typos": typed,
        "without_turkish_letters": share([without_turkish_letters(t) for t in texts]),
        "upper_case": share(upper),
        "without_punctuation": share(bare),
    }


if __name__ == "__main__":
    with measured(sys.argv[1], sys.argv[2], Path(sys.argv[3])):
        pass
