"""One turn of a conversation at a time."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError, LockStore
from redis import Redis
from redis.exceptions import RedisError

from bot.stores.locks import LIFETIME_SECONDS, LocalLocks, RedisLocks
from deploy.larger import found
from tests.servers import free_port, wait_for


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = [found("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as server:
        with Redis(port=port) as asked:
            wait_for(lambda: _answers(asked))
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def _answers(asked: Redis) -> bool:
    with contextlib.suppress(RedisError):
        return bool(asked.ping())
    return False


@pytest.fixture(params=["local", "redis"])
def locks(request: pytest.FixtureRequest, redis: str) -> Callable[[], LockStore]:
    if request.param == "redis":
        return lambda: RedisLocks(url=redis)
    one = LocalLocks()
    return lambda: one


def test_of_a_hundred_at_once_none_is_lost(locks: Callable[[], LockStore], tmp_path: Path) -> None:
    counter = tmp_path / "count"
    counter.write_text("0", encoding="utf-8")

    async def add(store: LockStore) -> None:
        async with store.lock("web-1"):
            seen = int(counter.read_text(encoding="utf-8"))
            await asyncio.sleep(0)
            counter.write_text(str(seen + 1), encoding="utf-8")

    async def all_of_them() -> None:
        stores = [locks() for _ in range(4)]
        await asyncio.gather(*(add(stores[number % 4]) for number in range(100)))

    asyncio.run(all_of_them())
    assert counter.read_text(encoding="utf-8") == "100"


def test_other_conversations_do_not_wait(locks: Callable[[], LockStore]) -> None:
    async def both() -> None:
        store = locks()
        async with store.lock("web-1"), store.lock("web-2"):
            pass

    asyncio.run(asyncio.wait_for(both(), 2))


def test_a_long_turn_keeps_its_lock_and_a_dead_servers_ends(redis: str) -> None:
    async def turns() -> tuple[float, float]:
        store, other = RedisLocks(url=redis), RedisLocks(url=redis)
        begun = time.monotonic()

        async def waits() -> float:
            async with other.lock("web-9"):
                return time.monotonic() - begun

        async with store.lock("web-9"):
            waiting = asyncio.create_task(waits())
            await asyncio.sleep(LIFETIME_SECONDS + 1.5)
        waited = await waiting
        # A server that died: its lock is there and nobody renews it.
        await store._redis.lock("turn:x", timeout=LIFETIME_SECONDS).acquire()
        died = time.monotonic()
        await store._redis.lock("turn:x", timeout=1, blocking_timeout=10).acquire()
        return waited, time.monotonic() - died

    waited, freed = asyncio.run(turns())
    assert waited > LIFETIME_SECONDS + 1.4
    assert freed < LIFETIME_SECONDS + 1


def test_without_redis_a_turn_is_refused_soon() -> None:
    async def turn() -> None:
        async with RedisLocks(url=f"redis://127.0.0.1:{free_port()}/0").lock("web-1"):
            pass

    begun = time.monotonic()
    with pytest.raises(LockError):
        asyncio.run(turn())
    assert time.monotonic() - begun < 5
