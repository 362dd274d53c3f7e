"""The reader killed (SIGKILL) at 50 points over 2,000 events."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

CONVERSATIONS = 160


@pytest.mark.server
def test_killed_at_fifty_points_every_case_is_made_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.killed_reader", str(CONVERSATIONS), "50", "7"],
        cwd=ROOT,
        env={**os.environ, "BOT_VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["events"] >= 2_000
    assert result["killed"] == 50
    assert result["cases"] == result["different"] == CONVERSATIONS
    assert result["questions"] == 2 * CONVERSATIONS
    assert result["read_to"] == result["events"]
