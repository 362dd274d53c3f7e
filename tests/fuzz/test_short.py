"""A short run of what `make fuzz` does for long."""

import importlib.util
import subprocess
import sys

import pytest

from bot.settings import ROOT


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not made for this machine"
)
def test_odd_texts_break_no_promise_of_the_readers() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.fuzz.text", "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
