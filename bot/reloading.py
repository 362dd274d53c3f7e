"""A running Rasa process takes another model while it answers.

Rasa's own loads it in the event loop: for seconds nobody is answered, and who watches the
process ends it. It also opens the stores anew with each model, with connections of their own.
"""

import asyncio
import copy
import logging
from http import HTTPStatus
from typing import Any

import rasa.server
from rasa.core.agent import Agent
from rasa.exceptions import ModelNotFound
from sanic import Sanic

from bot.training import current_model

logger = logging.getLogger(__name__)


async def with_model(agent: Agent, model: str) -> Agent:
    """Return an agent with a model from a file and the stores of the one that answers.

    Raises:
        ModelNotFound: if the file is no model that can be loaded.
    """
    loaded = copy.copy(agent)
    try:
        await asyncio.to_thread(loaded.load_model, model)
    except Exception as error:
        logger.exception("%s cannot be loaded; the model in use stays", model)
        raise ModelNotFound(str(error)) from error
    return loaded


_rasas_own = rasa.server._load_agent  # noqa: SLF001


async def _load_agent(model_path: str | None = None, **others: Any) -> Agent:
    """Do what Rasa's API needs for a model that is asked for by its file."""
    agent = Sanic.get_app("rasa_server").ctx.agent
    if not agent.is_ready():  # its model was unloaded, and its stores with it
        return await _rasas_own(model_path, **others)
    try:
        return await with_model(agent, model_path or "")
    except ModelNotFound as error:
        raise rasa.server.ErrorResponse(
            HTTPStatus.BAD_REQUEST, "BadRequest", f"“{model_path}” could not be loaded"
        ) from error


async def catch_up(app: Sanic, *_: Any) -> None:
    """Take the model that went into use while this process was starting.

    Until it listened, nobody could give it that one.
    """
    agent, model = getattr(app.ctx, "agent", None), current_model()
    if agent is None or not agent.is_ready() or model is None or agent.model_name == model.name:
        return
    try:
        app.ctx.agent = await with_model(agent, str(model))
    except ModelNotFound:
        return


def install() -> None:
    """Let Rasa's API use ours: it has no setting for this."""
    rasa.server._load_agent = _load_agent  # noqa: SLF001
