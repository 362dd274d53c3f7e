"""Rasa's RabbitMQ broker, mended: what it publishes, and where, stays as it is.

Rasa's own holds up the start for minutes and then fails it when RabbitMQ is away, keeps
every event in memory until it is back, writes what people said into the log when it cannot
publish, and opens one more connection with each model that is loaded.
"""

import asyncio
import contextlib
from asyncio import AbstractEventLoop
from typing import Any
from urllib.parse import urlsplit

from aio_pika import Message
from aio_pika.abc import AbstractChannel
from rasa.core.brokers.pika import PikaEventBroker
from rasa.utils.endpoints import EndpointConfig

from bot.settings import settings
from bot.stores.rabbitmq import QUEUE, declare_queue, stay_connected

CLOSE_SECONDS = 2
#: So many events wait for a RabbitMQ that is away, or takes nothing since its disk is full.
MOST_WAITING = 1_000


class ConversationEvents(PikaEventBroker):
    """Tells RabbitMQ of each stored event, if it is there; the database has them all."""

    _ours: "ConversationEvents | None" = None

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig | None, event_loop: AbstractEventLoop | None = None
    ) -> "ConversationEvents | None":
        """Return this process's broker, which connects by itself; None without the setting."""
        address = settings().broker_url
        if not address:
            return None
        loop = event_loop or asyncio.get_running_loop()
        if cls._ours is None or not cls._ours.works_in(loop):
            cls._ours = cls(address, loop)
        return cls._ours

    def __init__(self, address: str, loop: AbstractEventLoop) -> None:
        """Begin to connect; nobody waits for that."""
        host = urlsplit(address).hostname or ""  # the rest of the address is a secret
        super().__init__(host, "", "", queues=[QUEUE], event_loop=loop)
        self._waiting: asyncio.Queue[Message] = asyncio.Queue(MOST_WAITING)
        self._connected = False
        self._task = loop.create_task(stay_connected(address, self._send))

    def works_in(self, loop: AbstractEventLoop) -> bool:
        """Tell whether this broker belongs to an event loop and has not been closed."""
        return self._loop is loop and not self._task.done()

    def publish(self, event: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        """Have an event sent in the background; what nobody can take is left to the database."""
        with contextlib.suppress(asyncio.QueueFull):
            self._waiting.put_nowait(self._message(event, headers))

    async def _send(self, channel: AbstractChannel) -> None:
        exchange = await self._set_up_exchange(channel)
        self._connected = True
        try:
            while True:
                await exchange.publish(await self._waiting.get(), "")
                self._waiting.task_done()
        finally:
            self._connected = False

    @staticmethod
    async def _bind_queue(queue_name: str, channel: Any, exchange: Any) -> None:
        queue = await declare_queue(channel)
        await queue.bind(exchange, "")

    def is_ready(self) -> bool:
        """Tell whether RabbitMQ is there."""
        return self._connected

    async def close(self) -> None:
        """Send what waits, if RabbitMQ is there, and end the connection."""
        if self._connected:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._waiting.join(), CLOSE_SECONDS)
        self._task.cancel()
        await asyncio.wait({self._task}, timeout=CLOSE_SECONDS)
