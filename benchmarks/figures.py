"""Figures from stored rankings: first, among three, refusals, wrong at equal refusal."""

import math
from collections.abc import Sequence
from typing import Any

from benchmarks.data import Row
from bot.nlu.labels import OOS


def figures(result: dict[str, Any], rows: Sequence[Row], refusal: float | None) -> dict[str, Any]:
    """Return the figures of one peer on one set.

    `refusal` is the share of in-scope rows every peer may refuse: each is given the
    threshold that refuses so many, then its wrong answers and its refusals of off-topic
    rows are compared.
    """
    judged = list(zip(rows, result["rankings"], strict=True))
    inside = [(row, ranking) for row, ranking in judged if row.accept != (OOS,)]
    outside = [ranking for row, ranking in judged if row.accept == (OOS,)]
    firsts = [_labels(ranking) for _, ranking in inside]
    times = result["milliseconds"]
    found: dict[str, Any] = {
        "n": len(inside),
        "first": _share(names[:1] and names[0] in row.accept for (row, _), names in _with(inside)),
        "among_three": _share(
            any(name in row.accept for name in names[:3]) for (row, _), names in _with(inside)
        ),
        "train_seconds": result["train_seconds"],
        "train_cpu_seconds": result["train_cpu_seconds"],
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "peak_mb": result["peak_mb"],
        "mb": result["bytes"] / 1e6,
    }
    if refusal is not None and firsts:
        threshold = _threshold([_confidence(ranking) for _, ranking in inside], refusal)
        answered = [pair for pair in inside if _confidence(pair[1]) >= threshold > 0]
        wrong = sum(_labels(ranking)[0] not in row.accept for row, ranking in answered)
        found["wrong_at_refusal"] = wrong / len(inside)
        found["refused"] = 1 - len(answered) / len(inside)
        found["outside_refused"] = _share(_confidence(r) < threshold for r in outside)
    return found


def _with(inside: Sequence[tuple[Row, Any]]) -> list[tuple[tuple[Row, Any], list[str]]]:
    return [(pair, _labels(pair[1])) for pair in inside]


def _labels(ranking: Sequence[Sequence[Any]]) -> list[str]:
    return [label for label, _ in ranking if label != OOS]


def _confidence(ranking: Sequence[Sequence[Any]]) -> float:
    """Return the score of the best label; 0 where off-topic comes first."""
    if not ranking or ranking[0][0] == OOS:
        return 0.0
    return float(ranking[0][1])


def _threshold(confidences: Sequence[float], refusal: float) -> float:
    """Return the score below which `refusal` of the rows lie; never 0."""
    ordered = sorted(confidences)
    index = min(math.floor(refusal * len(ordered)), len(ordered) - 1)
    return max(ordered[index], 1e-9)


def _share(flags: Any) -> float:
    values = [bool(flag) for flag in flags]
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so large a share does not exceed.

    >>> percentile([4, 1, 3, 2], 0.5), percentile([4, 1, 3, 2], 0.95)
    (2, 4)
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
