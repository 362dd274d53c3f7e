"""How many messages a minute a session and an address may send."""

import logging
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

logger = logging.getLogger(__name__)


class Quota:
    """Counts messages by key; in Redis if an address is given, in this process if not."""

    def __init__(self, redis_url: str = "") -> None:
        """Connect to nothing yet: the first message does."""
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._limiter = self._own
        if redis_url:
            shared = RedisStorage(
                f"async+{redis_url}",
                implementation="redispy",
                wrap_exceptions=True,
                socket_connect_timeout=1,
                socket_timeout=2,
            )
            self._limiter = MovingWindowRateLimiter(shared)

    async def wait(self, key: str, per_minute: int) -> int:
        """Count one message; return 0, or the seconds until the next may come."""
        try:
            return await self._wait(self._limiter, key, per_minute)
        except StorageError as error:
            # A Redis that is away shall not silence anybody.
            logger.warning("counting in this process: %s", error)
            return await self._wait(self._own, key, per_minute)

    async def _wait(self, limiter: MovingWindowRateLimiter, key: str, per_minute: int) -> int:
        item = RateLimitItemPerMinute(per_minute)
        if await limiter.hit(item, key):
            return 0
        window = await limiter.get_window_stats(item, key)
        return max(1, round(window.reset_time - time.time()))
