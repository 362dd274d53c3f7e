"""The Bot API: what is asked of it, and what its refusals mean."""

import datetime
import logging
import os
from collections.abc import Sequence
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.commands import COMMANDS
from bot.channels.telegram.configuration import Configuration
from bot.channels.telegram.incoming import ALLOWED_UPDATES
from bot.channels.telegram.outgoing import Outgoing

logger = logging.getLogger(__name__)

# Seconds as a timedelta, as the library's next version has them; without it, it warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
POLL_SECONDS = 25
CONNECTIONS = 32
#: The longest pause between two attempts that fail.
LONGEST_PAUSE = 300.0


class Client:
    """One bot's side of the Bot API. Every method may raise a `TelegramError`."""

    def __init__(self, configuration: Configuration) -> None:
        """Connect to nothing yet."""
        # It logs every request with its address, and the token is part of that.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._configuration = configuration
        self._bot = Bot(
            configuration.token,
            base_url=f"{configuration.api}/bot",
            request=_request(CONNECTIONS),
            get_updates_request=_request(1),
        )

    @property
    def name(self) -> str:
        """The bot's user name; known once it is connected."""
        return str(self._bot.username)

    async def connect(self) -> None:
        """Look whether the token works, and say where updates go."""
        await self._bot.initialize()
        if url := self._configuration.webhook_url:
            await self._bot.set_webhook(
                url, secret_token=self._configuration.secret, allowed_updates=ALLOWED_UPDATES
            )
        else:
            await self._bot.delete_webhook()

    async def name_commands(self) -> None:
        """Put the commands into the menu people see."""
        commands = [BotCommand(command.name, command.description) for command in COMMANDS]
        await self._bot.set_my_commands(commands)

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for updates and return them; asking with an offset confirms those before it."""
        found = await self._bot.get_updates(
            offset, timeout=POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        return [update.to_dict() for update in found]

    async def send(self, chat: int, message: Outgoing) -> None:
        """Send one message."""
        try:
            await self._send(chat, message)
        except TelegramError:
            raise
        except Exception:
            # Telegram took it and answered with what the library cannot read: sending it
            # again would never end.
            logger.exception("telegram: an answer of the Bot API could not be read")

    async def _send(self, chat: int, message: Outgoing) -> None:
        if message.file_name:
            file = InputFile(message.file.encode(), message.file_name)
            await self._bot.send_document(chat, file)
            return
        await self._bot.send_message(
            chat,
            message.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_keyboard(message.buttons),
        )

    async def typing(self, chat: int) -> None:
        """Show that an answer is being written."""
        await self._bot.send_chat_action(chat, ChatAction.TYPING)

    async def took_press(self, query: str) -> None:
        """End the waiting sign on a button that was pressed."""
        await self._bot.answer_callback_query(query)

    async def show_buttons(
        self, chat: int, message: int, buttons: Sequence[tuple[str, str]]
    ) -> None:
        """Put other buttons under a message."""
        await self._bot.edit_message_reply_markup(chat, message, reply_markup=_keyboard(buttons))

    def why(self, error: TelegramError) -> str:
        """Return what went wrong, fit for a log."""
        return f"{type(error).__name__}: {error}".replace(self._configuration.token, "…")


def pause_after(error: TelegramError, tries: int) -> float:
    """Return the seconds to wait: what Telegram says, else longer with each attempt.

    >>> pause_after(TelegramError("x"), 1), pause_after(TelegramError("x"), 40)
    (1.0, 300.0)
    """
    if isinstance(error, RetryAfter):
        assert isinstance(error.retry_after, datetime.timedelta)
        return error.retry_after.total_seconds()
    return float(min(2 ** min(tries - 1, 20), LONGEST_PAUSE))


def _request(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        write_timeout=ANSWER_SECONDS,
        pool_timeout=ANSWER_SECONDS,
    )


def _keyboard(buttons: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup | None:
    """Return buttons one to a row; None without any."""
    rows = [[InlineKeyboardButton(title, callback_data=data)] for title, data in buttons]
    return InlineKeyboardMarkup(rows) if rows else None
