"""The staff's door: replies, taking over and giving back, forgetting.

The triage desk calls it from the same machine or network, with the secret both share; no
proxy lets it through. A reply is stored in the conversation first and then handed to the
channel the conversation came by, which says what became of it.
"""

import asyncio
import hmac
import logging
import re
from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.shared.core.events import BotUttered, ConversationPaused, ConversationResumed, Event
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversations import append, forget
from bot.channels.http import RefusedError, agent_of, as_json, free, guard, json_object, route_name
from bot.channels.transcript import STAFF
from bot.secret import staff_secret
from bot.text.clean import clean

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 10_000
#: What a channel may say of a reply; a channel without `deliver` keeps it for later.
STORED = "stored"
FAILED = "failed"
_ID = re.compile(r"[\w-]{8,64}")
_CONVERSATION = re.compile(r"[\w.:@+-]{1,128}")

NO_SECRET = "Bu kapı yalnızca destek masasına açıktır"  # noqa: S105 - a sentence
BAD_ID = "“id” 8-64 karakter olmalı; harf, rakam, - ve _ içerebilir"
BAD_CONVERSATION = "“conversation” bir konuşmanın kimliği olmalı"
BAD_TEXT = f"“text” 1-{MAX_CHARACTERS} karakterlik bir metin olmalı"
NO_CONVERSATION = "Böyle bir konuşma yok; silinmiş olabilir"

JOINED = "Bir görevli konuşmaya katıldı. Yazdıklarınızı artık görevli yanıtlayacak."
LEFT = "Görevli konuşmadan ayrıldı. Sorularınızı yeniden ben yanıtlıyorum."


class StaffInput(InputChannel):
    """`/webhooks/staff/…`: what the desk does in a conversation."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, part of its address."""
        return "staff"

    def __init__(self) -> None:
        """Read the secret."""
        self._secret = staff_secret().encode()

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the routes; every one wants the secret."""
        routes = Blueprint("staff_channel")
        guard(routes)
        routes.middleware(free(self._check), "request")
        for path, handler in (
            ("/replies", self._reply),
            ("/pause", self._pause),
            ("/resume", self._resume),
            ("/forget", self._forget),
        ):
            routes.add_route(free(handler), path, methods=["POST"], name=route_name("post", path))
        return routes

    async def _check(self, request: Request) -> None:
        given = (request.token or "").encode()
        if not hmac.compare_digest(given, self._secret):
            raise RefusedError(NO_SECRET, 401)

    async def _reply(self, request: Request) -> HTTPResponse:
        """Store a reply once and deliver it; a repeated id is delivered again, not stored."""
        agent, body = agent_of(request), json_object(request)
        reply_id, text = body.get("id"), body.get("text")
        if not isinstance(reply_id, str) or not _ID.fullmatch(reply_id):
            raise RefusedError(BAD_ID, 400)
        text = clean(text).strip() if isinstance(text, str) else ""
        if not 0 < len(text) <= MAX_CHARACTERS:
            raise RefusedError(BAD_TEXT, 400)
        conversation = _conversation(body)
        async with agent.lock_store.lock(conversation):
            tracker = await _tracker(agent, conversation)
            if not await _said(agent, conversation, reply_id):
                await append(agent, tracker, [_from_staff(text, reply=reply_id)])
        return as_json({"delivery": await _deliver(request, tracker, text)})

    async def _pause(self, request: Request) -> HTTPResponse:
        return await self._switch(request, ConversationPaused(), JOINED)

    async def _resume(self, request: Request) -> HTTPResponse:
        return await self._switch(request, ConversationResumed(), LEFT)

    async def _switch(self, request: Request, event: Event, text: str) -> HTTPResponse:
        """Silence the assistant in a conversation, or let it speak again, and say so."""
        agent = agent_of(request)
        conversation = _conversation(json_object(request))
        async with agent.lock_store.lock(conversation):
            tracker = await _tracker(agent, conversation)
            if tracker.is_paused() is isinstance(event, ConversationPaused):
                return as_json({"delivery": STORED})
            await append(agent, tracker, [event, _from_staff(text)])
        return as_json({"delivery": await _deliver(request, tracker, text, notice=True)})

    async def _forget(self, request: Request) -> HTTPResponse:
        agent = agent_of(request)
        conversation = _conversation(json_object(request))
        async with agent.lock_store.lock(conversation):
            await asyncio.to_thread(forget, agent, conversation)
        for channel in request.app.ctx.input_channels:
            if hasattr(channel, "forget"):
                await channel.forget(agent, conversation)
        return response.empty(204)


def _conversation(body: dict[str, Any]) -> str:
    conversation = body.get("conversation")
    if not isinstance(conversation, str) or not _CONVERSATION.fullmatch(conversation):
        raise RefusedError(BAD_CONVERSATION, 400)
    return conversation


def _from_staff(text: str, **more: str) -> BotUttered:
    return BotUttered(text, metadata={"author": STAFF, **more})


async def _tracker(agent: Any, conversation: str) -> DialogueStateTracker:
    tracker: DialogueStateTracker | None = await agent.tracker_store.retrieve(conversation)
    if tracker is None:
        raise RefusedError(NO_CONVERSATION, 404)
    return tracker


async def _said(agent: Any, conversation: str, reply_id: str) -> bool:
    tracker = await agent.tracker_store.retrieve_full_tracker(conversation)
    return any(event.metadata.get("reply") == reply_id for event in tracker.events)


async def _deliver(
    request: Request, tracker: DialogueStateTracker, text: str, *, notice: bool = False
) -> str:
    """Hand a text to the conversation's own channel; return what became of it.

    A notice says who answers from now on; it is no answer itself.
    """
    name = tracker.get_latest_input_channel()
    for channel in request.app.ctx.input_channels:
        if channel.name() == name and hasattr(channel, "deliver"):
            try:
                agent, conversation = agent_of(request), tracker.sender_id
                return str(await channel.deliver(agent, conversation, text, notice=notice))
            except Exception:  # stored all the same: the desk shows it and may try again
                logger.exception("a staff reply could not be delivered by %s", name)
                return FAILED
    return STORED
