"""Read, extend and forget a stored conversation, whatever channel it came by."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.transcript import FORGOTTEN, NOTICES, Reading, Transcript, transcript_of
from bot.stores.engine import scrub
from bot.stores.tracker import ConversationStore

_EMPTY = Transcript([], False)
#: Conversations of which a process remembers what it has read; of the others it reads all.
REMEMBERED = 300


class _Read(NamedTuple):
    reading: Reading
    first: int
    last: int


_read: dict[tuple[int, str], _Read] = {}


async def read(agent: Any, conversation: str) -> Transcript:
    """Return a conversation as a page shows it, an empty one if there is none.

    Of one that was read before only what is new is read: a turn costs the same in a long
    conversation as in a short one.
    """
    store = plain_store(agent)
    if not isinstance(store, ConversationStore):
        tracker = await agent.tracker_store.retrieve_full_tracker(conversation)
        return transcript_of(event.as_dict() for event in tracker.events) if tracker else _EMPTY
    key = (id(store), conversation)
    known = _read.pop(key, None)
    first, rows = store.rows_after(conversation, known.last if known else 0)
    if known and known.first != first:
        # It was deleted, or its beginning was: what is remembered may not be shown.
        known, (first, rows) = None, store.rows_after(conversation, 0)
    reading = known.reading if known else Reading()
    for row in rows:
        reading.add(row.data)
    if first:
        last = rows[-1].number if rows else known.last if known else 0
        _read[key] = _Read(reading, first, last)
        if len(_read) > REMEMBERED:
            del _read[next(iter(_read))]  # the one that was longest not asked for
    return reading.transcript


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
