"""Send what is recorded: again after a refusal for now, never to who blocked the bot."""

import asyncio
import contextlib
import logging
import time

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.client import Client, pause_after
from bot.channels.telegram.outgoing import message_of
from bot.channels.telegram.updates import Claimed, Updates

logger = logging.getLogger(__name__)

#: What became of a text of the staff.
SENT, BLOCKED = "sent", "blocked"
#: An answer that could not be sent for a day is no answer any more.
GIVE_UP_SECONDS = 86_400.0
#: The staff waits for the delivery: few attempts, short pauses.
ATTEMPTS = 3
LONGEST_WAIT = 5.0
#: Less than the desk waits: it shall hear what became of a reply, and not only ask again.
DELIVERY_SECONDS = 15.0


class DeliveryError(Exception):
    """A text could not be delivered; the message says why."""


class Sending:
    """Sends messages to chats."""

    def __init__(self, client: Client, updates: Updates) -> None:
        """Take the API and the record."""
        self._client, self._updates = client, updates
        self._on_the_way = 0
        self._arrived = asyncio.Condition()

    async def quiet(self, seconds: float) -> None:
        """Wait until no message is on its way, but not for long."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._nothing_on_the_way(), seconds)

    async def _nothing_on_the_way(self) -> None:
        async with self._arrived:
            await self._arrived.wait_for(lambda: self._on_the_way == 0)

    async def answer(self, update: Claimed, tries: int) -> None:
        """Send what is left of an update's answer, or put it off."""
        self._on_the_way += 1
        try:
            await self._answer(update, tries)
        finally:
            self._on_the_way -= 1
            async with self._arrived:
                self._arrived.notify_all()

    async def _answer(self, update: Claimed, tries: int) -> None:
        """Send the messages one after another.

        A message is forgotten once Telegram took it. If the process is killed between the
        two, that one message is sent again: the Bot API has no id to repeat a message by.
        """
        update_id, chat = update.incoming.update_id, update.incoming.chat
        for number, message in await asyncio.to_thread(self._updates.unsent, update_id):
            try:
                await self._client.send(chat, message)
            except Forbidden as error:
                logger.info("telegram: a chat takes no messages: %s", self._client.why(error))
                await asyncio.to_thread(self._updates.block, chat)
                break
            except (BadRequest, ChatMigrated) as error:  # it will not be taken later either
                logger.warning("telegram: a message was refused: %s", self._client.why(error))
            except TelegramError as error:
                if time.time() - update.received > GIVE_UP_SECONDS:
                    logger.warning("telegram: given up: %s", self._client.why(error))
                    break
                seconds = pause_after(error, tries)
                await asyncio.to_thread(self._updates.put_off, update_id, seconds)
                return
            # Here and now, in no other thread: a crash before this sends the message again.
            self._updates.sent(number)
        await asyncio.to_thread(self._updates.done, update_id)

    async def deliver(self, chat: int, text: str) -> str:
        """Send a text of the staff now; return what became of it.

        Raises:
            DeliveryError: if Telegram did not take it.
        """
        try:
            return await asyncio.wait_for(self._deliver(chat, text), DELIVERY_SECONDS)
        except asyncio.TimeoutError:
            raise DeliveryError("no answer in time") from None

    async def _deliver(self, chat: int, text: str) -> str:
        if await asyncio.to_thread(self._updates.is_blocked, chat):
            return BLOCKED
        for message in message_of(text):
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    await self._client.send(chat, message)
                    break
                except Forbidden:
                    await asyncio.to_thread(self._updates.block, chat)
                    return BLOCKED
                except TelegramError as error:
                    seconds = pause_after(error, attempt)
                    lasting = isinstance(error, BadRequest | ChatMigrated)
                    if lasting or attempt == ATTEMPTS or seconds > LONGEST_WAIT:
                        raise DeliveryError(self._client.why(error)) from None
                    await asyncio.sleep(seconds)
        return SENT
