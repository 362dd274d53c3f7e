"""Answer, offer or hand over: a pure decision over calibrated scores."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.nlu.labels import OOS, entry_id

Outcome = Literal["answer", "offer", "hand_over"]
MAX_OFFERED = 3


@dataclass(frozen=True)
class Thresholds:
    """Where the gate opens. All are probabilities.

    `answer`: the best label must reach it to be answered at once. `off_topic`: from
    this probability of being off-topic on, nothing is answered or offered.
    `small_talk`: what `answer` is for greetings, thanks and the like, where a mistake
    costs nobody anything. `offer`: the best entries together must reach it to be
    offered. `option`: an entry below it is left out of the offer.
    """

    answer: float = 0.5
    off_topic: float = 0.5
    small_talk: float = 0.3
    offer: float = 0.3
    option: float = 0.05

    def __post_init__(self) -> None:
        """Refuse what is not a probability.

        Raises:
            ValueError: naming the threshold.
        """
        for name, value in asdict(self).items():
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"threshold {name} must lie between 0 and 1, not {value}")


@dataclass(frozen=True)
class Decision:
    """What to do with a message. `label` is set for an answer, `options` for an offer."""

    outcome: Outcome
    label: str | None
    options: tuple[str, ...]
    off_topic: float
    ranking: tuple[tuple[str, float], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the decision as JSON values, the scores rounded."""
        return {
            "outcome": self.outcome,
            "label": self.label,
            "options": list(self.options),
            "off_topic": round(self.off_topic, 4),
            "ranking": [[label, round(score, 4)] for label, score in self.ranking],
        }


def decide(scores: Sequence[tuple[str, float]], thresholds: Thresholds) -> Decision:
    """Decide on one message from its labels and probabilities, the likeliest first.

    Off-topic is judged by itself and takes no place in the ranking. An offer holds only
    FAQ entries: nobody wants to choose between a greeting and a thank-you.
    """
    off_topic = next((score for label, score in scores if label == OOS), 0.0)
    ranking = tuple((label, score) for label, score in scores if label != OOS)
    top = ranking[:5]
    if off_topic >= thresholds.off_topic or not ranking:
        return Decision("hand_over", None, (), off_topic, top)
    label, score = ranking[0]
    if score >= (thresholds.answer if entry_id(label) else thresholds.small_talk):
        return Decision("answer", label, (), off_topic, top)
    entries = [(label, score) for label, score in ranking if entry_id(label)][:MAX_OFFERED]
    if sum(score for _, score in entries) >= thresholds.offer:
        options = tuple(label for label, score in entries if score >= thresholds.option)
        if options:
            return Decision("offer", None, options, off_topic, top)
    return Decision("hand_over", None, (), off_topic, top)
