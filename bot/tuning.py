"""Choose the gate's thresholds on development questions and write them to config.yml."""

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ruamel.yaml import YAML

from bot.evaluation import REFUSED as NO_DECISION
from bot.evaluation import Row
from bot.nlu.gate import Thresholds, decide
from bot.nlu.labels import DECISION, FAQ, OOS

if TYPE_CHECKING:
    from bot.local import LocalAssistant

#: What an outcome costs. Handing a question over annoys once; a wrong rule said with
#: confidence is the one thing the assistant must not do. An offer costs a tap.
WRONG = 10.0
REFUSED = 1.0
OFFERED = 0.3
OFF_TOPIC_ANSWERED = 5.0
OFF_TOPIC_OFFERED = 0.5
_ENTRY = re.compile(r"[a-z-]+-\d{2}")
COMPONENT = "bot.nlu.decision.DecisionGate"

Scored = tuple[tuple[str, ...], Sequence[tuple[str, float]]]


def cost(rows: Sequence[Scored], thresholds: Thresholds) -> float:
    """Return the mean cost of a row: accepted labels and the scores of all labels."""
    total = 0.0
    for accept, scores in rows:
        decision = decide(scores, thresholds)
        if accept == (OOS,):
            total += {
                "answer": OFF_TOPIC_ANSWERED,
                "offer": OFF_TOPIC_OFFERED,
                "hand_over": 0.0,
            }[decision.outcome]
        elif decision.outcome == "answer":
            total += 0.0 if decision.label in accept else WRONG
        elif decision.outcome == "offer":
            total += OFFERED if any(label in accept for label in decision.options) else WRONG
        else:
            total += REFUSED
    return total / len(rows)


def choose(rows: Sequence[Scored]) -> tuple[Thresholds, float]:
    """Return the thresholds of least cost on a grid, the most cautious among equals.

    Ties go to the later value: a higher bar for answers, a lower one for off-topic.
    """
    grid = itertools.product(
        np.arange(0.30, 0.96, 0.05),
        np.arange(0.70, 0.09, -0.05),
        (0.30, 0.40, 0.50),
        np.arange(0.10, 0.61, 0.10),
        (0.03, 0.05, 0.10),
    )
    best: tuple[float, Thresholds] | None = None
    for values in grid:
        thresholds = Thresholds(*(round(float(value), 2) for value in values))
        price = cost(rows, thresholds)
        if best is None or price <= best[0]:
            best = (price, thresholds)
    assert best is not None
    return best[1], best[0]


def write(path: Path, thresholds: Thresholds) -> None:
    """Write the thresholds into the gate's settings of a `config.yml`, comments kept.

    Raises:
        KeyError: if the pipeline has no gate.
    """
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    config: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if component["name"] == COMPONENT:
            component.update(vars(thresholds))
            with path.open("w", encoding="utf-8") as stream:
                yaml.dump(config, stream)
            return
    raise KeyError(COMPONENT)


def thresholds_of(path: Path) -> Thresholds:
    """Return the gate's thresholds as a `config.yml` has them."""
    config = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if component["name"] == COMPONENT:
            names = Thresholds.__dataclass_fields__
            return Thresholds(**{name: component[name] for name in names if name in component})
    raise KeyError(COMPONENT)


async def score(assistant: "LocalAssistant", rows: Sequence[Row]) -> list[Scored]:
    """Return each row's accepted labels and the scores the model gives it."""
    scored: list[Scored] = []
    for row in rows:
        decision = (await assistant.parse(row.text)).get(DECISION) or NO_DECISION
        labels = tuple(f"{FAQ}/{key}" if _ENTRY.fullmatch(key) else key for key in row.accept)
        ranking = [(label, value) for label, value in decision["ranking"]]
        scored.append((labels, [*ranking, (OOS, decision["off_topic"])]))
    return scored
