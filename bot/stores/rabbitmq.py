"""RabbitMQ between the assistant and the desk: the queue's form, and staying connected."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractQueue
from yarl import URL

logger = logging.getLogger(__name__)

QUEUE = "assistant_events"
#: The queue tells of what the database holds: while nobody reads it, it shall neither fill
#: the disk nor keep what people wrote.
LIMITS: dict[str, Any] = {"x-max-length": 10_000, "x-message-ttl": 3_600_000}
CONNECT_SECONDS = 5
RETRY_SECONDS = 2
#: RabbitMQ says something every 5 seconds, half of the first; silent for 18, (5 + 1) * 3 as the
#: library reckons, it is lost.
LIVENESS = {"heartbeat": 10, "timeout": 5}
#: Whatever can go wrong with a connection; a wait that took too long is one of them.
AWAY = (*aio_pika.exceptions.CONNECTION_EXCEPTIONS, asyncio.TimeoutError)

Use = Callable[[AbstractChannel], Coroutine[Any, Any, None]]


async def declare_queue(channel: AbstractChannel) -> AbstractQueue:
    """Return the queue, made if it is not there; it outlives a restart of RabbitMQ."""
    return await channel.declare_queue(QUEUE, durable=True, arguments=LIMITS)


async def stay_connected(address: str, use: Use) -> None:
    """Connect, let `use` work with a channel until that closes, and so again for ever.

    `use` is cancelled then. Whoever runs this ends it by cancelling.
    """
    url = URL(address).update_query(LIVENESS)
    said = False
    while True:
        try:
            connection = await aio_pika.connect(url, timeout=CONNECT_SECONDS)
            async with connection:
                # What cannot be sent is in the database; waiting for receipts would cost more.
                channel = await connection.channel(publisher_confirms=False)
                closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                connection.close_callbacks.add(partial(_end, closed))
                channel.close_callbacks.add(partial(_end, closed))
                logger.info("connected to RabbitMQ at %s", url.host)
                said = False
                await _until(closed, use(channel))
            logger.warning("the connection to RabbitMQ at %s is lost", url.host)
        except AWAY as error:
            # The error's own words may hold the address, and that a password.
            if not said:
                logger.warning("RabbitMQ at %s is away (%s)", url.host, type(error).__name__)
            said = True
        await asyncio.sleep(RETRY_SECONDS)


async def _until(closed: asyncio.Future[None], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task, closed}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _end(closed: asyncio.Future[None], *_: Any) -> None:
    if not closed.done():
        closed.set_result(None)
