"""Train one peer on one set and rank its test rows, in a process of its own.

`python -m benchmarks.run PEER DATASET RESULT.json`
"""

import hashlib
import json
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.data import Dataset, own, public_sets
from benchmarks.peers import Peer, Reloadable, make
from bot.nlu.labels import OOS
from bot.text.noise import with_typos, without_turkish_letters

KEPT = 6
#: Rows for the robustness curves, and the rates of mistyped characters.
CURVE_ROWS = 400
RATES = (0.0, 0.02, 0.05, 0.08, 0.12, 0.16)


def main(name: str, dataset: str, result: Path) -> None:
    """Train, rank, measure, write."""
    chosen = next(d for d in [own(), *public_sets()[0]] if d.name == dataset)
    peer = make(name)
    with trained(name, peer, chosen, result.parent) as training:
        peer.rank("ısınma turu")
        rankings, times = [], []
        for row in chosen.test:
            start = time.perf_counter()
            rankings.append(peer.rank(row.text)[:KEPT])
            times.append((time.perf_counter() - start) * 1000)
        found: dict[str, Any] = {
            "peer": name,
            "dataset": dataset,
            **training,
            "milliseconds": times,
            "rankings": rankings,
            "curves": curves(peer, chosen) if dataset == "etwinning" else {},
        }
    result.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


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
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
