"""Cases written by other people: their facts understood, their conclusions right.

A row has `flow`, `text`, `answers` (what the person types when asked), `facts`, `said`
(the facts of the opening), `outcome` on 2026-11-20, `why`. `cases_dev.jsonl` was worked
with; `cases_heldout.jsonl` was opened by the final measurement only.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions.flows.base import fact_of
from actions.flows.catalogue import CALCULATED
from actions.flows.guide_facts import facts_of
from bot.evaluation import Row, evaluate
from tests.actions.flows.play import Played, play, read, world
from tests.conftest import Talk

FOLDER = Path(__file__).parent
WORLD = world()
#: What this rule book leaves to a reading; the readings are in the docs of each rule.
SAME = {
    ("akis-avrupa", "undocumented", "depends"),  # June 2022
    ("akis-yas", "undocumented", "no"),  # over 19
    ("akis-uyelik", "undocumented", "no"),  # a faculty outside TTI
    ("akis-uyelik", "no", "undocumented"),  # retired, with an account already
    ("akis-koordinator", "yes", "directory"),
    ("akis-koordinator", "undocumented", "directory"),
}
#: Facts that are shown by their absence, or that have a default.
SILENT = {
    "wants",
    "award_day",
    "only_national",
    "unlabelled",
    "not_sent",
    "special_needs",
    "phone",
    "provinces_offered",
}


def rows(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def comparable(name: str, value: Any) -> Any:
    if name == "ages":
        return min(value), max(value)
    return tuple(sorted(value)) if isinstance(value, list) else value


def understood(row: dict[str, Any], played: Played) -> bool:
    """Tell whether all facts that were said or asked for are as the writer meant them."""
    meant = {k: v for k, v in row["facts"].items() if k in {*row["said"], *played.asked}}
    got = {k: v for k, v in played.facts.items() if not (v is False and k in SILENT)}
    defaulted = {"wants", "parent", "evaluation_year", "phone", "provinces_offered"}
    extra = [k for k in got if k not in row["facts"] and k not in defaulted]
    right = all(k in got and comparable(k, got[k]) == comparable(k, v) for k, v in meant.items())
    return right and not extra


def concluded(row: dict[str, Any], played: Played) -> bool:
    outcome = (row["flow"], played.outcome, row["outcome"])
    return played.outcome == row["outcome"] or outcome in SAME


def shares(name: str) -> tuple[float, float]:
    calculated = [row for row in rows(name) if row["flow"] in CALCULATED]
    played = [(row, play(row, WORLD)) for row in calculated]
    judged = [(row, result) for row, result in played if result.outcome is not None]

    def share(pairs: list[tuple[Any, Played]], test: Callable[[Any, Played], bool]) -> float:
        return sum(test(row, result) for row, result in pairs) / len(pairs)

    return share(played, understood), share(judged, concluded)


def test_the_cases_worked_with_are_understood() -> None:
    facts, conclusions = shares("cases_dev")
    assert facts >= 0.90
    assert conclusions >= 0.95


def test_cases_never_seen_are_understood_nearly_as_well() -> None:
    facts, conclusions = shares("cases_heldout")
    assert facts >= 0.88
    assert conclusions >= 0.93


@pytest.mark.parametrize("name", ["cases_dev", "cases_heldout"])
def test_a_verdict_says_back_every_fact_it_rests_on(name: str) -> None:
    for row in rows(name):
        flow = CALCULATED.get(row["flow"])
        if flow is None:
            continue
        played = play(row, WORLD)
        if played.outcome is None:
            continue
        for key, value in played.facts.items():
            fact = fact_of(flow, key)
            if fact and not fact.silent and value is not False:
                assert f"{fact.label}: " in played.text, (row["text"], key)


def test_branch_and_problem_of_the_guides() -> None:
    guided = [row for row in rows("cases_dev") if row["flow"] in {"akis-esep", "akis-davet"}]
    right = sum(
        all(
            facts_of(row["flow"], read(row["text"])).get(key) == row["facts"][key]
            for key in row["said"]
        )
        for row in guided
    )
    assert right / len(guided) >= 0.75


@pytest.mark.model
def test_a_case_reaches_its_flow(talk: Talk) -> None:
    cases = [Row(row["text"], (row["flow"],), row["style"]) for row in rows("cases_heldout")]
    figures = talk.run(evaluate(cases, talk.assistant.parse))["in_scope"]
    assert figures["right"] + figures["beside"] + figures["offered"] >= 0.85
    assert figures["answered_wrong"] <= 0.08
