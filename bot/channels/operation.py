"""What watches the assistant asks a Rasa process: `/saglik`, `/hazir` and `/metrics`.

For inside only: the server in front passes none of them on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.channels.channel import InputChannel
from rasa.core.tracker_store import SQLTrackerStore
from redis.asyncio import Redis
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversations import plain_store
from bot.channels.http import as_json, at_the_root
from bot.reloading import catch_up
from bot.settings import settings

logger = logging.getLogger(__name__)

PROBE_SECONDS = 2
ALIVE, READY, METRICS = "/saglik", "/hazir", "/metrics"


class OperationInput(InputChannel):
    """Not a channel people talk through; Rasa gives routes to channels only."""

    @classmethod
    def name(cls) -> str:
        """Return the name Rasa registers the routes under."""
        return "operation"

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return routes that stand at the server's root."""
        routes = Blueprint("operation_channel")
        at_the_root(routes, _answer)
        routes.listener("after_server_start")(catch_up)
        return routes


async def _answer(request: Request) -> HTTPResponse | None:
    if request.method not in {"GET", "HEAD"}:
        return None
    if request.path == ALIVE:
        return response.text("ok")
    if request.path == METRICS:
        return response.raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)
    if request.path == READY:
        missing = await missing_parts(getattr(request.app.ctx, "agent", None))
        return as_json({"ready": not missing, "missing": missing}, 503 if missing else 200)
    return None


async def missing_parts(agent: Any) -> list[str]:
    """Return the parts without which no message can be answered: asked, not remembered."""
    probes: dict[str, Callable[[Any], Awaitable[None]]] = {
        "model": _model,
        "database": _database,
        "actions": _actions,
    }
    if settings().redis_url:
        probes["redis"] = _redis
    asked = [asyncio.wait_for(probe(agent), PROBE_SECONDS) for probe in probes.values()]
    found = await asyncio.gather(*asked, return_exceptions=True)
    missing = []
    for name, outcome in zip(probes, found, strict=True):
        if isinstance(outcome, BaseException):
            logger.warning("not ready: %s (%s)", name, type(outcome).__name__)
            missing.append(name)
    return missing


async def _model(agent: Any) -> None:
    if agent is None or not agent.is_ready():
        raise LookupError("no model")


async def _database(agent: Any) -> None:
    store = plain_store(agent) if agent else None
    if isinstance(store, SQLTrackerStore):
        await asyncio.to_thread(_ask, store)


def _ask(store: SQLTrackerStore) -> None:
    with store.engine.connect() as connection:
        connection.execute(sa.select(1))


async def _redis(agent: Any) -> None:
    async with Redis.from_url(settings().redis_url, socket_connect_timeout=1) as redis:
        await redis.ping()


async def _actions(agent: Any) -> None:
    address = urlsplit(settings().actions_address)._replace(path="/health").geturl()
    async with aiohttp.ClientSession() as session, session.get(address) as reply:
        reply.raise_for_status()
