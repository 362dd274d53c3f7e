"""Answer, offer or hand over: a pure decision over calibrated scores."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from bot.nlu.labels import OOS, entry_id, target_id

Outcome = Literal["answer", "offer", "hand_over"]
MAX_OFFERED = 3
#: So many labels are kept with a decision: a follow-up question looks further down.
RANKED = 12
#: What the lesser of a flow and its entry keeps of their probability.
SLIVER = 0.04
#: From here on a message is more likely off-topic than not: no title is offered.
SURELY_OFF_TOPIC = 0.3
#: Each of two questions in one message must be understood so surely.
BOTH_SURE = 0.6
BOTH_SURE_OF_A_CASE = 0.9


@dataclass(frozen=True)
class Thresholds:
    """Where the gate opens. All are probabilities.

    `answer`: the best label must reach it to be answered at once. `off_topic`: from
    this probability of being off-topic on, nothing is answered or offered.
    `small_talk`: what `answer` is for greetings, thanks and the like, where a mistake
    costs nobody anything. `offer`: the best entries together must reach it to be
    offered. `option`: an entry below it is left out of the offer. `case`: what `answer`
    is for a flow of which the message states a case; a flow says back what it understood
    and is left by a word. `doubt`: a message that may be off-topic is offered its best
    entry all the same if that reaches it.
    """

    answer: float = 0.5
    off_topic: float = 0.5
    small_talk: float = 0.3
    offer: float = 0.3
    option: float = 0.05
    case: float = 0.5
    doubt: float = 1.0

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
    """What to do with a message. `label` is set for an answer, `options` for an offer.

    `cases` are the flows, by label, of which the message states a case; `also` is the
    entry that answers a second question of the same message.
    """

    outcome: Outcome
    label: str | None
    options: tuple[str, ...]
    off_topic: float
    ranking: tuple[tuple[str, float], ...]
    cases: tuple[str, ...] = ()
    also: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the decision as JSON values, the scores rounded."""
        return {
            "outcome": self.outcome,
            "label": self.label,
            "also": self.also,
            "options": list(self.options),
            "off_topic": round(self.off_topic, 4),
            "cases": list(self.cases),
            "ranking": [[label, round(score, 4)] for label, score in self.ranking],
        }


def settle_cases(
    scores: Sequence[tuple[str, float]],
    beside: Mapping[str, Sequence[str]],
    cases: Collection[str],
) -> list[tuple[str, float]]:
    """Settle each flow with the entries beside it; return the scores, likeliest first.

    A flow and its entries speak of one topic and share its probability. If the message
    states a case (`cases`, by label), the flow takes it. If not, the likelier of the flow
    and its best entry takes the other's: either leads to the other. A sliver stays with
    the other, so that it stands next in the ranking.
    """
    settled = dict(scores)
    for flow, entries in beside.items():
        if flow not in settled:
            continue
        known = [entry for entry in entries if entry in settled]
        if not known:
            continue
        if flow in cases:
            best = max(known, key=settled.__getitem__)
            whole = settled[flow] + sum(settled[entry] for entry in known)
            settled.update(dict.fromkeys(known, 0.0))
            settled[flow], settled[best] = whole * (1 - SLIVER), whole * SLIVER
            continue
        best = max(known, key=settled.__getitem__)
        winner, other = (flow, best) if settled[flow] > settled[best] else (best, flow)
        whole = settled[winner] + settled[other]
        settled[other] = min(settled[other], whole * SLIVER)
        settled[winner] = whole - settled[other]
    return sorted(settled.items(), key=lambda item: -item[1])


def decide(
    scores: Sequence[tuple[str, float]], thresholds: Thresholds, cases: Collection[str] = ()
) -> Decision:
    """Decide on one message from its labels and probabilities, the likeliest first.

    `cases` are the flows, by label, of which the message states a case. Off-topic is
    judged by itself and takes no place in the ranking. An offer holds only entries and
    flows: nobody wants to choose between a greeting and a thank-you.
    """
    off_topic = next((score for label, score in scores if label == OOS), 0.0)
    ranking = tuple((label, score) for label, score in scores if label != OOS)
    top = ranking[:RANKED]
    stated = tuple(sorted(cases))
    if not ranking:
        return Decision("hand_over", None, (), off_topic, top, stated)
    label, score = ranking[0]
    # Greeting somebody who asked nothing costs nobody anything: the likelier counts.
    small_talk = not target_id(label) and score > off_topic
    if off_topic >= thresholds.off_topic and not (small_talk and score >= thresholds.small_talk):
        near = target_id(label) and score >= thresholds.doubt and off_topic < SURELY_OFF_TOPIC
        if near:
            return Decision("offer", None, (label,), off_topic, top, stated)
        return Decision("hand_over", None, (), off_topic, top, stated)
    enough = thresholds.answer if target_id(label) else thresholds.small_talk
    if score >= (min(thresholds.case, enough) if label in cases else enough):
        return Decision("answer", label, (), off_topic, top, stated)
    entries = [(label, score) for label, score in ranking if target_id(label)][:MAX_OFFERED]
    if sum(score for _, score in entries) >= thresholds.offer:
        options = tuple(label for label, score in entries if score >= thresholds.option)
        if options:
            return Decision("offer", None, options, off_topic, top, stated)
    return Decision("hand_over", None, (), off_topic, top, stated)


def decide_on_both(
    whole: Decision,
    readings: Sequence[Sequence[Sequence[tuple[str, float]]]],
    thresholds: Thresholds,
) -> Decision:
    """Return the decision on a message that may hold two questions.

    `readings` are the ways to cut it, each with the scores of both halves. Two entries
    are answered only if both halves are surely understood, by two entries. The surest cut
    is taken. A message that states a case is its flow's unless both halves are surer still.
    """
    enough = BOTH_SURE_OF_A_CASE if whole.cases else BOTH_SURE
    best: tuple[float, str, str] | None = None
    for halves in readings:
        decisions = [decide(scores, thresholds) for scores in halves]
        labels = [d.label for d in decisions]
        first, second = labels
        if not (first and second and entry_id(first) and entry_id(second)) or first == second:
            continue
        sure = min(d.ranking[0][1] for d in decisions)
        if sure >= enough and (best is None or sure > best[0]):
            best = sure, first, second
    if best is None:
        return whole
    return replace(whole, outcome="answer", label=best[1], also=best[2], options=())
