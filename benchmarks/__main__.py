"""Run every peer on every set, one process after another, and write its part of docs/olcumler.md.

`python -m benchmarks [PEER …]`: only these peers; the others keep their stored results.
`python -m benchmarks report`: none; the page is written from what is stored. A remark in
BENCH_NOTE is printed on the page.
"""

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.data import Dataset, own, public_sets
from benchmarks.peers import NAMES
from benchmarks.report import write_report
from benchmarks.run import answer
from bot.settings import ROOT

RESULTS = ROOT / "var" / "bench"
#: The rows answered by turns, and how many in a turn.
TIMED_ROWS = 1_000
BY_TURNS = 20
#: These take minutes a set; the public sets' published results stand in for them.
ONLY_OURS = {"diet", "assistant"}
MOST_SECONDS = 14_400
ENDS_WITHIN = 10
_TOO_LONG = f"{MOST_SECONDS} saniyede bitmedi"


def main(names: list[str]) -> int:
    """Run, then write the report of all results that fit the data as they are now."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    sets, missing = public_sets()
    failed = dict(missing)
    chosen = [] if names == ["report"] else names or list(NAMES)
    for dataset in (own(), *sets):
        theirs = [name for name in chosen if dataset.name == "etwinning" or name not in ONLY_OURS]
        for name, problem in _side_by_side(theirs, dataset).items():
            failed[f"{NAMES[name]}, {dataset.name}"] = problem
    for dataset in (own(), *sets):
        for name in NAMES:
            only_ours = dataset.name != "etwinning" and name in ONLY_OURS
            if not only_ours and not _path(name, dataset).is_file():
                failed.setdefault(f"{NAMES[name]}, {dataset.name}", "saklanan sonuç yok")
    results = [found for dataset in (own(), *sets) for found in _stored(dataset)]
    note = os.environ.get("BENCH_NOTE", "")
    write_report(results, [own(), *sets], failed, _machine(), note)
    print(f"» {ROOT / 'docs/olcumler.md'}")
    return 0


def _side_by_side(names: list[str], dataset: Dataset) -> dict[str, str]:
    """Run peers, each in a process of its own; return why some failed.

    One after another they are trained and judged. Then they answer the same messages by turns,
    a few at a time: a machine that is slower for a while is so for all of them.
    """
    failed: dict[str, str] = {}
    with ExitStack() as stack:
        ready: dict[str, Connection] = {}
        for name in names:
            print(f"» {dataset.name}: {NAMES[name]}", flush=True)
            _path(name, dataset).unlink(missing_ok=True)
            asked = stack.enter_context(_started(name, dataset))
            try:
                problem = asked.recv() if asked.poll(MOST_SECONDS) else _TOO_LONG
            except EOFError:
                problem = "süreç yarıda kaldı"
            if problem:
                failed[name] = problem
            else:
                ready[name] = asked
        if ready:
            print(f"» {dataset.name}: sırayla yanıt süreleri", flush=True)
        times: dict[str, list[float]] = {name: [] for name in ready}
        for first in range(0, min(TIMED_ROWS, len(dataset.test)), BY_TURNS):
            for name, asked in ready.items():
                asked.send((first, first + BY_TURNS))
                times[name] += asked.recv()
    for name, milliseconds in times.items():
        path = _path(name, dataset)
        result = {**json.loads(path.read_text(encoding="utf-8")), "milliseconds": milliseconds}
        path.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return failed


@contextmanager
def _started(name: str, dataset: Dataset) -> Iterator[Connection]:
    """Have a peer's process for a block."""
    fresh = get_context("spawn")
    ours, theirs = fresh.Pipe()
    process = fresh.Process(target=answer, args=(theirs, name, dataset.name, _path(name, dataset)))
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        with suppress(OSError):  # it has ended already
            ours.send(None)
        process.join(ENDS_WITHIN)
        process.kill()


def _path(name: str, dataset: Dataset) -> Path:
    return RESULTS / f"{name}-{dataset.name.replace(' ', '-')}.json"


def _stored(dataset: Dataset) -> list[dict[str, Any]]:
    found = []
    for name in NAMES:
        path = _path(name, dataset)
        if path.is_file():
            result = json.loads(path.read_text(encoding="utf-8"))
            if len(result["rankings"]) == len(dataset.test):
                found.append(result)
    return found


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()}, {platform.machine()}, {cores} çekirdek, Python 3.10"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
