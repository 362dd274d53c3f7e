"""The dialogues the senders play."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).with_name("dialogues.yml")


class Dialogue(NamedTuple):
    """What somebody writes, turn after turn, and how often that happens."""

    kind: str
    weight: float
    texts: list[str]


def dialogues() -> list[Dialogue]:
    """Return all dialogues; those of a kind share its weight."""
    kinds = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [
        Dialogue(one["kind"], one["weight"] / len(one["dialogues"]), texts)
        for one in kinds
        for texts in one["dialogues"]
    ]


def mix() -> dict[str, float]:
    """Return the share of each kind among the messages, from 0 to 1."""
    counted: dict[str, float] = {}
    for one in dialogues():
        counted[one.kind] = counted.get(one.kind, 0.0) + one.weight * len(one.texts)
    whole = sum(counted.values())
    return {kind: count / whole for kind, count in counted.items()}


def in_turn() -> Iterator[tuple[bool, str]]:
    """Yield all messages, dialogue after dialogue, for ever; and whether one begins there."""
    while True:
        for one in dialogues():
            for number, text in enumerate(one.texts):
                yield number == 0, text
