"""What the trained model must reach on questions it never saw."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.baseline import losses, read
from bot.evaluation import Row, evaluate, read_rows
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


#: What people put around a question, or do to its letters, without asking anything else.
AROUND = {
    "a greeting": "merhaba hocam kolay gelsin {}",
    "a greeting with slips": "mehraba hocm kolay gelsn {}",
    "thanks in advance": "{} Şimdiden çok teşekkür ederim, iyi çalışmalar dilerim.",
    "a name under it": "{} Şimdiden teşekkürler. Hatice Demir / Yozgat",
    "a plea": "{} yardımcı olur musunuz lütfen",
    "an announcement": "Bilgi alabilir miyim: {}",
    "emoji": "🙏 {} 😊😊",
}


@pytest.fixture(scope="module")
def plain_rows() -> list[Row]:
    """Return every tenth question."""
    ids = {*current().entries, *current().flows}
    every = read_rows([ROOT / "tests/nlu/dev.jsonl"])
    return [row for row in every if ids & set(row.accept)][::10]


@pytest.fixture(scope="module")
def reached(_talk: Talk) -> Callable[[Sequence[Row]], float]:
    """Return what tells which share of questions reaches its entry or the flow beside it."""

    def share(rows: Sequence[Row]) -> float:
        figures = _talk.run(evaluate(rows, _talk.assistant.parse))["in_scope"]
        return float(figures["right"] + figures["beside"])

    return share


@pytest.fixture(scope="module")
def plain(plain_rows: list[Row], reached: Callable[[Sequence[Row]], float]) -> float:
    return reached(plain_rows)


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


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_what_stands_around_a_question_hides_nothing(
    around: str,
    plain: float,
    plain_rows: list[Row],
    reached: Callable[[Sequence[Row]], float],
) -> None:
    assert reached([row._replace(text=around.format(row.text)) for row in plain_rows]) >= (
        plain - 0.03
    )


def test_letters_drawn_out_hide_nothing(
    plain: float, plain_rows: list[Row], reached: Callable[[Sequence[Row]], float]
) -> None:
    drawn_out = [
        row._replace(text=re.sub(r"([aeıioöuü])(?=\w?\b)", r"\1\1\1", row.text))
        for row in plain_rows
    ]
    assert reached(drawn_out) >= plain - 0.03


def test_every_entry_is_reached(measured: dict[str, Any]) -> None:
    wanted = {row["accept"][0] for row in measured["rows"]} - {"oos"}
    reached = {row["accept"][0] for row in measured["rows"] if row["right"] or row["beside"]}
    assert wanted - reached == set()


def test_the_model_file_is_small(model: Path) -> None:
    assert model.stat().st_size < 20_000_000
