"""Rasa's table of events, read with the library Rasa writes it with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.engine import Engine

from bot.channels.transcript import NOTICES
from bot.desk.reading.cursor import Cursor
from bot.settings import settings
from bot.stores.engine import connected

#: So many gaps are looked after at once; the others have their turn when these are closed.
MAX_GAPS = 100
_EVENTS = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String),
    Column("type_name", String),
    Column("timestamp", Float),
    Column("data", Text),
)


@dataclass(frozen=True)
class StoredEvent:
    """An event of a conversation; `number` is its place in the store."""

    conversation: str
    data: Mapping[str, Any]
    number: int


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the connection to the tracker store of the settings."""
    return connected(settings().tracker_address)


def is_there() -> bool:
    """Tell whether Rasa has made its table yet."""
    chosen = settings()
    if not chosen.tracker_database and not (chosen.var_dir / "tracker.db").exists():
        return False  # connecting would make an empty file
    return bool(inspect(engine()).has_table(_EVENTS.name))


def events_after(cursor: Cursor, most: int) -> list[StoredEvent]:
    """Return the next rows behind a cursor, and those of its gaps that have appeared."""
    number = _EVENTS.c.id
    late = [number.between(gap.first, gap.last) for gap in cursor.gaps[:MAX_GAPS]]
    query = (
        select(number, _EVENTS.c.sender_id, _EVENTS.c.data)
        .where(or_(number > cursor.highest, *late))
        .order_by(number)
        .limit(most)
    )
    with engine().connect() as connection:
        return [StoredEvent(row[1], _parsed(row[2]), row[0]) for row in connection.execute(query)]


def newest() -> int:
    """Return the number of the newest row."""
    with engine().connect() as connection:
        return int(connection.execute(select(func.max(_EVENTS.c.id))).scalar() or 0)


def events_of(conversation: str) -> list[dict[str, Any]]:
    """Return all stored events of a conversation in order, none if there is no store."""
    if not is_there():
        return []
    query = select(_EVENTS.c.data).where(_EVENTS.c.sender_id == conversation).order_by(_EVENTS.c.id)
    with engine().connect() as connection:
        return [_parsed(row[0]) for row in connection.execute(query)]


def conversations_before(moment: float) -> list[str]:
    """Return the conversations whose last event is older than a moment."""
    if not is_there():
        return []
    sender, last = _EVENTS.c.sender_id, func.max(_EVENTS.c.timestamp)
    query = select(sender).group_by(sender).having(last < moment)
    with engine().connect() as connection:
        return [row[0] for row in connection.execute(query)]


def delete_before(moment: float, but: Sequence[str]) -> int:
    """Delete older events of all conversations but some; return how many went.

    Meant for the beginnings of conversations that go on: their newest rows stay.
    """
    if not is_there():
        return 0
    old = delete(_EVENTS).where(
        _EVENTS.c.timestamp < moment,
        _EVENTS.c.sender_id.not_in(but),
        _EVENTS.c.id < newest(),  # the last number must not be given again
    )
    with engine().begin() as connection:
        return int(connection.execute(old).rowcount)


def delete_notices(read_to: int) -> int:
    """Delete the notices of forgotten conversations that were read; the newest row stays."""
    if not is_there():
        return 0
    number = _EVENTS.c.id
    read = delete(_EVENTS).where(
        _EVENTS.c.sender_id == NOTICES, number <= read_to, number < newest()
    )
    with engine().begin() as connection:
        return int(connection.execute(read).rowcount)


def _parsed(text: str) -> dict[str, Any]:
    found = json.loads(text)
    return found if isinstance(found, dict) else {}
