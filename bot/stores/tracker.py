"""Rasa's SQL tracker store, mended: its table and rows stay as they are.

Rasa's own leaves dead connections in its pool, answers a turn from an empty tracker after a
database restart, ends the process at a conversation id with a NUL, waits for ever for a
connection and tells the event broker of events that are not stored yet.
"""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.metrics import STAGE_SECONDS
from bot.settings import settings
from bot.stores.engine import TO_WRITE, connected

logger = logging.getLogger(__name__)

#: What a tracker carries: the number of the last row it was read from.
_READ_UNTIL = "read_until_row"
#: What a tracker carries besides: how many of its events are stored.
_STORED = "stored_events"


_EVENTS = SQLTrackerStore.SQLEvent.__table__.c
#: What Rasa's queries, and our own, ask by; made for a table of Rasa's own too.
_INDEXES = (
    sa.Index(
        "ix_events_conversation_kind_time", _EVENTS.sender_id, _EVENTS.type_name, _EVENTS.timestamp
    ),
    sa.Index("ix_events_conversation_number", _EVENTS.sender_id, _EVENTS.id),
)
#: Made once: putting a query together costs more than asking it.
_OF_CONVERSATION = _EVENTS.sender_id == sa.bindparam("conversation")
_NEWEST = sa.select(sa.func.max(_EVENTS.id)).where(_OF_CONVERSATION)
_FIRST = sa.select(sa.func.min(_EVENTS.id)).where(_OF_CONVERSATION)
_BEHIND = (
    sa.select(_EVENTS.id, _EVENTS.data)
    .where(_OF_CONVERSATION, _EVENTS.id > sa.bindparam("number"))
    .order_by(_EVENTS.id)
)
_ALL = sa.select(_EVENTS.data).where(_OF_CONVERSATION).order_by(_EVENTS.id)
_SESSION_START = (
    sa.select(sa.func.max(_EVENTS.timestamp))
    .where(_OF_CONVERSATION, _EVENTS.type_name == SessionStarted.type_name)
    .scalar_subquery()
)
_LATEST_SESSION = _ALL.where(sa.or_(_EVENTS.timestamp >= _SESSION_START, _SESSION_START.is_(None)))
#: Until the transaction ends nobody else stores for the conversation, in PostgreSQL.
_ALONE = sa.select(
    sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sa.bindparam("conversation"), 0))
)
_ADD = sa.insert(SQLTrackerStore.SQLEvent.__table__)


class StaleTrackerError(Exception):
    """Somebody else has stored a turn of this conversation since it was read."""


class Row(NamedTuple):
    """A stored event and its number in the store."""

    number: int
    data: dict[str, Any]


class ConversationStore(SQLTrackerStore):
    """Conversations in SQLite or PostgreSQL."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the store at `host`, an address as SQLAlchemy writes it, or that of the settings.

        Waits until the database is there.
        """
        # Not SQLTrackerStore's own: it would make an engine of its own and wait with that.
        super(SQLTrackerStore, self).__init__(domain, event_broker, **kwargs)
        self.engine = connected(host or settings().tracker_address)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        self._prepare()

    def _prepare(self) -> None:
        said = False
        while True:
            try:
                self.Base.metadata.create_all(self.engine)
                for index in _INDEXES:
                    index.create(self.engine, checkfirst=True)
            except ProgrammingError as error:
                # Another process has made the same at the same moment.
                logger.info("tables are being made by another process: %s", error.orig)
            except OperationalError as error:
                if not said:
                    logger.warning("waiting for the database: %s", error.orig)
                said = True
            else:
                return
            time.sleep(1)

    @contextmanager
    def session_scope(self) -> Iterator[Any]:
        """Yield a session; whatever goes wrong is the caller's to know."""
        with self.sessionmaker() as session:
            yield session

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        with STAGE_SECONDS.labels("store").time(), self.session_scope() as session:
            until = self._newest(session, sender_id)
            query = _ALL if fetch_events_from_all_sessions else _LATEST_SESSION
            rows = session.execute(query, {"conversation": sender_id}).scalars().all()
        if not rows or self.domain is None:
            return None
        tracker: DialogueStateTracker = DialogueStateTracker.from_dict(
            sender_id, [json.loads(data) for data in rows], self.domain.slots
        )
        setattr(tracker, _READ_UNTIL, until)
        setattr(tracker, _STORED, len(rows))
        return tracker

    def _newest(self, session: Any, conversation: str) -> int:
        return int(session.execute(_NEWEST, {"conversation": conversation}).scalar() or 0)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new, all of it or nothing; then tell the event broker.

        Raises:
            StaleTrackerError: if the conversation has gone on elsewhere: its lock was lost.
        """
        with STAGE_SECONDS.labels("store").time(), self.session_scope() as session:
            self._hold(session, tracker)
            # What is stored is what was read; Rasa counts it anew in the database.
            events = list(islice(tracker.events, getattr(tracker, _STORED, 0), None))
            rows = [_row(tracker.sender_id, event.as_dict()) for event in events]
            if rows:
                session.execute(_ADD, rows)
            until = self._newest(session, tracker.sender_id)
            session.commit()
        setattr(tracker, _READ_UNTIL, until)
        setattr(tracker, _STORED, len(tracker.events))
        if self.event_broker is not None and events:
            await self._stream_new_events(self.event_broker, events, tracker.sender_id)

    def _hold(self, session: Any, tracker: DialogueStateTracker) -> None:
        """See that nobody stores beside us, nor has since the tracker was read."""
        if self.engine.dialect.name == "postgresql":
            session.execute(_ALONE, {"conversation": tracker.sender_id})
        else:
            session.connection(execution_options={TO_WRITE: True})
        if self._newest(session, tracker.sender_id) != getattr(tracker, _READ_UNTIL, 0):
            raise StaleTrackerError("the conversation has gone on elsewhere")

    def rows_after(self, conversation: str, number: int) -> tuple[int, list[Row]]:
        """Return the number of a conversation's first row, 0 without any, and those behind one."""
        with self.session_scope() as session:
            first = session.execute(_FIRST, {"conversation": conversation}).scalar() or 0
            rows = session.execute(_BEHIND, {"conversation": conversation, "number": number}).all()
        return first, [Row(row.id, json.loads(row.data)) for row in rows]


def _row(conversation: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of an event's row, as Rasa's own store fills them."""
    return {
        "sender_id": conversation,
        "type_name": data["event"],
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
