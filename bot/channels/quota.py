"""How many messages a minute a session and an address may send."""

import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter


class Quota:
    """Counts messages by key; in Redis if an address is given, in this process if not."""

    def __init__(self, redis_url: str = "") -> None:
        """Connect to nothing yet: the first message does."""
        storage = RedisStorage(f"async+{redis_url}") if redis_url else MemoryStorage()
        self._limiter = MovingWindowRateLimiter(storage)

    async def wait(self, key: str, per_minute: int) -> int:
        """Count one message; return 0, or the seconds until the next may come."""
        item = RateLimitItemPerMinute(per_minute)
        if await self._limiter.hit(item, key):
            return 0
        window = await self._limiter.get_window_stats(item, key)
        return max(1, round(window.reset_time - time.time()))
