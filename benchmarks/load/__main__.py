"""Measure under load and write the page: `python -m benchmarks.load [PART …]`.

Without parts all are measured, stock Rasa first: the others are then held to its rate as
well. A part's results are kept, so parts may be measured one by one; `report` measures
nothing and writes the page from what is kept. A remark in LOAD_NOTE is printed there.
"""

import datetime
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from benchmarks.load.entries import knowledge_size
from benchmarks.load.processes import memory
from benchmarks.load.report import write_load
from benchmarks.load.setups import Running, embedded, larger, stock_rasa
from benchmarks.load.shapes import conversation_length, stored_events
from benchmarks.load.steps import step
from bot.settings import ROOT

RESULTS = ROOT / "var/bench/load"
SENDERS = (1, 2, 4, 8, 16, 32, 64)
#: On the channels stock Rasa has not.
OWN_SENDERS = (1, 8, 32)
SECONDS = 8.0
#: Enough that a late answer keeps no other message from coming.
AT_A_RATE = 64


def ramp(start: Callable[[], AbstractContextManager[Running]]) -> dict[str, Any]:
    """Measure one set-up with ever more senders, then at stock Rasa's highest rate."""
    with start() as running:
        steps = [step(running, "rest", senders, SECONDS) for senders in SENDERS]
        ours = bool(running.servers)
        # Before Telegram, which still answers when its senders are gone.
        rate = max(one["per_second"] for one in steps) if not ours else stock_rate()
        at_rate = step(running, "rest", AT_A_RATE, SECONDS, rate) if rate else None
        for channel in ("web", "telegram") if ours else ():
            steps += [step(running, channel, senders, SECONDS) for senders in OWN_SENDERS]
        used = memory(running.processes("rasa"))
        ready = running.restart_seconds() if ours else running.start_seconds
    return {"steps": steps, "at_rate": at_rate, "memory": used, "ready_seconds": ready}


def stock_rate() -> float:
    """Return the messages a second stock Rasa came to at best, 0 if it was not measured."""
    kept = _kept("stock")
    return max((float(one["per_second"]) for one in kept.get("steps", ())), default=0.0)


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "stock": lambda: ramp(partial(stock_rasa, RESULTS)),
    "embedded": lambda: ramp(embedded),
    "larger-1": lambda: ramp(partial(larger, 1)),
    "larger-2": lambda: ramp(partial(larger, 2)),
    "larger-4": lambda: ramp(partial(larger, 4)),
    "turns": lambda: conversation_length(embedded),
    "events-embedded": lambda: stored_events(embedded),
    "events-larger": lambda: stored_events(partial(larger, 1)),
    "entries": knowledge_size,
}


def main(names: list[str]) -> int:
    """Measure the parts, keep their results, write the page."""
    if unknown := set(names) - {*PARTS, "report"}:
        print(f"{', '.join(unknown)}: no such part; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name in [name for name in PARTS if name in (names or PARTS)]:
        print(f"» {name}", flush=True)
        found = {
            "measured": datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat(),
            "note": os.environ.get("LOAD_NOTE", ""),
            **PARTS[name](),
        }
        (RESULTS / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
    write_load({name: kept for name in PARTS if (kept := _kept(name))})
    print(f"» {ROOT / 'docs/olcumler.md'}")
    return 0


def _kept(name: str) -> dict[str, Any]:
    path = RESULTS / f"{name}.json"
    if not path.is_file():
        return {}
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
