"""The conversations' store: a turn whole or not at all, on SQLite and on PostgreSQL."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered

from bot.channels.conversations import forget, read
from bot.stores.tracker import ConversationStore, StaleTrackerError
from tests.databases import postgres

WHO = "web-1"


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('store') / 'tracker.db'}"
    else:
        with postgres() as found:
            yield found


@pytest.fixture
def store(address: str) -> Iterator[ConversationStore]:
    opened = ConversationStore(Domain.empty(), host=address)
    yield opened
    with opened.engine.begin() as connection:
        connection.execute(opened.SQLEvent.__table__.delete())
    opened.engine.dispose()


def turn(store: ConversationStore, text: str, answer: str = "tamam") -> None:
    async def take() -> None:
        tracker = await store.get_or_create_tracker(WHO)
        tracker.update(UserUttered(text))
        tracker.update(BotUttered(answer))
        await store.save(tracker)

    asyncio.run(take())


def said(store: ConversationStore) -> list[str]:
    agent: Any = SimpleNamespace(tracker_store=store)
    return [line["text"] for line in asyncio.run(read(agent, WHO)).lines]


def test_turns_are_read_back_in_order_whoever_reads(store: ConversationStore, address: str) -> None:
    turn(store, "bir")
    turn(store, "iki")
    other = ConversationStore(Domain.empty(), host=address)
    assert said(store) == said(other) == ["bir", "tamam", "iki", "tamam"]
    turn(other, "üç")
    assert said(store)[-2:] == ["üç", "tamam"]
    other.engine.dispose()


def test_who_has_lost_the_lock_stores_nothing(store: ConversationStore) -> None:
    async def late() -> None:
        asleep = await store.get_or_create_tracker(WHO)
        meanwhile = await store.get_or_create_tracker(WHO)
        meanwhile.update(UserUttered("öbürü"))
        await store.save(meanwhile)
        asleep.update(UserUttered("uyuyan"))
        with pytest.raises(StaleTrackerError):
            await store.save(asleep)

    turn(store, "ilk")
    asyncio.run(late())
    assert said(store) == ["ilk", "tamam", "öbürü"]


def test_a_new_session_hides_nothing_from_the_page(store: ConversationStore) -> None:
    async def begin() -> None:
        tracker = await store.retrieve(WHO)
        assert tracker is not None
        tracker.update(SessionStarted())
        await store.save(tracker)
        again = await store.retrieve(WHO)
        assert again is not None
        assert not [event for event in again.events if isinstance(event, UserUttered)]

    turn(store, "eski")
    asyncio.run(begin())
    turn(store, "yeni")
    assert said(store) == ["eski", "tamam", "yeni", "tamam"]


def test_what_was_deleted_is_not_remembered(store: ConversationStore) -> None:
    turn(store, "sır")
    assert said(store) == ["sır", "tamam"]
    forget(SimpleNamespace(tracker_store=store), WHO)
    assert said(store) == []
    turn(store, "yeniden")
    assert said(store) == ["yeniden", "tamam"]


def test_a_strange_conversation_id_ends_no_process(store: ConversationStore) -> None:
    async def ask() -> None:
        with contextlib.suppress(ValueError):  # PostgreSQL's driver refuses it
            assert await store.retrieve("a\x00b") is None

    asyncio.run(ask())


def test_a_table_of_rasas_own_gets_the_indexes(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with sqlite3.connect(path) as old:
        old.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,"
            " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),"
            " action_name VARCHAR(255), data TEXT)"
        )
    ConversationStore(Domain.empty(), host=f"sqlite:///{path}").engine.dispose()
    with sqlite3.connect(path) as now:
        names = {row[0] for row in now.execute("SELECT name FROM sqlite_master")}
    assert {"ix_events_conversation_kind_time", "ix_events_conversation_number"} <= names
