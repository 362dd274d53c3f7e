"""One turn of a conversation, taken once whatever the channel repeats."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from rasa.core.channels.channel import UserMessage

from bot.channels.conversations import read
from bot.channels.http import AWAY
from bot.channels.output import WholeMessages
from bot.channels.transcript import Line, Transcript, answer_to

logger = logging.getLogger(__name__)


class TurnError(Exception):
    """A turn failed, and nothing of it is stored: it may be tried again."""


class SilentTurnError(TurnError):
    """A turn is stored, but nothing was said."""


class Said(NamedTuple):
    """A message for the assistant; with its meaning, if the channel knows it."""

    text: str
    meaning: dict[str, Any] | None = None


async def take_turn(
    agent: Any,
    channel: str,
    conversation: str,
    message_id: str,
    said: Callable[[Transcript], Said],
) -> tuple[list[Line], Transcript]:
    """Answer a message once: a repeated id gets what was said the first time.

    `said` makes the message from what stands in the conversation; what it raises is passed
    on. Returns the answer and the whole conversation.

    Raises:
        TurnError: if the assistant failed; SilentTurnError if it kept silent though nobody
            has taken the conversation over.
    """
    try:
        async with agent.lock_store.lock(conversation):
            before = await read(agent, conversation)
            if (answer := answer_to(before.lines, message_id)) is not None:
                return answer, before
            text, meaning = said(before)
            message = UserMessage(
                text,
                WholeMessages(),
                conversation,
                parse_data=meaning,
                input_channel=channel,
                message_id=message_id,
            )
            await _handle(agent, message)
            after = await read(agent, conversation)
    except AWAY as error:
        logger.warning("turn put off: %s", error)
        raise TurnError from error
    answer = answer_to(after.lines, message_id)
    if answer is None or not (answer or after.paused):
        raise SilentTurnError
    return answer, after


async def _handle(agent: Any, message: UserMessage) -> None:
    try:
        await agent.processor.handle_message(message)
    except Exception as error:
        logger.exception("turn failed")
        raise TurnError from error
