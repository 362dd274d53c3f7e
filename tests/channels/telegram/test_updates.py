"""The durable record, on both databases: known once, in order, taken up after a death."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels.telegram import updates as record
from bot.channels.telegram.incoming import Incoming, Kind
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.updates import ANSWERED, DONE, WAITING, Claimed, Updates
from bot.stores.engine import connected
from tests.databases import postgres


class Clock:
    """The record's time, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(record, "time", clock)
    return clock


@pytest.fixture(scope="module")
def _postgres() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.engine.Engine]:
    address = f"sqlite:///{tmp_path / 'tracker.db'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("_postgres")
    engine = connected(address)
    yield engine
    record._TABLES.drop_all(engine)
    engine.dispose()


@pytest.fixture
def updates(engine: sa.engine.Engine, clock: Clock) -> Updates:
    return Updates(engine, "first", ordered=True)


def text(update_id: int, chat: int = 7) -> Incoming:
    return Incoming(update_id, Kind.TEXT, chat, text=f"soru {update_id} 😀")


def ids(claimed: list[Claimed]) -> list[int]:
    return [one.incoming.update_id for one in claimed]


def finish(updates: Updates, update_id: int) -> None:
    assert updates.answer(update_id, [])
    updates.done(update_id)


def states(engine: sa.engine.Engine) -> dict[int, str]:
    with engine.connect() as connection:
        query = sa.select(record._U.update_id, record._U.state)
        return {row.update_id: row.state for row in connection.execute(query)}


def test_an_update_comes_back_as_it_was_recorded(updates: Updates) -> None:
    incoming = Incoming(5, Kind.PRESS, -100_123, False, data="c:1", titles=(("İlk", "c:1"),))
    updates.record([incoming])
    (claimed,), _ = updates.claim(8)
    assert (claimed.incoming, claimed.state, claimed.tries) == (incoming, WAITING, 1)


def test_a_repeat_changes_nothing_also_after_a_restart(
    updates: Updates, engine: sa.engine.Engine
) -> None:
    updates.record([text(5), text(6)])
    updates.claim(1)
    finish(updates, 5)
    again = Updates(engine, "second", ordered=True)
    again.record([text(5), text(6), text(6)])
    assert states(engine) == {5: DONE, 6: WAITING}
    assert ids(again.claim(8)[0]) == [6]


def test_the_next_of_a_chat_waits_for_the_one_before(updates: Updates) -> None:
    updates.record([text(6), text(5), text(7, chat=8)])
    assert ids(updates.claim(8)[0]) == [5, 7]
    assert ids(updates.claim(8)[0]) == []
    finish(updates, 5)
    assert ids(updates.claim(8)[0]) == [6]


def test_no_more_are_taken_than_wanted(updates: Updates) -> None:
    updates.record([text(number, chat=number) for number in range(1, 6)])
    assert ids(updates.claim(2)[0]) == [1, 2]
    assert ids(updates.claim(0)[0]) == []


def test_what_a_dead_worker_had_is_taken_up(
    updates: Updates, engine: sa.engine.Engine, clock: Clock
) -> None:
    updates.record([text(5)])
    updates.claim(8)
    other = Updates(engine, "second", ordered=True)
    claimed, again = other.claim(8)
    assert (claimed, again) == ([], clock.now + record.LEASE_SECONDS)
    clock.now = again
    assert ids(other.claim(8)[0]) == [5]
    # The first one lives after all: what it says now is not taken.
    assert not updates.answer(5, [Outgoing("geç")])
    assert other.answer(5, [Outgoing("zamanında")])


def test_a_living_worker_keeps_what_it_works_on(
    updates: Updates, engine: sa.engine.Engine, clock: Clock
) -> None:
    updates.record([text(5), text(6, chat=8)])
    updates.claim(8)
    clock.now += record.LEASE_SECONDS - 1
    updates.renew([5])
    clock.now += 2
    assert ids(Updates(engine, "second", ordered=True).claim(8)[0]) == [6]


def test_a_worker_that_stops_gives_back_what_it_has(
    updates: Updates, engine: sa.engine.Engine
) -> None:
    updates.record([text(5)])
    updates.claim(8)
    updates.release()
    assert ids(Updates(engine, "second", ordered=True).claim(8)[0]) == [5]


def test_an_answer_is_sent_on_from_where_it_stopped(
    updates: Updates, engine: sa.engine.Engine, clock: Clock
) -> None:
    updates.record([text(5)])
    updates.claim(8)
    file = Outgoing(file_name="a.ics", file="BEGIN")
    updates.answer(5, [Outgoing("bir", (("Evet", "c:1"),)), Outgoing("iki"), file])
    updates.sent(updates.unsent(5)[0][0])
    clock.now += record.LEASE_SECONDS
    other = Updates(engine, "second", ordered=True)
    (claimed,), _ = other.claim(8)
    assert claimed.state == ANSWERED
    assert [message for _, message in other.unsent(5)] == [Outgoing("iki"), file]


def test_what_was_put_off_comes_when_it_is_due(updates: Updates, clock: Clock) -> None:
    updates.record([text(5), text(6)])
    updates.claim(8)
    updates.put_off(5, 30.0)
    assert updates.claim(8) == ([], clock.now + 30.0)  # and 6 does not overtake it
    clock.now += 30.0
    (claimed,), _ = updates.claim(8)
    assert (claimed.incoming.update_id, claimed.tries) == (5, 2)


def test_nothing_stays_of_what_is_done_but_its_id(
    updates: Updates, engine: sa.engine.Engine
) -> None:
    updates.record([text(5), Incoming(6)])
    updates.claim(8)
    updates.answer(5, [Outgoing("bir")])
    updates.done(5)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(record._U.chat, record._U.body, record._U.state)).all()
    assert rows == [(0, "", DONE)] * 2
    assert updates.unsent(5) == []


def test_old_ids_are_deleted(updates: Updates, engine: sa.engine.Engine, clock: Clock) -> None:
    updates.record([Incoming(5), text(6)])
    clock.now += record.KEEP_SECONDS + 1
    updates.record([Incoming(7)])
    updates.clear_old()
    assert states(engine) == {6: WAITING, 7: DONE}


def test_a_chat_that_blocked_the_bot_is_known_until_it_is_back(updates: Updates) -> None:
    updates.block(7)
    updates.block(7)
    assert (updates.is_blocked(7), updates.is_blocked(8)) == (True, False)
    updates.unblock(7)
    assert not updates.is_blocked(7)


def test_a_chat_is_forgotten(updates: Updates) -> None:
    updates.record([text(5), text(6, chat=8)])
    updates.claim(8)
    updates.answer(5, [Outgoing("bir")])
    updates.answer(6, [Outgoing("iki")])
    updates.block(7)
    updates.forget(7)
    assert (updates.unsent(5), updates.is_blocked(7)) == ([], False)
    assert len(updates.unsent(6)) == 1


def test_the_other_photos_of_an_album_are_known(updates: Updates) -> None:
    photos = [Incoming(n, Kind.MEDIA, 7, media="photo", album="a1") for n in (5, 6)]
    updates.record(photos)
    assert (updates.album_begun("a1", 5), updates.album_begun("a1", 6)) == (False, True)
    updates.claim(1)
    finish(updates, 5)
    assert updates.album_begun("a1", 6)


def test_one_that_may_still_come_is_waited_for(engine: sa.engine.Engine, clock: Clock) -> None:
    updates = Updates(engine, "first")
    updates.record([text(1)])
    assert updates.claim(8) == ([], clock.now + 3.0)  # what came before is not known
    clock.now += 3.0
    assert ids(updates.claim(8)[0]) == [1]
    finish(updates, 1)
    updates.record([text(3), text(4, chat=8)])
    assert updates.claim(8) == ([], clock.now + 3.0)
    clock.now += 1.0
    updates.record([text(2)])
    assert ids(updates.claim(8)[0]) == [2, 4]
    finish(updates, 2)
    assert ids(updates.claim(8)[0]) == [3]


def test_one_that_never_comes_holds_up_nothing_for_long(
    engine: sa.engine.Engine, clock: Clock
) -> None:
    updates = Updates(engine, "first")
    updates.record([Incoming(1), text(900)])
    clock.now += 3.0
    assert ids(updates.claim(8)[0]) == [900]
    updates.record([text(901, chat=8)])
    assert ids(updates.claim(8)[0]) == [901]


def test_many_workers_take_each_update_once_and_in_order(engine: sa.engine.Engine) -> None:
    """Real threads, real time: what each worker does, by chat, in the order it was done."""
    first = Updates(engine, "first", ordered=True)
    first.record([text(number, chat=number % 5) for number in range(100)])
    worked: list[int] = []

    def work(name: int) -> None:
        updates = Updates(engine, f"worker {name}", ordered=True)
        while set(states(engine).values()) != {DONE}:
            for claimed in updates.claim(2)[0]:
                worked.append(claimed.incoming.update_id)
                finish(updates, claimed.incoming.update_id)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    assert sorted(worked) == list(range(100))
    for chat in range(5):
        assert [number for number in worked if number % 5 == chat] == list(range(chat, 100, 5))
