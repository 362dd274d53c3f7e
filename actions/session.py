"""What a new session keeps of the one before."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ConversationPaused, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionSessionStart(Action):
    """Begin a session: all is forgotten but where the guides stopped."""

    def name(self) -> str:
        """Return Rasa's own name for it."""
        return "action_session_start"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Return a session's first events."""
        kept = tracker.get_slot("guides")
        events: list[EventType] = [SessionStarted()]
        if tracker.is_paused():
            # Somebody of the staff has taken over; a pause of half an hour gives nothing back.
            events.append(ConversationPaused())
        if kept:
            events.append(SlotSet("guides", kept))
        return [*events, ActionExecuted("action_listen")]
