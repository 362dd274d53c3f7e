"""Run every peer on every set, one process after another, and write its part of docs/olcumler.md.

`python -m benchmarks [PEER …]`: only these peers; the others keep their stored results.
`python -m benchmarks report`: none; the page is written from what is stored. A remark in
BENCH_NOTE is printed on the page.
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.data import Dataset, own, public_sets
from benchmarks.peers import NAMES
from benchmarks.report import write_report
from bot.settings import ROOT

RESULTS = ROOT / "var" / "bench"
#: These take minutes a set; the public sets' published results stand in for them.
ONLY_OURS = {"diet", "assistant"}
MOST_SECONDS = 14_400


def main(names: list[str]) -> int:
    """Run, then write the report of all results that fit the data as they are now."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    sets, missing = public_sets()
    failed = dict(missing)
    chosen = [] if names == ["report"] else names or list(NAMES)
    for dataset in (own(), *sets):
        for name in chosen:
            if dataset.name != "etwinning" and name in ONLY_OURS:
                continue
            print(f"» {dataset.name}: {NAMES[name]}", flush=True)
            if problem := _run(name, dataset):
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


def _run(name: str, dataset: Dataset) -> str | None:
    """Run one peer in a process of its own; return why it failed."""
    path = _path(name, dataset)
    path.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.run", name, dataset.name, str(path)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{MOST_SECONDS} saniyede bitmedi"
    if done.returncode == 0:
        return None
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"çıkış kodu {done.returncode}"


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
