"""Work on the recorded updates, several chats at a time."""

import asyncio
import contextlib
import logging
import time

from bot.channels.telegram import texts
from bot.channels.telegram.answering import Answering
from bot.channels.telegram.outgoing import Outgoing, message_of
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.updates import LEASE_SECONDS, WAITING, Claimed, Updates
from bot.channels.turns import TurnError

logger = logging.getLogger(__name__)

CHATS_AT_ONCE = 8
#: How long a turn waits for messages on their way. A turn keeps the processor busy: what
#: Telegram has taken would be recorded late, and sent again if the process died meanwhile.
QUIET_SECONDS = 0.1
#: How often another worker's updates are looked for.
LOOK_SECONDS = 1.0
#: How often an update is begun before its sender is told that it failed.
TRIES = 3
TROUBLE_SECONDS = 5.0
STOP_SECONDS = 5.0


class Worker:
    """Answers recorded updates and sends the answers until it is stopped."""

    def __init__(self, updates: Updates, answering: Answering, sending: Sending) -> None:
        """Take the record and what is done with it."""
        self._updates, self._answering, self._sending = updates, answering, sending
        self._tasks: dict[asyncio.Task[None], int] = {}
        self._news = asyncio.Event()
        self._turns = asyncio.Lock()

    def wake(self) -> None:
        """Say that there is something new."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; trouble with the database is waited out."""
        while True:
            self._news.clear()
            try:
                free = CHATS_AT_ONCE - len(self._tasks)
                claimed, again = await asyncio.to_thread(self._updates.claim, free)
            except Exception:
                logger.exception("telegram: the record of updates cannot be read")
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            for update in claimed:
                task = asyncio.create_task(self._work(update))
                self._tasks[task] = update.incoming.update_id
                task.add_done_callback(self._ended)
            pause = min(max(again - time.time(), 0.0), LOOK_SECONDS)
            full = len(self._tasks) >= CHATS_AT_ONCE
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOK_SECONDS if full else pause)

    async def keep(self) -> None:
        """Say regularly that this worker lives, and clear the record up."""
        while True:
            try:
                await asyncio.to_thread(self._updates.renew, list(self._tasks.values()))
                await asyncio.to_thread(self._updates.clear_old)
            except Exception:
                logger.exception("telegram: the record of updates cannot be written")
            await asyncio.sleep(LEASE_SECONDS / 3)

    async def stop(self) -> None:
        """Let what was begun come to its end for a moment, then give it back."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.to_thread(self._updates.release)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task)
        self.wake()

    async def _work(self, update: Claimed) -> None:
        """Bring one update as far as it goes now."""
        update_id, tries = update.incoming.update_id, update.tries
        try:
            if update.state == WAITING:
                messages = await self._answer(update)
                if not await asyncio.to_thread(self._updates.answer, update_id, messages):
                    return
                tries = 1
            await self._sending.answer(update, tries)
        except TurnError:
            await self._put_off(update_id, 2.0 ** (tries - 1))
        except Exception:  # it stays recorded and is taken up again
            logger.exception("telegram: an update could not be worked on")
            await self._put_off(update_id, TROUBLE_SECONDS)

    async def _put_off(self, update_id: int, seconds: float) -> None:
        # If this fails too, the update is free when its time is over.
        with contextlib.suppress(Exception):
            await asyncio.to_thread(self._updates.put_off, update_id, seconds)

    async def _answer(self, update: Claimed) -> list[Outgoing]:
        if update.tries > TRIES:
            return message_of(texts.FAILED)
        async with self._turns:
            await self._sending.quiet(QUIET_SECONDS)
            return await self._answering.answer(update.incoming)
