"""What the measurement is held to, and how it stands; pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Results = Mapping[str, Mapping[str, Any]]
#: Each a sentence, the least or the most it may be, and how it is figured from the results.
_MOST, _LEAST = "≤", "≥"


def judged(results: Results) -> Iterator[list[str]]:
    """Yield of each line what was measured, the line, and whether it holds."""
    for text, sign, line, figure, unit in _LINES:
        try:
            found = figure(results)
        except KeyError:  # a part that was not measured
            continue
        holds = found >= line if sign == _LEAST else found <= line
        shown = f"{found:.0f}" if abs(found) >= 100 else f"{found:.3g}"
        yield [text, f"{shown}{unit}", f"{sign} {line:g}{unit}", "✓" if holds else "✗"]


def _at(results: Results, name: str, senders: int, channel: str = "rest") -> Mapping[str, Any]:
    steps: Sequence[Mapping[str, Any]] = results[name]["steps"]
    return next(s for s in steps if (s["channel"], s["senders"]) == (channel, senders))


def _times_stock(name: str) -> Callable[[Results], float]:
    return lambda results: float(
        _at(results, name, 32)["per_second"] / _at(results, "stock", 32)["per_second"]
    )


def _share_of_stock(name: str, arriving: bool) -> Callable[[Results], float]:
    """Compare at the rate stock came to at best; ours keeps to that rate whatever happens.

    Stock does so too (`arriving`), as a real crowd would; or it stands as it was when its
    senders waited for their answers, and so never asked more than it could bear.
    """

    def figure(results: Results) -> float:
        best = max(results["stock"]["steps"], key=lambda step: float(step["per_second"]))
        theirs = results["stock"]["at_rate"] if arriving else best
        at_rate = results[name]["at_rate"]
        if not at_rate or not theirs:
            raise KeyError(name)
        return float(at_rate["p95"] / theirs["p95"])

    return figure


def _alone(name: str) -> Callable[[Results], float]:
    return lambda results: float(_at(results, name, 1)["p95"])


def _memory(name: str) -> Callable[[Results], float]:
    return lambda results: float(max(results[name]["memory"]["rss"]))


def _ready(name: str) -> Callable[[Results], float]:
    return lambda results: float(results[name]["ready_seconds"])


def _two_to_one(results: Results) -> float:
    best = [
        max(float(s["per_second"]) for s in results[name]["steps"] if s["channel"] == "rest")
        for name in ("larger-1", "larger-2")
    ]
    return best[1] / best[0]


def _over_turns(channel: str) -> Callable[[Results], float]:
    """Return by how much the median of the last fifth of the turns differs from the first's."""

    def figure(results: Results) -> float:
        bands = [float(band["p50"]) for band in results["turns"]["channels"][channel]]
        fifth = len(bands) // 5
        return 100 * (sum(bands[-fifth:]) / sum(bands[:fifth]) - 1)

    return figure


def _over_events(name: str) -> Callable[[Results], float]:
    def figure(results: Results) -> float:
        steps = results[f"events-{name}"]["steps"]
        return 100 * (float(steps[-1]["p50"]) / float(steps[0]["p50"]) - 1)

    return figure


def _understanding(results: Results) -> float:
    return float(results["entries"]["steps"][-1]["p95"])


_LINES: tuple[tuple[str, str, float, Callable[[Results], float], str], ...] = (
    ("32 gönderende hız, hazır Rasa'nın katı: gömülü", _LEAST, 3, _times_stock("embedded"), ""),
    ("32 gönderende hız, hazır Rasa'nın katı: büyük, 1", _LEAST, 3, _times_stock("larger-1"), ""),
    ("32 gönderende hız, hazır Rasa'nın katı: büyük, 2", _LEAST, 3, _times_stock("larger-2"), ""),
    *(
        (
            f"Hazır Rasa'nın en yüksek hızında p95, onunkine oranı, {how}: {shown}",
            *(_MOST, 0.125, _share_of_stock(name, arriving), ""),
        )
        for how, arriving in (
            ("ikisine de aynı sıklıkta yazılınca", True),
            ("hazır Rasa'nın gönderenleri yanıtı beklerken", False),
        )
        for shown, name in (
            ("gömülü", "embedded"),
            ("büyük, 1", "larger-1"),
            ("büyük, 2", "larger-2"),
        )
    ),
    ("Tek tek p95: gömülü", _MOST, 40, _alone("embedded"), " ms"),
    ("Tek tek p95: büyük, 1", _MOST, 40, _alone("larger-1"), " ms"),
    ("Bir Rasa sürecinin belleği (RSS): gömülü", _MOST, 300, _memory("embedded"), " MB"),
    ("Bir Rasa sürecinin belleği (RSS): büyük, 2", _MOST, 300, _memory("larger-2"), " MB"),
    ("Hazır olma: gömülü", _MOST, 10, _ready("embedded"), " sn"),
    ("Hazır olma: büyük, 2", _MOST, 10, _ready("larger-2"), " sn"),
    ("İki sürecin hızı, bir sürecin katı", _LEAST, 1.5, _two_to_one, ""),
    ("500 iletide yavaşlama: REST", _MOST, 20, _over_turns("rest"), " %"),
    ("500 iletide yavaşlama: web", _MOST, 20, _over_turns("web"), " %"),
    ("1.000.000 olayla yavaşlama: SQLite", _MOST, 20, _over_events("embedded"), " %"),
    ("1.000.000 olayla yavaşlama: PostgreSQL", _MOST, 20, _over_events("larger"), " %"),
    ("6.600 kayıtla anlama, p95", _MOST, 10, _understanding, " ms"),
)
