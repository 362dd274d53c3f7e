"""Choose the gate's thresholds on development questions and write them to config.yml."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from ruamel.yaml import YAML

from bot.evaluation import Row, decision_of, ids_beside, is_topic
from bot.knowledge import current
from bot.nlu.gate import Decision, Thresholds, decide
from bot.nlu.labels import CASE, OOS, flow_id, public_id, target_id

if TYPE_CHECKING:
    from bot.local import LocalAssistant

#: What an outcome costs. Handing a question over annoys once; a wrong rule said with
#: confidence is the one thing the assistant must not do. An offer costs a tap.
WRONG = 10.0
REFUSED = 1.0
#: Thanks or a greeting that is handed over makes a case of nothing for the staff.
SMALL_TALK_REFUSED = 3.0
#: A flow begun in error says no rule: it asks, says back what it understood, and is left
#: by a word.
WRONG_FLOW = 3.0
OFFERED = 0.3
OFF_TOPIC_ANSWERED = 5.0
OFF_TOPIC_OFFERED = 0.5
#: "I am an assistant" to an insult misleads nobody.
OFF_TOPIC_CHATTED = 2.0
OPTIONS = (0.10, 0.05, 0.03)
CASES = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2)
DOUBTS = (1.0, 0.9, 0.8, 0.7, 0.6)
COMPONENT = "bot.nlu.decision.DecisionGate"


class Scored(NamedTuple):
    """A row as tuning needs it: accepted ids, the settled scores of labels, stated cases.

    `beside` are the ids that lead to an accepted one: a flow and its entries.
    """

    accept: tuple[str, ...]
    scores: Sequence[tuple[str, float]]
    cases: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()


def costs(rows: Sequence[Scored], thresholds: Thresholds) -> list[float]:
    """Return the cost of each row."""
    return [_cost(row, decide(row.scores, thresholds, row.cases)) for row in rows]


def _cost(row: Scored, decision: Decision) -> float:
    accept = row.accept
    if accept == (OOS,):
        topical = target_id(decision.label or "")
        spoken = OFF_TOPIC_ANSWERED if topical else OFF_TOPIC_CHATTED
        prices = {"answer": spoken, "offer": OFF_TOPIC_OFFERED, "hand_over": 0.0}
        return prices[decision.outcome]
    if decision.outcome == "answer":
        answered = public_id(decision.label or "")
        if answered in accept:
            return 0.0
        if answered in row.beside:
            return OFFERED
        return WRONG_FLOW if flow_id(decision.label or "") else WRONG
    if decision.outcome == "offer":
        return OFFERED if any(public_id(label) in accept for label in decision.options) else WRONG
    return REFUSED if any(is_topic(key) for key in accept) else SMALL_TALK_REFUSED


def choose(rows: Sequence[Scored]) -> tuple[Thresholds, float]:
    """Return thresholds and their mean cost.

    Among all on the grid whose cost is within one standard error of the least (Breiman
    et al. 1984, the one-standard-error rule), those that answer at once most often: a
    difference that a handful of rows makes is no reason to ask everybody back. Ties go
    to the cheaper, then to the first, most cautious one.
    """
    questions = [row for row in rows if not _is_case(row)] or list(rows)
    tried = []
    for values in _grid():
        thresholds = Thresholds(*(round(float(value), 2) for value in values))
        prices = costs(questions, thresholds)
        answered = sum(
            price == 0.0
            for price, row in zip(prices, questions, strict=True)
            if row.accept != (OOS,)
        )
        tried.append((sum(prices) / len(questions), answered, thresholds))
    least, _, best = min(tried, key=lambda item: item[0])
    error = float(np.std(costs(questions, best))) / math.sqrt(len(questions))
    near = [item for item in tried if item[0] <= least + error]
    _, _, thresholds = max(near, key=lambda item: (item[1], -item[0]))
    # A flow's own threshold is chosen after the others, on the cases too.
    for name, values in (("option", OPTIONS), ("case", CASES)):
        priced = [(sum(costs(rows, each)), each) for each in _with(thresholds, name, values)]
        thresholds = min(priced, key=lambda item: item[0])[1]
    # As many doubtful questions get a title as one standard error of the cost allows.
    doubts = [(costs(rows, each), each) for each in _with(thresholds, "doubt", DOUBTS)]
    totals = [sum(prices) for prices, _ in doubts]
    prices = doubts[totals.index(min(totals))][0]
    most = min(totals) + float(np.std(prices)) * math.sqrt(len(rows))
    chosen = max(index for index, total in enumerate(totals) if total <= most)
    return doubts[chosen][1], totals[chosen] / len(rows)


def _with(thresholds: Thresholds, name: str, values: Sequence[float]) -> list[Thresholds]:
    return [replace(thresholds, **{name: value}) for value in values]


def _is_case(row: Scored) -> bool:
    """Tell a row about somebody's case, which a flow should take."""
    return any(key.startswith(f"{CASE}-") for key in row.accept)


def _grid() -> Iterator[tuple[float, ...]]:
    """Yield answer, off_topic, small_talk, offer: the cautious ones first."""
    return itertools.product(
        np.arange(0.95, 0.29, -0.05),
        (0.05, *np.arange(0.10, 0.71, 0.10)),
        (0.70, 0.60, 0.50, 0.40, 0.30),
        np.arange(0.60, 0.09, -0.10),
    )


def write(path: Path, thresholds: Thresholds) -> None:
    """Write the thresholds into the gate's settings of a `config.yml`, comments kept.

    Raises:
        KeyError: if the pipeline has no gate.
    """
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    config: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"))
    _gate_of(config).update(vars(thresholds))
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(config, stream)


def thresholds_of(path: Path) -> Thresholds:
    """Return the gate's thresholds as a `config.yml` has them.

    Raises:
        KeyError: if the pipeline has no gate.
    """
    component = _gate_of(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    names = Thresholds.__dataclass_fields__
    return Thresholds(**{name: component[name] for name in names if name in component})


def _gate_of(config: dict[str, Any]) -> dict[str, Any]:
    for component in config["pipeline"]:
        if component["name"] == COMPONENT:
            found: dict[str, Any] = component
            return found
    raise KeyError(COMPONENT)


async def score(assistant: "LocalAssistant", rows: Sequence[Row]) -> list[Scored]:
    """Return each row's accepted ids and the scores the model gives it."""
    scored: list[Scored] = []
    base = current()
    for row in rows:
        decision = decision_of(await assistant.parse(row.text))
        ranking = [(label, value) for label, value in decision["ranking"]]
        scores = [*ranking, (OOS, decision["off_topic"])]
        beside = frozenset(ids_beside(base, row.accept))
        scored.append(Scored(row.accept, scores, tuple(decision["cases"]), beside))
    return scored
