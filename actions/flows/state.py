"""What is remembered of a flow between two messages, as one slot holds it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass
class State:
    """One flow under way.

    `facts` understood; `unknown` the facts answered "bilmiyorum"; `asked` the fact asked
    last; `misses` how often in a row no answer was understood; `asides` how many messages in
    a row were about something else after the verdict; `done` a verdict was given;
    `track` and `step` the place in a guide; `verdict` the last one, for display; `trail` the
    questions answered, each with the facts its answer brought; `before` the calculation that
    this one took the place of, as a slot holds it, without the one before that; `last` the
    fact told by the message before, if it told one alone.
    """

    flow: str
    facts: dict[str, Any] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    asked: str | None = None
    misses: int = 0
    done: bool = False
    track: str | None = None
    step: int = 0
    verdict: dict[str, Any] | None = None
    asides: int = 0
    trail: list[list[str]] = field(default_factory=list)
    before: dict[str, Any] | None = None
    last: str | None = None

    @classmethod
    def of(cls, value: Any) -> "State | None":
        """Read a slot; anything that is no state (an older version's) gives None."""
        known = {item.name for item in fields(cls)}
        if not isinstance(value, dict) or "flow" not in value or not set(value) <= known:
            return None
        return cls(**value)

    def told(self, found: Mapping[str, Any]) -> None:
        """Remember what a message told, for "16 olsa" after it."""
        self.last = next(iter(found)) if len(found) == 1 else None

    def after(self, other: "State | None") -> None:
        """Remember the calculation that this one takes the place of."""
        self.before = None if other is None else {**other.value(), "before": None}

    def value(self) -> dict[str, Any]:
        """Return the state as a slot holds it."""
        return asdict(self)
