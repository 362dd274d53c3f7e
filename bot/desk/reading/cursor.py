"""How far the events table has been read, when rows may appear late and out of order.

A row gets its number when it is written but is seen when its transaction commits: a row
with a lower number can appear after one with a higher number. The cursor therefore keeps
the numbers it jumped over and looks for them again, until they are too old to come: a
number is also missing for good when a transaction failed or a conversation was deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: No transaction of Rasa's lasts so long; its own timeouts are far below.
LATE_SECONDS = 600.0


@dataclass(frozen=True)
class Gap:
    """Numbers `first` to `last`, missing since a moment."""

    first: int
    last: int
    since: float


@dataclass(frozen=True)
class Cursor:
    """The highest number seen, and the gaps below it."""

    highest: int = 0
    gaps: tuple[Gap, ...] = ()

    def seen(self, numbers: Sequence[int], now: float) -> "Cursor":
        """Return the cursor after these rows: gaps close, new ones open, old ones go."""
        new = sorted(set(numbers))
        pieces = [piece for gap in self.gaps for piece in _without(gap, new)]
        last = self.highest
        for number in new:
            if number > last + 1:
                pieces.append(Gap(last + 1, number - 1, now))
            last = max(last, number)
        kept = tuple(gap for gap in pieces if now - gap.since < LATE_SECONDS)
        return Cursor(last, kept)

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        gaps = [[gap.first, gap.last, gap.since] for gap in self.gaps]
        return {"highest": self.highest, "gaps": gaps}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Cursor":
        """Return the cursor that `as_json` gave; an empty object is the beginning."""
        gaps = tuple(Gap(*gap) for gap in values.get("gaps", ()))
        return cls(int(values.get("highest", 0)), gaps)


def _without(gap: Gap, numbers: Sequence[int]) -> list[Gap]:
    """Return what is left of a gap after some of its numbers came."""
    pieces, first = [], gap.first
    for number in numbers:
        if gap.first <= number <= gap.last:
            if number > first:
                pieces.append(Gap(first, number - 1, gap.since))
            first = number + 1
    if first <= gap.last:
        pieces.append(Gap(first, gap.last, gap.since))
    return pieces
