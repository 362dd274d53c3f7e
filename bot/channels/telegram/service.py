"""Keep a bot going: connect, take updates in, answer them."""

import asyncio
import itertools
import logging
import secrets
from collections.abc import Callable, Coroutine
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.conversations import plain_store
from bot.channels.telegram import texts
from bot.channels.telegram.answering import Answering
from bot.channels.telegram.client import Client, pause_after
from bot.channels.telegram.configuration import Configuration, ConfigurationError
from bot.channels.telegram.incoming import read_update
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.updates import Updates
from bot.channels.telegram.worker import Worker
from bot.knowledge import current

logger = logging.getLogger(__name__)

Report = Callable[[str, int], None]


class Service:
    """One bot in one process; of several processes with a webhook each does its share."""

    def __init__(
        self, configuration: Configuration, agent: Callable[[], Any], report: Report
    ) -> None:
        """Prepare; `report` gets one line on how the bot is.

        Raises:
            ConfigurationError: if the conversations are not kept in an SQL database.
        """
        store = plain_store(agent())
        if not isinstance(store, SQLTrackerStore):
            raise ConfigurationError(texts.NO_DATABASE)
        self._configuration, self._report = configuration, report
        self._client = Client(configuration)
        polls = not configuration.webhook_url
        self.updates = Updates(store.engine, secrets.token_hex(16), ordered=polls)
        self._sending = Sending(self._client, self.updates)
        answering = Answering(agent, self._client, self.updates)
        self._worker = Worker(self.updates, answering, self._sending)
        self._tasks: list[asyncio.Task[None]] = []
        self._offset: int | None = None

    def start(self) -> None:
        """Begin in the background: a bot that cannot connect holds nobody up."""
        self._begin(self._run())

    async def stop(self) -> None:
        """Stop; what is not done stays recorded."""
        for task in self._tasks:
            task.cancel()
        await self._worker.stop()

    async def take(self, body: Any) -> None:
        """Record an update that came by the webhook; when this returns it is safe.

        Raises:
            UpdateError: if it is none.
        """
        await self._record([body])

    async def deliver(self, chat: int, text: str) -> str:
        """Send a text of the staff; return what became of it.

        Raises:
            DeliveryError: if Telegram did not take it.
        """
        return await self._sending.deliver(chat, text)

    async def _record(self, bodies: list[Any]) -> None:
        chosen = self._configuration
        incomings = [read_update(body, chosen.bot_id, chosen.groups) for body in bodies]
        await asyncio.to_thread(self.updates.record, incomings)
        self._worker.wake()

    async def _run(self) -> None:
        if not await self._connected():
            return
        await asyncio.to_thread(current)  # the menus' titles; read before they are asked for
        self._begin(self._worker.run())
        self._begin(self._worker.keep())
        self._begin(self._name_commands())
        url = self._configuration.webhook_url
        if url:
            self._report(texts.WEBHOOK.format(name=self._client.name, url=url), logging.INFO)
        else:
            self._report(texts.POLLING.format(name=self._client.name), logging.INFO)
            self._begin(self._poll())

    async def _connected(self) -> bool:
        """Connect, however long it takes; False if the token will never do."""
        for tries in itertools.count(1):
            error = await _tried(self._client.connect())
            if error is None:
                break
            if isinstance(error, InvalidToken):
                self._report(texts.OFF.format(why=texts.NOT_ACCEPTED), logging.ERROR)
                return False
            if tries == 1:
                self._report(self._trouble(error), logging.ERROR)
            await asyncio.sleep(pause_after(error, tries))
        return True

    async def _name_commands(self) -> None:
        """Name the commands; questions are answered without it."""
        for tries in itertools.count(1):
            error = await _tried(self._client.name_commands())
            if error is None:
                break
            if tries == 1:
                logger.warning("telegram: no commands: %s", self._client.why(error))
            await asyncio.sleep(pause_after(error, tries))

    def _trouble(self, error: TelegramError) -> str:
        why = self._client.why(error)
        if isinstance(error, BadRequest):
            return texts.REFUSED.format(why=why)
        return texts.UNREACHABLE.format(api=self._configuration.api, why=why)

    async def _poll(self) -> None:
        """Ask for updates again and again, growing slower while that fails."""
        tries = 0
        while True:
            error = await _tried(self._ask())
            tries = tries + 1 if error else 0
            if error is not None:  # also that another process asks (Conflict)
                if tries == 1:
                    logger.warning("telegram: no updates: %s", self._client.why(error))
                await asyncio.sleep(pause_after(error, tries))

    async def _ask(self) -> None:
        """Wait for updates; they count as taken once they are recorded."""
        bodies = await self._client.updates(self._offset)
        if bodies:
            await self._record(bodies)
            self._offset = bodies[-1]["update_id"] + 1

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(_say_failed)
        self._tasks.append(task)


async def _tried(work: Coroutine[Any, Any, None]) -> TelegramError | None:
    """Do something with Telegram; return what it refused or could not do."""
    try:
        await work
    except TelegramError as error:
        return error
    except Exception as error:  # the database's, or an object the library cannot read
        logger.exception("telegram: stopped short")
        return TelegramError(type(error).__name__)
    return None


def _say_failed(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        logger.error("telegram: stopped", exc_info=error)
