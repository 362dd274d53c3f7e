"""Rasa's REST channel with its holes closed.

As installed it lets a caller choose the channel's name, puts everybody without a sender
id into one conversation, takes `/intent` from anybody, accepts bodies of 30 MB and
answers an empty list when an action fails. The address stays: `/webhooks/rest/webhook`.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.output import WholeMessages
from bot.channels.payloads import typed
from bot.text.clean import clean

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024
#: Longer text is refused at the door; up to it, the assistant asks for a shorter message.
MAX_STORED_CHARACTERS = 10_000
_SENDER = re.compile(r"[\w.:@+-]{1,100}")

BAD_JSON = 'Gövde bir JSON nesnesi olmalı: {"sender": "…", "message": "…"}'
BAD_MESSAGE = "“message” bir metin olmalı"
BAD_SENDER = "“sender” 1-100 karakter olmalı; harf, rakam ve . : @ + - _ içerebilir"
TOO_LARGE = f"İleti çok uzun; en çok {MAX_STORED_CHARACTERS} karakter gönderilebilir"
NO_STREAM = "Akış desteklenmiyor; “stream” olmadan gönderin"
NO_REPLY = "Şu anda yanıt veremiyorum; sorun bende. Lütfen birkaç dakika sonra yeniden deneyin."

Handler = Callable[[UserMessage], Awaitable[Any]]


class CheckedRestInput(RestInput):
    """REST channel that checks what comes in and never answers with silence."""

    @classmethod
    def name(cls) -> str:
        """Return Rasa's own name, so that the address stays."""
        return "rest"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return Rasa's routes behind a check of every request."""
        routes = super().blueprint(never_silent(on_new_message))
        routes.middleware(_check, "request")
        return routes

    async def _extract_sender(self, req: Request) -> str:
        return str(req.ctx.sender)

    def _extract_message(self, req: Request) -> str:
        return str(req.ctx.message)

    def _extract_input_channel(self, req: Request) -> str:
        return self.name()

    def get_metadata(self, request: Request) -> None:
        """Take no metadata from outside."""


def never_silent(on_new_message: Handler) -> Handler:
    """Return a handler that says so when the turn failed or brought no reply."""

    async def handle(message: UserMessage) -> None:
        collected = message.output_channel
        message.output_channel = WholeMessages()
        message.output_channel.messages = collected.messages
        try:
            await on_new_message(message)
        except asyncio.CancelledError:  # Rasa would write the message's text into the log
            logger.warning("the caller went away before the answer")
        except Exception:  # Rasa would log it and answer an empty list
            logger.exception("turn failed")
        if collected.messages == []:
            await message.output_channel.send_text_message(message.sender_id, NO_REPLY)

    return handle


async def _check(request: Request) -> HTTPResponse | None:
    """Refuse what cannot be a message; leave sender and text in the request's context."""
    if request.method != "POST":
        return None
    if len(request.body) > MAX_BODY_BYTES:
        return _refuse(TOO_LARGE, 413)
    if request.args.get("stream", "false").lower() != "false":
        # A stream ends silently when a turn fails.
        return _refuse(NO_STREAM, 400)
    try:
        body = request.json
    except Exception:  # Sanic's InvalidUsage; a deep nesting is a RecursionError
        return _refuse(BAD_JSON, 400)
    if not isinstance(body, dict):
        return _refuse(BAD_JSON, 400)
    message, sender = body.get("message"), body.get("sender")
    if not isinstance(message, str):
        return _refuse(BAD_MESSAGE, 400)
    if len(message) > MAX_STORED_CHARACTERS:
        return _refuse(TOO_LARGE, 413)
    if sender is None:
        # Rasa would put all such callers into the conversation "default".
        sender = f"rest-{secrets.token_urlsafe(16)}"
    if not isinstance(sender, str) or not _SENDER.fullmatch(sender):
        return _refuse(BAD_SENDER, 400)
    request.ctx.sender = sender
    request.ctx.message = typed(clean(message))
    return None


def _refuse(sentence: str, status: int) -> HTTPResponse:
    return response.json({"error": sentence}, status=status, ensure_ascii=False)
