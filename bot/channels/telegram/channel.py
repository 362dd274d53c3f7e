"""Rasa's door to the Telegram bot: its webhook, and what the staff says through it.

Without a token nothing of the bot is loaded, not even its libraries.
"""

import asyncio
import hmac
import logging
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http import RefusedError, free, json_object, refuse
from bot.channels.telegram.configuration import ConfigurationError, configuration_of
from bot.channels.telegram.incoming import UpdateError
from bot.channels.telegram.texts import FROM_STAFF, OFF
from bot.settings import settings

if TYPE_CHECKING:
    from bot.channels.telegram.service import Service

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MAX_BODY_BYTES = 1024 * 1024

FORBIDDEN = "Bu kapı yalnızca Telegram'a açıktır"
TOO_LARGE = "Gövde çok büyük"
BAD_UPDATE = "Bu bir Telegram güncellemesi değil"
NOT_READY = "Telegram kanalı henüz hazır değil"


class TelegramInput(InputChannel):
    """`/webhooks/telegram/webhook`, and long polling without a public address."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, part of its address."""
        return "telegram"

    def __init__(self) -> None:
        """Read the settings; a bot that is set wrong stays off and says why."""
        self._service: Service | None = None
        self._configuration = None
        try:
            self._configuration = configuration_of(settings())
        except ConfigurationError as error:
            report(OFF.format(why=error), logging.ERROR)

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the webhook; no route at all without a bot."""
        routes = Blueprint("telegram_channel")
        if self._configuration is not None:
            routes.exception(RefusedError)(refuse)
            routes.add_route(free(self._take), "/webhook", methods=["POST"], name="webhook")
            routes.listener(free(self._start), "after_server_start")
            routes.listener(free(self._stop), "before_server_stop")
        return routes

    async def deliver(
        self, agent: Any, conversation: str, text: str, *, notice: bool = False
    ) -> str:
        """Send a text of the staff; return "sent", or "blocked" if nobody reads it there.

        Raises:
            RuntimeError: while there is no bot; DeliveryError if Telegram did not take it.
        """
        from bot.channels.telegram.answering import chat_of

        chat = chat_of(conversation)
        if self._service is None or chat is None:
            raise RuntimeError("no bot, or no conversation of Telegram")
        return await self._service.deliver(chat, text if notice else FROM_STAFF + text)

    async def forget(self, agent: Any, conversation: str) -> None:
        """Forget what is known of a conversation beside its events."""
        if self._service is None:
            return
        from bot.channels.telegram.answering import chat_of

        if (chat := chat_of(conversation)) is not None:
            await asyncio.to_thread(self._service.updates.forget, chat)

    async def _take(self, request: Request) -> HTTPResponse:
        """Record an update; it is worked on after Telegram has its 200."""
        assert self._configuration is not None
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._configuration.secret.encode()):
            raise RefusedError(FORBIDDEN, 403)
        if len(request.body) > MAX_BODY_BYTES:
            raise RefusedError(TOO_LARGE, 413)
        if self._service is None:
            raise RefusedError(NOT_READY, 503)
        try:
            await self._service.take(json_object(request))
        except UpdateError as error:
            raise RefusedError(BAD_UPDATE, 400) from error
        return response.empty(200)

    async def _start(self, app: Any, loop: Any) -> None:
        from bot.channels.telegram.service import Service

        assert self._configuration is not None
        try:
            self._service = await asyncio.to_thread(
                Service, self._configuration, lambda: app.ctx.agent, report
            )
        except ConfigurationError as error:
            report(OFF.format(why=error), logging.ERROR)
            return
        self._service.start()

    async def _stop(self, app: Any, loop: Any) -> None:
        if self._service is not None:
            await self._service.stop()


def report(line: str, level: int = logging.INFO) -> None:
    """Say how the bot is: in the log, and in this run's folder for who started it."""
    logger.log(level, "Telegram: %s", line)
    state = settings().telegram_state
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text(line, encoding="utf-8")
