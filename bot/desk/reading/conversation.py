"""One step of reading a conversation: what is remembered, an event, and what it tells.

Pure: the same events in the same order give the same facts.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.desk.codes import Outcome, Reason
from bot.nlu.labels import DECISION

#: So many of the assistant's guesses are kept.
MAX_RANKING = 10
Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class Message:
    """A message of the user."""

    key: str
    at: float
    text: str
    ranking: Ranking = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """A question as it stands; told anew whenever it changes."""

    message: str
    at: float
    entry: str = ""
    by_offer: bool = False
    outcome: str = Outcome.STARTED.value
    handed_at: float | None = None


@dataclass(frozen=True)
class Raised:
    """A question for the staff; `message` is the key of the message that asked it."""

    reference: str
    message: str
    text: str
    reason: str
    at: float
    ranking: Ranking
    about: str
    channel: str


@dataclass(frozen=True)
class Judged:
    """A thumb, up or down."""

    at: float
    entry: str
    helpful: bool


@dataclass(frozen=True)
class Visited:
    """A session began with its first message."""

    at: float


@dataclass(frozen=True)
class Wrote:
    """The user wrote; `unheard` tells that the assistant was silenced, so staff must read it."""

    at: float
    unheard: bool


Fact = Asked | Raised | Judged | Visited | Wrote


@dataclass(frozen=True)
class Talk:
    """What is remembered of a conversation between two events.

    `typed` is the last question in the user's own words, `question` the last one
    answered or offered, `in_flow` the one a flow works on. `shown` holds the ids of an
    offer nobody has chosen from yet, `offer` those that the latest message could choose.
    """

    channel: str = ""
    paused: bool = False
    visiting: bool = False
    message: Message | None = None
    typed: Message | None = None
    question: Asked | None = None
    in_flow: Asked | None = None
    shown: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    judged: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the state as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Talk":
        """Return the state that `as_json` gave."""
        held = dict(values)
        for name in ("message", "typed"):
            if held.get(name):
                held[name] = Message(**held[name])
        for name in ("question", "in_flow"):
            if held.get(name):
                held[name] = Asked(**held[name])
        for name in ("shown", "offer"):
            held[name] = tuple(held.get(name, ()))
        return cls(**held)


Step = tuple[Talk, list[Fact]]


def step(talk: Talk, event: Mapping[str, Any]) -> Step:
    """Take one serialised event of Rasa; an event of another kind changes nothing."""
    kind = event.get("event")
    if kind == "user" and event.get("text"):
        return _heard(talk, event)
    if kind == "slot":
        read = _SLOTS.get(str(event.get("name")))
        return read(talk, event.get("value"), _time(event)) if read else (talk, [])
    if kind in {"pause", "resume"}:
        return replace(talk, paused=kind == "pause"), []
    if kind in {"session_started", "restart"}:
        return Talk(channel=talk.channel), []
    return talk, []


def _time(event: Mapping[str, Any]) -> float:
    return float(event.get("timestamp") or 0.0)


def _heard(talk: Talk, event: Mapping[str, Any]) -> Step:
    at, text = _time(event), str(event["text"])
    decision = (event.get("parse_data") or {}).get(DECISION) or {}
    ranking = _ranking(decision.get("ranking"))
    message = Message(str(event.get("message_id") or at), at, text, ranking)
    facts: list[Fact] = [] if talk.visiting else [Visited(at)]
    facts.append(Wrote(at, unheard=talk.paused))
    channel = str(event.get("input_channel") or talk.channel)
    heard = replace(talk, channel=channel, visiting=True, message=message, offer=talk.shown)
    return heard, facts


def _ranking(found: Any) -> Ranking:
    return [(str(label), float(score)) for label, score in (found or [])[:MAX_RANKING]]


def _asked(talk: Talk, value: Any, at: float) -> Step:
    """Slot `asked`: the latest message was a question in the user's own words."""
    if talk.message and value == talk.message.text:
        return replace(talk, typed=talk.message), []
    return talk, []


def _pending(talk: Talk, value: Any, at: float) -> Step:
    """Slot `pending`: an offer makes a question of the latest message."""
    if not isinstance(value, Mapping) or value.get("kind") != "offer" or not talk.message:
        return replace(talk, shown=()), []
    ids = tuple(map(str, value.get("ids") or ()))
    question = _question(talk.message, "", Outcome.OFFERED)
    return replace(talk, shown=ids, question=question), [question]


def _answered(talk: Talk, value: Any, at: float) -> Step:
    """Slot `topic`: an entry was answered, perhaps one of those offered."""
    if not value or not talk.message:
        return talk, []
    question = _begun(talk, str(value), Outcome.ANSWERED)
    return replace(talk, question=question), [question]


def _flow(talk: Talk, value: Any, at: float) -> Step:
    """Slot `flow`: a flow begins, goes on, has come to an answer, or was left."""
    if not isinstance(value, Mapping):
        return replace(talk, in_flow=None), []
    flow = str(value.get("begin") or value.get("flow") or "")
    if not flow or not talk.message:
        return talk, []
    # A guide answers from its first step on, a calculation when it is done.
    outcome = Outcome.ANSWERED if value.get("done") or value.get("track") else Outcome.STARTED
    if talk.in_flow is None or talk.in_flow.entry != flow:
        question = _begun(talk, flow, outcome)
        return replace(talk, question=question, in_flow=question), [question]
    if outcome == Outcome.ANSWERED and talk.in_flow.outcome == Outcome.STARTED:
        question = replace(talk.in_flow, outcome=outcome.value)
        return replace(talk, question=question, in_flow=question), [question]
    return talk, []


def _judged(talk: Talk, value: Any, at: float) -> Step:
    """Slot `feedback`: a thumb."""
    if not isinstance(value, Mapping):
        return talk, []
    judged = Judged(at, str(value.get("entry") or ""), bool(value.get("helpful")))
    return replace(talk, judged=judged.entry), [judged]


def _unanswered(talk: Talk, value: Any, at: float) -> Step:
    """Slot `unanswered`: a question went to the staff."""
    if not isinstance(value, Mapping) or not value.get("reference"):
        return talk, []
    reason, text = str(value.get("reason")), str(value.get("text") or "")
    question = _about(talk, reason)
    if question is None and talk.message is not None:
        question = _question(talk.message, "", Outcome.HANDED)
    raised = Raised(
        str(value["reference"]),
        question.message if question else "",
        text,
        reason,
        talk.message.at if talk.message else at,
        _believed(talk, reason, text, value),
        question.entry if question else "",
        talk.channel,
    )
    if question is None:
        return talk, [raised]
    question = replace(question, outcome=Outcome.HANDED.value, handed_at=raised.at)
    of_flow = talk.in_flow is not None and talk.in_flow.message == question.message
    known = replace(talk, question=question, in_flow=question if of_flow else talk.in_flow)
    return known, [raised, question]


def _about(talk: Talk, reason: str) -> Asked | None:
    """Return the earlier question that the staff are told of; None for the message itself."""
    if reason == Reason.FLOW_FAILED:
        return talk.in_flow
    if reason == Reason.NONE_FIT:
        return talk.question
    if reason == Reason.NOT_HELPFUL:
        flow = talk.in_flow
        return flow if flow and flow.entry == talk.judged else talk.question
    return None


def _believed(talk: Talk, reason: str, text: str, value: Mapping[str, Any]) -> Ranking:
    """Return the guesses on the question itself: "hiçbiri" and "hayır" have their own."""
    earlier = reason in {Reason.NONE_FIT, Reason.NOT_HELPFUL}
    if earlier and talk.typed and talk.typed.text == text:
        return talk.typed.ranking
    return [] if earlier else _ranking(value.get("ranking"))


def _question(message: Message, entry: str, outcome: Outcome) -> Asked:
    return Asked(message.key, message.at, entry, outcome=outcome.value)


def _begun(talk: Talk, entry: str, outcome: Outcome) -> Asked:
    """Return the question that an entry or flow answers: the offered one, or a new one."""
    if entry in talk.offer and talk.question:
        return replace(talk.question, entry=entry, by_offer=True, outcome=outcome.value)
    assert talk.message is not None
    return _question(talk.message, entry, outcome)


_SLOTS = {
    "asked": _asked,
    "pending": _pending,
    "topic": _answered,
    "flow": _flow,
    "feedback": _judged,
    "unanswered": _unanswered,
}
