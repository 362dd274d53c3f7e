"""What an action reads from the tracker and how it speaks: shared by all actions."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import messages
from actions.flows.reading import Reading
from actions.flows.state import State
from actions.follow_up import reconsidered
from bot.clock import today
from bot.knowledge import Entry, FlowTitle, current
from bot.knowledge.rendering import answer_text, coordinators_page, support_address
from bot.nlu.labels import DECISION, PICK, payload_of
from bot.nlu.mention import KINDS, Mention
from bot.reference import new_reference
from bot.text.masking import mask

logger = logging.getLogger("bot.unanswered")

MAX_RELATED = 2
FORM = "akis_form"

#: What a title can open: an answer of the FAQ, or a flow.
Target = Entry | FlowTitle


#: The knowledge base in use.
knowledge = current


def target(key: str | None) -> Target | None:
    """Return the entry or flow of an id, None if the knowledge base has none."""
    base = knowledge()
    return base.entries.get(key or "") or base.flows.get(key or "")


def decision(tracker: Tracker) -> dict[str, Any]:
    """Return what was decided on the latest message, given the answer before it.

    Empty for a button.
    """
    decided = tracker.latest_message.get(DECISION) or {}
    topic, text = topic_of(tracker), text_of(tracker)
    return reconsidered(decided, text, topic, knowledge(), within=_under_way(tracker) is not None)


def topic_of(tracker: Tracker) -> str | None:
    """Return the entry a message may lean on: of the calculation under way, or answered last."""
    flow = _under_way(tracker)
    return flow.entries[0] if flow else tracker.get_slot("topic")


def _under_way(tracker: Tracker) -> FlowTitle | None:
    state = State.of(tracker.get_slot("flow"))
    return knowledge().flows.get(state.flow) if state is not None and not state.done else None


def text_of(tracker: Tracker) -> str:
    """Return the latest message as typed."""
    return str(tracker.latest_message.get("text") or "")


def reading_of(tracker: Tracker, asked: str | None) -> Reading:
    """Return the latest message with the entities that understanding found."""
    text = "" if entity_entry(tracker) else text_of(tracker)
    entities = tracker.latest_message.get("entities") or []
    return _reading(text, entities if text else [], asked)


def question_before(tracker: Tracker) -> Reading:
    """Return the question that a title chosen now was offered for; an empty one if there is none.

    Whoever says "evet" or presses a title has told their case in the message before.
    """
    asked = tracker.get_slot("asked")
    chosen = entity_entry(tracker) or pending(tracker, "offer")
    intent = tracker.get_intent_of_latest_message(skip_fallback_intent=False)
    if asked and (chosen or intent in {PICK, "onay"}):
        for event in reversed(tracker.events):
            if event.get("event") == "user" and event.get("text") == asked:
                return _reading(asked, event.get("parse_data", {}).get("entities") or [], None)
    return _reading("", [], None)


def _reading(text: str, entities: Sequence[Mapping[str, Any]], asked: str | None) -> Reading:
    mentions = [
        Mention(entity["entity"], entity["value"], *entity["words"])
        for entity in entities
        if entity.get("entity") in KINDS and "words" in entity
    ]
    return Reading(text, mentions, today(), asked)


def entity_entry(tracker: Tracker) -> str | None:
    """Return the entry id a button carried, if any."""
    for entity in tracker.latest_message.get("entities") or []:
        if entity.get("entity") == "entry":
            return str(entity.get("value"))
    return None


def pending(tracker: Tracker, kind: str | None = None) -> list[Target]:
    """Return the entries and flows the last list showed (of one kind, if named)."""
    shown = tracker.get_slot("pending") or {}
    if kind and shown.get("kind") != kind:
        return []
    return [found for key in shown.get("ids", []) if (found := target(key))]


def button(entry: Target) -> dict[str, str]:
    """Return a button that opens an entry or a flow."""
    return {"title": entry.title, "payload": payload_of(entry.id)}


def open_target(
    dispatcher: CollectingDispatcher, tracker: Tracker, chosen: Target
) -> list[EventType]:
    """Answer an entry, or start a flow with the message at hand."""
    if isinstance(chosen, FlowTitle):
        begin = SlotSet("flow", {"begin": chosen.id})
        return [begin, SlotSet("pending", None), FollowupAction(FORM)]
    return say_answer(dispatcher, tracker, chosen)


def numbered(entries: Sequence[Target]) -> str:
    """Return the titles as a numbered list."""
    return "\n".join(f"{number}. {entry.title}" for number, entry in enumerate(entries, 1))


def say_answer(dispatcher: CollectingDispatcher, tracker: Tracker, entry: Entry) -> list[EventType]:
    """Give an answer with related questions, ask whether it helped, remember both."""
    base = knowledge()
    beside = base.flow_beside(entry.id)
    others = [base.entries[key] for key in entry.see_also if key != entry.newer]
    related: list[Target] = [*([beside] if beside else []), *others[:MAX_RELATED]]
    warn_of_personal_data(dispatcher, tracker)
    again = entry.id == topic_of(tracker) and not entity_entry(tracker)
    lead = f"{messages.SAME_ANSWER}\n\n" if again else ""
    text = lead + answer_text(base, entry)
    dispatcher.utter_message(text=text, buttons=[button(e) for e in related])
    ask_whether_it_helped(dispatcher, entry.id)
    return [
        SlotSet("pending", {"kind": "related", "ids": [e.id for e in related]}),
        SlotSet("last_entry", entry.id),
        SlotSet("topic", entry.id),
        SlotSet("unanswered", None),
        *_asked(tracker),
    ]


def say_both(
    dispatcher: CollectingDispatcher, tracker: Tracker, first: Entry, second: Entry
) -> list[EventType]:
    """Answer two questions of one message, each under its title, in the order asked."""
    base = knowledge()
    warn_of_personal_data(dispatcher, tracker)
    for entry in (first, second):
        dispatcher.utter_message(text=f"**{entry.title}**\n\n{answer_text(base, entry)}")
    ask_whether_it_helped(dispatcher, second.id)
    return [
        SlotSet("pending", None),
        SlotSet("last_entry", second.id),
        SlotSet("topic", second.id),
        SlotSet("unanswered", None),
        *_asked(tracker),
    ]


def warn_of_personal_data(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Ask for no more of it if the latest message holds a phone, an address or the like."""
    text = text_of(tracker).replace(support_address(knowledge()), "")
    if mask(text) != text:
        dispatcher.utter_message(text=messages.PERSONAL_DATA)


def ask_whether_it_helped(dispatcher: CollectingDispatcher, key: str) -> None:
    """Ask it about an entry or a flow, with two buttons."""
    carried = json.dumps({"entry": key})
    dispatcher.utter_message(
        text=messages.HELPFUL_QUESTION,
        buttons=[
            {"title": messages.HELPFUL_YES, "payload": f"/faydali{carried}"},
            {"title": messages.HELPFUL_NO, "payload": f"/faydasiz{carried}"},
        ],
    )


def say_offer(
    dispatcher: CollectingDispatcher, tracker: Tracker, entries: Sequence[Target]
) -> list[EventType]:
    """Offer titles and “none of these”, and remember what was offered."""
    warn_of_personal_data(dispatcher, tracker)
    none = {"title": messages.NONE_OF_THESE, "payload": "/ret"}
    template = messages.OFFER if len(entries) > 1 else messages.OFFER_ONE
    dispatcher.utter_message(
        text=template.format(options=numbered(entries)),
        buttons=[*map(button, entries), none],
    )
    ids = [entry.id for entry in entries]
    return [
        SlotSet("pending", {"kind": "offer", "ids": ids}),
        SlotSet("last_entry", None),
        *_asked(tracker),
    ]


def _asked(tracker: Tracker) -> list[EventType]:
    """Remember the question in the teacher's own words; a button or a number is none."""
    intent = tracker.get_intent_of_latest_message(skip_fallback_intent=False)
    if entity_entry(tracker) or intent in {PICK, "onay"}:
        return []
    return [SlotSet("asked", text_of(tracker))]


def hand_over(
    dispatcher: CollectingDispatcher, tracker: Tracker, reason: str, template: str
) -> list[EventType]:
    """Say honestly that there is no answer, name the address, and pass the question on.

    The question stays in the tracker and goes to the desk from there; the log gets the
    code alone, so that deleting a conversation deletes all of it.
    """
    # "None of these" and "that did not help" are about the question before them.
    asked = tracker.get_slot("asked") if reason in {"none_fit", "not_helpful"} else None
    question = str(asked or text_of(tracker))
    warning = f"{messages.PERSONAL_DATA}\n\n" if mask(question) != question else ""
    kept = _to_staff(dispatcher, tracker, reason, warning + template, question)
    done = [SlotSet(name, None) for name in ("pending", "last_entry", "asked")]
    return [kept, *done]


def flow_failed(dispatcher: CollectingDispatcher, tracker: Tracker) -> EventType:
    """Tell the staff of a flow whose question was not understood twice."""
    question = text_of(tracker)
    return _to_staff(dispatcher, tracker, "flow_failed", messages.FLOW_FAILED, question)


def _to_staff(
    dispatcher: CollectingDispatcher, tracker: Tracker, reason: str, template: str, question: str
) -> EventType:
    """Say that a question went to the staff, with its code, and return the event they read."""
    base, reference = knowledge(), new_reference()
    dispatcher.utter_message(
        text=template.format(
            reference=reference,
            support=support_address(base),
            coordinators=coordinators_page(base),
        )
    )
    # Beside the text, so that a page can offer a link to come back by.
    dispatcher.utter_message(json_message={"reference": reference})
    logger.info("unanswered (%s, %s)", reason, reference)
    unanswered = {
        "text": question,
        "reason": reason,
        "reference": reference,
        "ranking": decision(tracker).get("ranking", []),
    }
    return SlotSet("unanswered", unanswered)
