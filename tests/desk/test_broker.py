"""Events by RabbitMQ: each case once, at once, and nothing waits for RabbitMQ or is lost."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.utils.endpoints import read_endpoint_config

from bot.settings import ROOT, settings
from bot.stores.broker import ConversationEvents
from bot.stores.tracker import ConversationStore
from tests.queues import RabbitMQ, has_rabbitmq
from tests.servers import free_port

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not has_rabbitmq(), reason="rabbitmq-server is not installed"),
]
SECONDS = 30


@pytest.fixture(scope="module")
def rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMQ]:
    made = RabbitMQ(tmp_path_factory.mktemp("rabbitmq"))
    made.start()
    yield made
    made.kill()


class Desk:
    """Reader processes over one folder, and the cases they made."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._log = folder, folder / "reader.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, look_again: float = 600.0) -> None:
        """Start a reader; unless told otherwise only word from RabbitMQ makes it look again."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "tests.desk.woken_reader", str(look_again)],
                cwd=ROOT,
                env=dict(os.environ),
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def cases(self) -> list[str]:
        database = sqlite3.connect(f"file:{self._folder / 'desk.db'}?mode=ro", uri=True)
        with contextlib.closing(database):
            return [row[0] for row in database.execute("select reference from desk_case")]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.kill()


async def as_rasa_makes_it() -> EventBroker | None:
    return await EventBroker.create(
        read_endpoint_config(str(ROOT / "endpoints.yml"), "event_broker")
    )


@contextlib.asynccontextmanager
async def conversations(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> AsyncIterator[ConversationStore]:
    """Open the store as Rasa does, with the broker that `endpoints.yml` names."""
    monkeypatch.setenv("BOT_BROKER_URL", address)
    settings.cache_clear()
    broker = await as_rasa_makes_it()
    assert isinstance(broker, ConversationEvents)
    store = ConversationStore(Domain.empty(), event_broker=broker)
    try:
        yield store
    finally:
        await broker.close()
        store.engine.dispose()


async def hand_over(store: ConversationStore, *numbers: int) -> list[str]:
    """Take a turn in a conversation for each number; return the references of their cases."""
    references = [f"AAAA-{number:04}" for number in numbers]
    for number, reference in zip(numbers, references, strict=True):
        tracker = await store.get_or_create_tracker(f"web-{number}")
        text = f"{number}. soru"
        value = {"text": text, "reason": "no_answer", "reference": reference, "ranking": []}
        tracker.update(UserUttered(text))
        tracker.update(SlotSet("unanswered", value))
        await store.save(tracker)
    return references


async def until(condition: Callable[[], bool], explain: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        with contextlib.suppress(sqlite3.OperationalError):  # the tables are not there yet
            if condition():
                return
        assert time.monotonic() < deadline, explain()
        await asyncio.sleep(0.02)


def test_without_the_setting_there_is_no_broker() -> None:
    assert asyncio.run(as_rasa_makes_it()) is None


def test_a_reader_killed_and_started_again_makes_each_case_once(
    rabbitmq: RabbitMQ, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with conversations(monkeypatch, rabbitmq.address) as store:
            await until(store.event_broker.is_ready)
            # Another model was loaded: there is one connection still.
            assert await as_rasa_makes_it() is store.event_broker
            desk.start()
            wanted = await hand_over(store, 0)
            await until(lambda: desk.cases() == wanted, desk.said)
            # Nothing but word from the queue wakes this reader now.
            wanted += await hand_over(store, *range(1, 40))
            await until(lambda: len(desk.cases()) > 1, desk.said)
            desk.kill()
            wanted += await hand_over(store, *range(40, 60))
            desk.start()
            await until(lambda: len(desk.cases()) >= 60, desk.said)
            wanted += await hand_over(store, 60)
            await until(lambda: wanted[-1] in desk.cases(), desk.said)
            assert sorted(desk.cases()) == wanted

    asyncio.run(scene())


def test_an_event_that_is_in_the_queue_alone_makes_no_case(
    rabbitmq: RabbitMQ, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who reaches the queue can wake the reader, and no more: it reads the database."""

    async def scene() -> None:
        async with conversations(monkeypatch, rabbitmq.address) as store:
            await until(store.event_broker.is_ready)
            desk.start()
            value = {"text": "x", "reason": "no_answer", "reference": "ZZZZ-0000", "ranking": []}
            made_up = SlotSet("unanswered", value).as_dict()
            store.event_broker.publish({"sender_id": "web-1", **made_up})
            wanted = await hand_over(store, 1)
            await until(lambda: desk.cases() == wanted, desk.said)

    asyncio.run(scene())


def test_nothing_waits_for_a_rabbitmq_that_is_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        began = time.monotonic()
        async with conversations(monkeypatch, f"amqp://a:geheim@127.0.0.1:{free_port()}") as store:
            wanted = await hand_over(store, *range(20))
            assert time.monotonic() - began < 3
            assert not store.event_broker.is_ready()
            desk.start(look_again=0.2)
            await until(lambda: desk.cases() == wanted, desk.said)
            await until(lambda: "RabbitMQ at 127.0.0.1 is away" in desk.said(), desk.said)
            assert "geheim" not in desk.said()

    asyncio.run(scene())


def test_rabbitmq_killed_and_back_loses_nothing(
    rabbitmq: RabbitMQ, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with conversations(monkeypatch, rabbitmq.address) as store:
            desk.start()
            wanted = await hand_over(store, 0)
            await until(lambda: desk.cases() == wanted, desk.said)
            rabbitmq.kill()
            began = time.monotonic()
            wanted += await hand_over(store, *range(1, 20))
            assert time.monotonic() - began < 3
            rabbitmq.start()
            await until(lambda: sorted(desk.cases()) == wanted, desk.said)
            await until(store.event_broker.is_ready)
            wanted += await hand_over(store, 20)
            await until(lambda: sorted(desk.cases()) == wanted, desk.said)

    asyncio.run(scene())
