"""Times by stage, from what the processes' histograms counted between two moments; pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import isinf
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

BUCKET = "assistant_stage_seconds_bucket"
OUTCOMES = "assistant_outcomes_total"
#: Observations of each stage, by the bucket's upper end in seconds.
Stages = dict[str, Counter[float]]


def stages(pages: Sequence[str]) -> Stages:
    """Return the stages' histograms, cumulative, of all processes' `/metrics` pages together."""
    found: Stages = {}
    for sample in _samples(pages):
        if sample.name == BUCKET:
            ends = found.setdefault(sample.labels["stage"], Counter())
            ends[float(sample.labels["le"])] += int(sample.value)
    return found


def outcomes(pages: Sequence[str]) -> Counter[str]:
    """Return how many messages came to which outcome."""
    found: Counter[str] = Counter()
    for sample in _samples(pages):
        if sample.name == OUTCOMES:
            found[sample.labels["outcome"]] += int(sample.value)
    return found


def between(before: Stages, after: Stages) -> Stages:
    """Return what was counted in between."""
    return {
        stage: Counter(
            {end: count - before.get(stage, Counter())[end] for end, count in own.items()}
        )
        for stage, own in after.items()
    }


def quantile(ends: Mapping[float, int], share: float) -> float | None:
    """Return a quantile of a cumulative histogram, in seconds, None if nothing was counted.

    Within a bucket the values are taken as spread evenly, as Prometheus does; what lies
    above the last end is given as that end.

    >>> quantile({0.01: 50, 0.02: 100, float("inf"): 100}, 0.75)
    0.015
    """
    ordered = sorted(ends.items())
    whole = ordered[-1][1] if ordered else 0
    if not whole:
        return None
    wanted, low, below = share * whole, 0.0, 0
    for end, count in ordered:
        if count >= wanted and count > below:
            if isinf(end):
                return low
            return low + (end - low) * (wanted - below) / (count - below)
        low, below = end, count
    return low


def _samples(pages: Sequence[str]) -> Iterator[Any]:
    families = chain.from_iterable(map(text_string_to_metric_families, pages))
    return chain.from_iterable(family.samples for family in families)
