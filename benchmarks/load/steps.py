"""One step of the measurement: so many senders on a channel, for some seconds."""

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.figures import percentile
from benchmarks.load.dialogues import dialogues
from benchmarks.load.metrics import between, outcomes, quantile, stages
from benchmarks.load.processes import processor_seconds
from benchmarks.load.setups import Running
from bot.settings import ROOT

#: The generator's own environment; see setup/load.in.
PYTHON = ROOT / ".venv-load/bin/python"
WARM_SECONDS = 1.5
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


def step(
    running: Running, channel: str, senders: int, seconds: float, rate: float = 0.0
) -> dict[str, Any]:
    """Let senders talk; return messages a second, times in milliseconds, times by stage.

    With a rate (messages a second) they keep to it, otherwise each writes without a pause.
    """
    plan = {
        "channel": channel,
        "address": running.address,
        "relay": running.relay,
        "senders": senders,
        "seconds": seconds,
        "warm": WARM_SECONDS,
        "rate": rate,
        "dialogues": [one._asdict() for one in dialogues()],
    }
    before, worked = running.counted(), processor_seconds(running.processes())
    found = _generated(plan)
    after, since = running.counted(), processor_seconds(running.processes())
    times = found["times"]
    spent = between(stages(before), stages(after))
    result: dict[str, Any] = {
        "channel": channel,
        "senders": senders,
        "rate": rate,
        "count": len(times),
        "failures": found["failures"],
        "per_second": len(times) / found["seconds"],
        # What each kind of process worked for a message: hardly changed by what else runs.
        "processor_ms": {
            kind: 1000 * (seconds - worked.get(kind, 0.0)) / max(found["all"], 1)
            for kind, seconds in since.items()
            if kind
        },
        "stages": {
            stage: {name: 1000 * (quantile(ends, share) or 0.0) for name, share in SHARES.items()}
            for stage, ends in spent.items()
        },
        "outcomes": outcomes(after) - outcomes(before),
    }
    if times:
        result |= {name: percentile(times, share) for name, share in SHARES.items()}
    rest = f"p50 {result.get('p50', 0):6.0f}  p95 {result.get('p95', 0):6.0f} ms"
    rest += f"  processor {result['processor_ms']['rasa']:5.1f} ms"
    said = f"{channel:<9}{senders:>3} senders  {result['per_second']:6.1f} a second  {rest}"
    print(f"  {said}  {found['failures'] or ''}", flush=True)
    return result


def _generated(plan: dict[str, Any]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        given, wanted = Path(folder) / "plan.json", Path(folder) / "result.json"
        given.write_text(json.dumps(plan), encoding="utf-8")
        program = Path(__file__).with_name("generator.py")
        # gevent complains when Python ends; what counts is the result.
        done = subprocess.run(
            [str(PYTHON), str(program), str(given), str(wanted)],
            capture_output=True,
            text=True,
            check=False,
            timeout=plan["warm"] + plan["seconds"] + 120,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        if not wanted.is_file():
            raise RuntimeError(done.stderr[-2000:])
        found: dict[str, Any] = json.loads(wanted.read_text(encoding="utf-8"))
        return found
