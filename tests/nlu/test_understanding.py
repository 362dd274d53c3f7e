"""What the trained model must reach on questions it never saw."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.baseline import losses, read
from bot.evaluation import evaluate, read_rows
from bot.knowledge import current
from bot.settings import ROOT
from tests.conftest import Talk

pytestmark = pytest.mark.model


BASELINE = ROOT / "tests/nlu/baseline.json"


@pytest.fixture(scope="module")
def measured(_talk: Talk) -> dict[str, Any]:
    rows = read_rows([ROOT / "tests/nlu/dev.jsonl"])
    result: dict[str, Any] = _talk.run(evaluate(rows, _talk.assistant.parse))
    return result


@pytest.fixture(scope="module")
def greeted(_talk: Talk) -> list[dict[str, Any]]:
    """Return the figures of every tenth question, alone and after a greeting."""
    ids = {*current().entries, *current().flows}
    every = read_rows([ROOT / "tests/nlu/dev.jsonl"])
    rows = [row for row in every if ids & set(row.accept)][::10]
    after = [row._replace(text=f"merhaba hocam kolay gelsin {row.text}") for row in rows]
    parse = _talk.assistant.parse
    return [_talk.run(evaluate(some, parse))["in_scope"] for some in (rows, after)]


def test_nothing_is_lost_against_the_stored_results(measured: dict[str, Any]) -> None:
    """Stored by `python -m bot evaluate tests/nlu/dev.jsonl --store tests/nlu/baseline.json`."""
    found = losses(measured["rows"], read(BASELINE))
    assert found == [], "\n".join(found)


def test_in_scope_questions_reach_their_entry(measured: dict[str, Any]) -> None:
    figures = measured["in_scope"]
    # Some of these questions state a case; the flow beside the entry takes those.
    assert figures["right"] + figures["beside"] >= 0.95
    assert figures["top3"] >= 0.985
    assert figures["wrong"] <= 0.02


def test_off_topic_questions_are_refused(measured: dict[str, Any]) -> None:
    assert measured["oos"]["answered"] <= 0.05
    assert measured["oos"]["refused"] >= 0.92


def test_no_style_of_writing_falls_behind(measured: dict[str, Any]) -> None:
    shares = {style: f["right"] + f["beside"] for style, f in measured["by_style"].items()}
    assert min(shares["letterless"], shares["typo"]) >= shares["clean"] - 0.02


def test_a_greeting_before_a_question_hides_nothing(greeted: Sequence[dict[str, Any]]) -> None:
    plain, after = (figures["right"] + figures["beside"] for figures in greeted)
    assert after >= plain - 0.03


def test_every_entry_is_reached(measured: dict[str, Any]) -> None:
    wanted = {row["accept"][0] for row in measured["rows"]} - {"oos"}
    reached = {row["accept"][0] for row in measured["rows"] if row["right"] or row["beside"]}
    assert wanted - reached == set()


def test_the_model_file_is_small(model: Path) -> None:
    assert model.stat().st_size < 20_000_000
