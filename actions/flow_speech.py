"""A flow's turn as Rasa wants it: what is said, and the events that keep the state."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import ask_whether_it_helped, button, knowledge, target, warn_of_personal_data
from actions.flows.catalogue import CALCULATED
from actions.flows.guide import progress_of
from actions.flows.state import State
from actions.flows.turn import Reply, Turn

REQUESTED_SLOT = "requested_slot"
MAX_LINKS = 2


def spoken(dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn) -> list[EventType]:
    """Say the replies and return the events of the turn."""
    events: list[EventType] = []
    if turn.replies and not turn.aside:
        warn_of_personal_data(dispatcher, tracker)
    for reply in turn.replies:
        _utter(dispatcher, reply, turn.state)
        if reply.verdict is not None and turn.state is not None:
            ask_whether_it_helped(dispatcher, turn.state.flow)
            events += [SlotSet("last_entry", turn.state.flow)]
            entries = knowledge().flows[turn.state.flow].entries
            events.append(SlotSet("topic", reply.verdict.see or next(iter(entries), None)))
    if turn.replies and not events:
        events.append(SlotSet("last_entry", None))
    if turn.replies and not turn.aside:
        events.append(SlotSet("pending", None))  # "iki" answers the flow, not a list before it
    return [*events, *events_of(turn.state, tracker)]


def _utter(dispatcher: CollectingDispatcher, reply: Reply, state: State | None) -> None:
    buttons = [{"title": choice, "payload": choice} for choice in reply.choices]
    links = list(reply.links)
    if reply.verdict is not None and state is not None:
        see = [reply.verdict.see] if reply.verdict.see else []
        links += [*see, *knowledge().flows[state.flow].entries]
    shown = [found for key in dict.fromkeys(links) if (found := target(key))]
    buttons += [button(found) for found in shown[:MAX_LINKS]]
    dispatcher.utter_message(text=reply.text, buttons=buttons)
    if reply.file:
        dispatcher.utter_message(json_message={"file": reply.file})


def events_of(state: State | None, tracker: Tracker) -> list[EventType]:
    """Return the events that keep a state, or end the form when there is none."""
    saved = dict(tracker.get_slot("guides") or {})
    if state is not None and state.flow not in CALCULATED:
        progress = progress_of(state)
        saved.pop(state.flow, None)
        if progress:
            saved[state.flow] = progress
    kept = SlotSet("guides", saved or None)
    if state is None:
        ended = [SlotSet("flow", None), ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
        return [kept, *ended]
    return [kept, SlotSet("flow", state.value()), SlotSet(REQUESTED_SLOT, "flow")]
