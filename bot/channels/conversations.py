"""Read, extend and forget a stored conversation, whatever channel it came by."""

import json
from collections.abc import Sequence
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.transcript import FORGOTTEN, NOTICES, Transcript, transcript_of


async def read(agent: Any, conversation: str) -> Transcript:
    """Return a conversation as a page shows it, an empty one if there is none."""
    store = plain_store(agent)
    if isinstance(store, SQLTrackerStore):
        # The stored events as they are: making Rasa's objects of them takes longer than a turn.
        with store.session_scope() as scope:
            rows = scope.query(store.SQLEvent.data).filter_by(sender_id=conversation)
            stored = [json.loads(data) for (data,) in rows.order_by(store.SQLEvent.id)]
        return transcript_of(stored)
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
            _tell(scope, store, conversation)
            rows: int = scope.query(store.SQLEvent).filter_by(sender_id=conversation).delete()
            scope.commit()
        scrub(store.engine)
        return rows
    if isinstance(store, InMemoryTrackerStore):
        return int(store.store.pop(conversation, None) is not None)
    raise TypeError(f"{type(store).__name__} cannot delete a conversation")


def _tell(scope: Any, store: Any, conversation: str) -> None:
    """Leave a row that says so: the desk reads it, forgets too, and takes it away.

    It also keeps the highest number: SQLite would give the numbers of the last rows a
    second time, and whoever reads behind a number would miss the next question.
    """
    said = json.dumps({"event": FORGOTTEN, "conversation": conversation})
    scope.add(store.SQLEvent(sender_id=NOTICES, type_name=FORGOTTEN, data=said))
    scope.flush()


def plain_store(agent: Any) -> Any:
    """Return the tracker store itself; Rasa wraps it to hide its errors."""
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
