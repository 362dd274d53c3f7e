"""Read, extend and forget a stored conversation, whatever channel it came by."""

from collections.abc import Sequence
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func

from bot.channels.transcript import Transcript, transcript_of

#: No channel can have such a conversation: # and spaces are refused.
NUMBER_KEEPER = "# forgotten"


async def read(agent: Any, conversation: str) -> Transcript:
    """Return a conversation as a page shows it, an empty one if there is none."""
    tracker = await agent.tracker_store.retrieve_full_tracker(conversation)
    return transcript_of([event.as_dict() for event in tracker.events] if tracker else [])


async def append(agent: Any, tracker: DialogueStateTracker, events: Sequence[Event]) -> None:
    """Add events to a conversation and store it; call it under the conversation's lock."""
    for event in events:
        tracker.update(event, agent.domain)
    await agent.tracker_store.save(tracker)


def forget(agent: Any, conversation: str) -> int:
    """Delete a conversation from the tracker store; return how many events went.

    Raises:
        TypeError: for a store that cannot delete; better said than pretended.
    """
    store = plain_store(agent)
    if isinstance(store, SQLTrackerStore):
        with store.session_scope() as scope:
            highest = _highest(scope, store)
            rows: int = scope.query(store.SQLEvent).filter_by(sender_id=conversation).delete()
            if _highest(scope, store) < highest:
                _keep_number(scope, store, highest)
            scope.commit()
            return rows
    if isinstance(store, InMemoryTrackerStore):
        return int(store.store.pop(conversation, None) is not None)
    raise TypeError(f"{type(store).__name__} cannot delete a conversation")


def _highest(scope: Any, store: Any) -> int:
    """Return the number of the newest event."""
    return int(scope.query(func.max(store.SQLEvent.id)).scalar() or 0)


def _keep_number(scope: Any, store: Any, number: int) -> None:
    """Leave an empty row where the newest events were.

    SQLite gives the number after the highest one that is left, and so a deleted number a
    second time: the desk, which reads behind a number, would miss the next question.
    """
    scope.query(store.SQLEvent).filter_by(sender_id=NUMBER_KEEPER).delete()
    scope.add(store.SQLEvent(id=number, sender_id=NUMBER_KEEPER, type_name="forgotten", data="{}"))


def plain_store(agent: Any) -> Any:
    """Return the tracker store itself; Rasa wraps it to hide its errors."""
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
