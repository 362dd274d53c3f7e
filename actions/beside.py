"""A short message that gives facts to the calculation beside the answer before it."""

from rasa_sdk import Tracker

from actions.context import decision, knowledge, reading_of
from actions.flows.catalogue import CALCULATED
from bot.knowledge import FlowTitle
from bot.nlu.gate import SURELY_OFF_TOPIC
from bot.nlu.labels import PICK

#: A message no longer than this may lean on the answer before it.
SHORT = 8
#: And one that sounds off-topic only if it says hardly anything itself.
FEW_WORDS = 3
#: A flow as likely as this needs no answer before it.
SURE = 0.6


def case_beside(tracker: Tracker) -> FlowTitle | None:
    """Return the calculation that a short message gives facts to, if it does.

    "Bizde 11 var ama ikisi pasif", "antalyadaki kim": what they are of was said before.
    """
    beside = knowledge().flow_beside(tracker.get_slot("topic") or "")
    if tracker.get_intent_of_latest_message(skip_fallback_intent=False) == PICK:
        return None  # "2" names a place in a list
    if beside is None or beside.id not in CALCULATED:
        return None
    flow, decided = CALCULATED[beside.id], decision(tracker)
    reading = reading_of(tracker, flow.main)
    off_topic = decided.get("off_topic", 0.0) >= SURELY_OFF_TOPIC
    if len(reading.words) > (FEW_WORDS if off_topic else SHORT) or not reading.mentions:
        return None
    when = reading.ahead and flow.of_a_year
    return beside if when or flow.understand(reading, {}) else None


def surer_beside(tracker: Tracker) -> FlowTitle | None:
    """Return that calculation if the message alone does not surely mean another flow."""
    ranking = decision(tracker).get("ranking") or [["", 0.0]]
    leans = ranking[0][1] < SURE or reading_of(tracker, None).bare
    return case_beside(tracker) if leans else None
