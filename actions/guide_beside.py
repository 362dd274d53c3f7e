"""A message that an answer fits less than the guide beside it."""

from rasa_sdk import Tracker

from actions.context import decision, knowledge, reading_of
from actions.flows.catalogue import GUIDED
from actions.flows.guide import continues
from bot.knowledge import FlowTitle
from bot.knowledge.current import guides
from bot.nlu.labels import target_id


def guide_beside(tracker: Tracker, key: str | None) -> FlowTitle | None:
    """Return the guide beside an entry if the message is for it rather than for the entry.

    "Available işaretli diyor" reports a step of what was just answered; "öğrencimi davet
    edemiyorum" asks of somebody whom the answer on colleagues is not about.
    """
    reading = reading_of(tracker, None)
    if not reading.text:
        return None  # a button opens what it names
    for one in (key, tracker.get_slot("topic"), *_likely(tracker)):
        flow = knowledge().flow_beside(one or "") or knowledge().flows.get(one or "")
        if flow and flow.id in GUIDED and continues(flow.id, guides()[flow.id], reading):
            return flow
    return None


def _likely(tracker: Tracker) -> list[str]:
    """Return what was in doubt, or the best guess of what was taken for off-topic."""
    decided = decision(tracker)
    ranking = decided.get("ranking") or [["", 0.0]]
    return [target_id(label) or "" for label in decided.get("options") or [ranking[0][0]]]
