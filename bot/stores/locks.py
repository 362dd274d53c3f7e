"""One turn of a conversation at a time: within a process, or by Redis among several.

Rasa's ticket lock is read and written back in two steps, lets waiters look once a second,
and answers nothing when a ticket ran out.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import LockError as NotOwned
from redis.exceptions import RedisError

from bot.settings import settings

logger = logging.getLogger(__name__)

#: A server that died holds its conversations no longer than this; one that works renews its
#: locks. What one stores that only slept is refused by the tracker store.
LIFETIME_SECONDS = 4
RENEW_SECONDS = 1
WAIT_SECONDS = 20
LOOK_SECONDS = 0.02


class LocalLocks(LockStore):
    """Locks of this process, first come first served."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Hold no lock."""
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        """Hold a conversation."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield


class RedisLocks(LockStore):
    """Locks shared by all processes that know the same Redis."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, url: str = "") -> None:
        """Connect to nothing yet: the first turn does."""
        self._redis: Redis = Redis.from_url(
            url or settings().redis_url,
            socket_connect_timeout=1,
            socket_timeout=3,
            retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), retries=3),
            retry_on_error=[ConnectionError],
            health_check_interval=10,
        )

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        """Hold a conversation.

        Raises:
            LockError: if Redis is away or somebody holds it too long; try again later.
        """
        name = hashlib.sha256(conversation_id.encode()).hexdigest()[:32]
        lock = self._redis.lock(
            f"turn:{name}",
            timeout=LIFETIME_SECONDS,
            sleep=LOOK_SECONDS,
            blocking_timeout=WAIT_SECONDS,
        )
        try:
            held = await lock.acquire()
        except RedisError as error:
            raise LockError("Redis cannot be reached") from error
        if not held:
            raise LockError("the conversation is held by another turn")
        renewing = asyncio.create_task(_renew(lock))
        try:
            yield
        finally:
            renewing.cancel()
            try:
                await lock.release()
            except (NotOwned, RedisError) as error:
                # It ends by itself; the turn's own outcome is what counts.
                logger.warning("lock not released: %s", error)


async def _renew(lock: Any) -> None:
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            await lock.reacquire()
        except RedisError as error:  # it may be back before the lock ends
            logger.warning("lock not renewed: %s", error)


class ConversationLocks(LockStore):
    """The locks that the settings ask for; Rasa wants a class."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Choose: Redis where it is set."""
        self._chosen: LockStore = RedisLocks() if settings().redis_url else LocalLocks()

    def lock(self, conversation_id: str, *_: Any, **__: Any) -> Any:
        """Hold a conversation."""
        return self._chosen.lock(conversation_id)
