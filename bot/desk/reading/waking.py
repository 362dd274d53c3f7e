"""What the reader waits for between two looks: some time, or word from the queue.

The queue only wakes. A conversation is read in the order of its rows, and an event may be
lost between the store's commit and the queue; so what is stored is always read from the
database behind the cursor, and an event seen in both ways is still read once. A message's
content is not looked at: a malformed one wakes like any other.
"""

import asyncio
import contextlib
import threading

from aio_pika.abc import AbstractChannel, AbstractIncomingMessage

from bot.stores.rabbitmq import AWAY, declare_queue, stay_connected

#: The events of a turn, and of turns beside it, are read together. On a busy day that spares
#: the database many small looks; the staff do not notice it.
GATHER_SECONDS = 0.2
#: So many messages are on their way at once.
MOST_AT_ONCE = 500


class Waking:
    """Wakes the reader when RabbitMQ has word, or is there again; stays connected."""

    def __init__(self, address: str) -> None:
        """Begin to listen, in a thread of its own; without an address only time wakes."""
        self._address = address
        self._news = threading.Event()
        self._latest: AbstractIncomingMessage | None = None
        self._taken: AbstractIncomingMessage | None = None
        self._acknowledged: AbstractIncomingMessage | None = None
        self._loop = asyncio.new_event_loop()
        if address:
            threading.Thread(target=self._listen, name="rabbitmq", daemon=True).start()

    def wait(self, stop: threading.Event, seconds: float) -> None:
        """Wait for word, at most some seconds."""
        if not self._address:
            stop.wait(seconds)
        elif self._news.wait(seconds):
            stop.wait(GATHER_SECONDS)

    def begin(self) -> None:
        """The reader begins to look: what comes from now on is for its next look."""
        self._news.clear()
        self._taken = self._latest

    def stored(self) -> None:
        """Acknowledge what had come before the look: all that is now stored."""
        if self._taken is not None and self._taken is not self._acknowledged:
            self._acknowledged = self._taken
            asyncio.run_coroutine_threadsafe(_acknowledge(self._taken), self._loop)

    def _listen(self) -> None:
        self._loop.run_until_complete(stay_connected(self._address, self._use))

    async def _use(self, channel: AbstractChannel) -> None:
        self._latest = None  # an acknowledgement belongs to its connection
        await channel.set_qos(prefetch_count=MOST_AT_ONCE)
        queue = await declare_queue(channel)
        await queue.consume(self._came)
        self._news.set()
        await asyncio.Event().wait()  # until it is cancelled: the connection is lost

    async def _came(self, message: AbstractIncomingMessage) -> None:
        self._latest = message
        self._news.set()


async def _acknowledge(message: AbstractIncomingMessage) -> None:
    with contextlib.suppress(*AWAY):  # then it comes again, and wakes once more
        await message.ack(multiple=True)
