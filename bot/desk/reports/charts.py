"""Charts as SVG made here: no script, no inline style; the colours stand in desk.css."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 240
_LEFT, _BOTTOM, _TOP = 40, 28, 10
_MAX_LABELS = 8
_LINES = 4


@dataclass(frozen=True)
class Bar:
    """One rectangle: its series' name, place and size."""

    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """A text at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Stacked columns with their lines and labels, ready for the template."""

    bars: tuple[Bar, ...]
    columns: tuple[Label, ...]
    lines: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT


def stacked(columns: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """Return a chart of columns, each a stack of the series' values in their order."""
    totals = [sum(values[i] for values in series.values()) for i in range(len(columns))]
    top = _round_up(max(totals, default=0))
    room = HEIGHT - _TOP - _BOTTOM
    step = (WIDTH - _LEFT) / max(len(columns), 1)
    bars, labels = [], []
    every = math.ceil(len(columns) / _MAX_LABELS) if columns else 1
    for number, name in enumerate(columns):
        x, y = _LEFT + number * step, float(HEIGHT - _BOTTOM)
        for key, values in series.items():
            height = values[number] / top * room
            y -= height
            if height:
                bars.append(
                    Bar(key, _round(x + step * 0.1), _round(y), _round(step * 0.8), _round(height))
                )
        if number % every == 0:
            labels.append(Label(_round(x + step / 2), HEIGHT - 8, name))
    lines = tuple(
        Label(0, _round(HEIGHT - _BOTTOM - room * part / _LINES), f"{top * part / _LINES:g}")
        for part in range(_LINES + 1)
    )
    return Chart(tuple(bars), tuple(labels), lines)


def _round(value: float) -> float:
    return round(value, 1)


def _round_up(value: int) -> int:
    """Return the next number that divides into even lines.

    >>> _round_up(0), _round_up(7), _round_up(130)
    (4, 8, 200)
    """
    size = _LINES
    for factor in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000):
        size = _LINES * factor
        if size >= value:
            return size
    return math.ceil(value / size) * size
