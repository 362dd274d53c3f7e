"""What is answered to an update."""

import asyncio
import contextlib
import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import TelegramError

from bot.channels.conversations import forget, read
from bot.channels.payloads import plain_text
from bot.channels.telegram import commands, texts
from bot.channels.telegram.client import Client
from bot.channels.telegram.incoming import Incoming, Kind
from bot.channels.telegram.outgoing import (
    CHOICE,
    Outgoing,
    choice_of,
    message_of,
    messages_of,
)
from bot.channels.telegram.updates import Updates
from bot.channels.transcript import Transcript
from bot.channels.turns import Said, SilentTurnError, take_turn
from bot.knowledge import current
from bot.settings import settings

NAME = "telegram"
PREFIX = f"{NAME}-"
_PRESSED = "✓ "


class _OldButtonError(Exception):
    """A button belongs to a conversation that is gone."""


def conversation_of(chat: int) -> str:
    """Return the id of a chat's conversation."""
    return f"{PREFIX}{chat}"


def chat_of(conversation: str) -> int | None:
    """Return the chat of a conversation, None if it is not of Telegram.

    >>> chat_of("telegram--100123"), chat_of("web-abc")
    (-100123, None)
    """
    number = conversation.removeprefix(PREFIX)
    ours = conversation.startswith(PREFIX) and re.fullmatch(r"-?\d{1,19}", number, re.ASCII)
    return int(number) if ours else None


class Answering:
    """Answers updates: most by the assistant, some by the channel itself."""

    def __init__(self, agent: Callable[[], Any], client: Client, updates: Updates) -> None:
        """Take the assistant (another one after a training), the API and the record."""
        self._agent, self._client, self._updates = agent, client, updates
        self._signs: set[asyncio.Task[None]] = set()

    async def answer(self, incoming: Incoming) -> list[Outgoing]:
        """Return the messages for one update, none for what calls for no answer.

        The assistant takes it once, however often it is asked for.

        Raises:
            TurnError: if the assistant failed; it may be tried again.
        """
        match incoming.kind:
            case Kind.BLOCKED:
                await asyncio.to_thread(self._updates.block, incoming.chat)
                return []
            case Kind.RETURNED:
                await asyncio.to_thread(self._updates.unblock, incoming.chat)
                return []
        if await asyncio.to_thread(self._updates.is_blocked, incoming.chat):
            await asyncio.to_thread(self._updates.unblock, incoming.chat)
        if incoming.kind is Kind.PRESS:
            self._show(self._client.took_press(incoming.query))
            return await self._press(incoming)
        text = self._addressed(incoming)
        if text is None:
            return []
        if incoming.kind is Kind.MEDIA:
            return await self._media(incoming, text)
        called = commands.called(text)
        if called is None:
            return await self._turn(incoming, Said(plain_text(text)))
        if called.to and called.to.lower() != self._client.name.lower():
            return []
        return await self._command(incoming, called.command, text)

    def _addressed(self, incoming: Incoming) -> str | None:
        """Return what is said to the bot; None for what others say in a group."""
        if incoming.private:
            return incoming.text
        mention = re.compile(rf"@{re.escape(self._client.name)}\b", re.IGNORECASE)
        if commands.called(incoming.text):
            return incoming.text
        if incoming.to_bot or mention.search(incoming.text):
            return mention.sub("", incoming.text).strip()
        return None

    async def _command(
        self, incoming: Incoming, command: commands.Command | None, text: str
    ) -> list[Outgoing]:
        if command is None:
            said = texts.UNKNOWN_COMMAND.format(commands=commands.commands_text())
            return message_of(said)
        days = settings().keep_days
        match command.name:
            case "konular":
                return commands.topics(current())
            case "gizlilik":
                case_days = settings().keep_case_days
                return message_of(texts.PRIVACY.format(days=days, case_days=case_days))
            case "sil":
                yes, no = commands.FORGET_YES, commands.FORGET_NO
                buttons = [(texts.FORGET_YES, yes), (texts.FORGET_NO, no)]
                return message_of(texts.FORGET_QUESTION, buttons)
        messages = await self._turn(incoming, command.said(text))
        if messages and command.name == "start":
            messages += message_of(texts.START_HINT.format(days=days))
        if messages and command.name == "yardim":
            messages += message_of(commands.commands_text())
        return messages

    async def _press(self, incoming: Incoming) -> list[Outgoing]:
        data = incoming.data
        if data == commands.FORGET_NO:
            return message_of(texts.KEPT)
        if data == commands.FORGET_YES:
            return await self._forget(incoming.chat)
        if data.startswith(commands.TOPIC):
            menu = commands.topic(current(), data.removeprefix(commands.TOPIC))
            return menu or message_of(texts.OLD_BUTTON)
        if data.startswith(commands.ENTRY):
            said = commands.entry_said(current(), data.removeprefix(commands.ENTRY))
            return await self._turn(incoming, said) if said else message_of(texts.OLD_BUTTON)

        def chosen(before: Transcript) -> Said:
            choice = choice_of(data, before.lines) if data.startswith(CHOICE) else None
            if choice is None:
                raise _OldButtonError
            self._mark(incoming)
            return Said(choice["choice"])

        try:
            return await self._turn(incoming, chosen)
        except _OldButtonError:
            return message_of(texts.OLD_BUTTON)

    async def _media(self, incoming: Incoming, caption: str) -> list[Outgoing]:
        if caption:
            answer = await self._turn(incoming, Said(plain_text(caption)))
            return [*message_of(texts.CAPTION_READ), *answer] if answer else []
        album = incoming.album, incoming.update_id
        if incoming.album != "" and await asyncio.to_thread(self._updates.album_begun, *album):
            return []
        said = await read(self._agent(), conversation_of(incoming.chat))
        if said.paused:  # the member of staff shall know that something was sent
            return await self._turn(incoming, Said(texts.SENT_MEDIA))
        return message_of(texts.MEDIA.get(incoming.media, texts.OTHER_MEDIA))

    async def _forget(self, chat: int) -> list[Outgoing]:
        agent, conversation = self._agent(), conversation_of(chat)
        async with agent.lock_store.lock(conversation):
            await asyncio.to_thread(forget, agent, conversation)
        await asyncio.to_thread(self._updates.forget, chat)
        return message_of(texts.FORGOTTEN)

    async def _turn(
        self, incoming: Incoming, said: Said | Callable[[Transcript], Said]
    ) -> list[Outgoing]:
        """Return what the assistant says to a message; nothing while the staff has it."""

        def begin(before: Transcript) -> Said:
            message = said(before) if callable(said) else said
            if not before.paused:
                self._show(self._client.typing(incoming.chat))
            return message

        conversation = conversation_of(incoming.chat)
        message_id = f"{PREFIX}{incoming.update_id}"
        try:
            answer, whole = await take_turn(self._agent(), NAME, conversation, message_id, begin)
        except SilentTurnError:
            return message_of(texts.FAILED)
        if not answer and not whole.paused:  # silent before a crash
            return message_of(texts.FAILED)
        return messages_of(answer)

    def _mark(self, incoming: Incoming) -> None:
        """Show which button was pressed."""
        marked = [
            (_PRESSED * (data == incoming.data) + title.removeprefix(_PRESSED), data)
            for title, data in incoming.titles
        ]
        if marked and tuple(marked) != incoming.titles:
            self._show(self._client.show_buttons(incoming.chat, incoming.message, marked))

    def _show(self, sign: Coroutine[Any, Any, None]) -> None:
        """Do something for the eye beside the answer; it may fail."""

        async def shown() -> None:
            # Too late for a press, too often for "typing": the answer counts.
            with contextlib.suppress(TelegramError):
                await sign

        task = asyncio.create_task(shown())
        self._signs.add(task)
        task.add_done_callback(self._signs.discard)
