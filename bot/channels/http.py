"""What the channels' routes have in common: refusals, bodies, names, the assistant."""

import logging
from collections.abc import Callable
from typing import Any

from rasa.core.lock_store import LockError
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.stores.tracker import StaleTrackerError

logger = logging.getLogger(__name__)

BAD_JSON = "Gövde bir JSON nesnesi olmalı"
UNAVAILABLE = "Şu anda yanıt veremiyorum; sorun bende. Birkaç saniye sonra yeniden deneyin."
#: What a database or a Redis that is away raises, under or beside a turn.
AWAY = (LockError, SQLAlchemyError, StaleTrackerError)
STARTING = "Asistan açılıyor. Birkaç saniye sonra yeniden deneyin."


class RefusedError(Exception):
    """A request that is not taken: a sentence for the person, and an HTTP status."""

    def __init__(self, sentence: str, status: int, **headers: str) -> None:
        """Hold what the caller gets."""
        super().__init__(sentence)
        self.sentence, self.status, self.headers = sentence, status, headers


async def refuse(request: Request, error: RefusedError) -> HTTPResponse:
    """Answer a refusal as JSON."""
    return as_json({"error": error.sentence}, error.status, error.headers)


async def put_off(request: Request, error: Exception) -> HTTPResponse:
    """Answer what failed because a part is away: nothing is stored, it may be sent again."""
    logger.warning("%s put off: %s", request.path, error)
    return as_json({"error": UNAVAILABLE}, 503, {"Retry-After": "2"})


def guard(routes: Blueprint) -> None:
    """Let routes answer refusals and parts that are away with a sentence."""
    routes.exception(RefusedError)(refuse)
    routes.exception(*AWAY)(put_off)


def at_the_root(routes: Blueprint, answer: Callable[..., Any]) -> None:
    """Let a middleware answer paths at the server's root, where a channel has no routes.

    Rasa holds "/" with a line of its own; a middleware comes before it.
    """

    async def register(app: Any, loop: Any) -> None:
        app.register_middleware(answer, "request")

    routes.listener("before_server_start")(register)


def as_json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> HTTPResponse:
    """Return a JSON answer with Turkish letters as they are."""
    return response.json(body, status, headers, ensure_ascii=False)


def free(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function for a bound method: Sanic writes attributes on its handlers."""

    async def handle(*arguments: Any, **named: Any) -> Any:
        return await method(*arguments, **named)

    return handle


def route_name(method: str, path: str) -> str:
    """Return a name for a route that no other has."""
    return f"{method.lower()}{path.replace('/', '_')}"


def json_object(request: Request) -> dict[str, Any]:
    """Return the body's JSON object.

    Raises:
        RefusedError: if it is none.
    """
    try:
        body = request.json
    except Exception as error:  # Sanic's own, or a RecursionError
        raise RefusedError(BAD_JSON, 400) from error
    if not isinstance(body, dict):
        raise RefusedError(BAD_JSON, 400)
    return body


def agent_of(request: Request) -> Any:
    """Return the loaded assistant.

    Raises:
        RefusedError: while it starts.
    """
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise RefusedError(STARTING, 503, **{"Retry-After": "5"})
    return agent
