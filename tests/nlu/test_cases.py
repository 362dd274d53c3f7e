"""Teachers' own cases ("projemizde 14 türk öğretmen var") reach an entry that fits.

Each row names the rule it is about (`flow`) and the entries that fit; rows with `facts`
and `conclusion` say besides what a careful reader understands and what the rule gives on
2026-11-20.
"""

import pytest

from bot.evaluation import evaluate, read_rows
from bot.settings import ROOT
from tests.conftest import Talk


@pytest.mark.model
def test_a_concrete_case_finds_a_fitting_entry(talk: Talk) -> None:
    rows = read_rows([ROOT / "tests/nlu/cases.jsonl"])
    figures = talk.run(evaluate(rows, talk.assistant.parse))["in_scope"]
    assert figures["n"] > 700
    assert figures["top3"] >= 0.85
    assert figures["answered_wrong"] <= 0.06
