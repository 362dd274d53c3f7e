"""The root is a plain Rasa project: Rasa's own commands work on it unchanged."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.model


def rasa(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def own_warnings(output: str) -> list[str]:
    """Return Rasa's warnings about the project: they come from its `raise_warning`."""
    return [line for line in output.splitlines() if "rasa/shared/utils/io.py" in line]


def test_data_validate_finds_nothing() -> None:
    done = rasa("data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stderr
    assert own_warnings(done.stdout + done.stderr) == []


def test_core_test_follows_the_stories(model: Path, tmp_path: Path) -> None:
    done = rasa(
        "test", "core", "--model", str(model), "--stories", "data/stories", "--out", str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    report = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    assert "None of the test stories failed" in report
    assert own_warnings(done.stdout + done.stderr) == []


def test_nlu_test_reports_on_entries(model: Path, tmp_path: Path) -> None:
    questions = """version: "3.1"
nlu:
  - intent: faq/ke-03
    examples: |
      - sertifikada eski okulum yazıyor
  - intent: faq/genel-04
    examples: |
      - il koordinatörü nasıl olunur
  - intent: selamlama
    examples: |
      - merhaba
"""
    (tmp_path / "nlu.yml").write_text(questions, encoding="utf-8")
    done = rasa(
        *("test", "nlu", "--model", str(model), "--nlu", str(tmp_path / "nlu.yml")),
        *("--out", str(tmp_path / "out"), "--no-plot"),
    )
    assert done.returncode == 0, done.stderr
    report = (tmp_path / "out/response_selection_report.json").read_text(encoding="utf-8")
    assert '"faq/ke-03"' in report


def test_the_action_server_finds_every_action_of_the_domain() -> None:
    import yaml
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions.actions")
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert set(executor.actions) == set(domain["actions"])
