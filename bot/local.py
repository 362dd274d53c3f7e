"""The whole assistant in one process, without a server: for the command line and tests.

Understanding and dialogue are Rasa's, with the trained model; actions run by the
action server's own executor, called directly.
"""

import logging
import warnings
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor

from bot.channels.output import WholeMessages
from bot.channels.payloads import typed
from bot.processing import install
from bot.text.clean import clean


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the actions instead of a server."""

    def __init__(self) -> None:
        """Register the project's actions."""
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions.actions")

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action a request names and return its events and responses."""
        return await self._executor.run(kwargs["json"])


class LocalAssistant:
    """A loaded model with its conversations in memory."""

    def __init__(self, model: Path) -> None:
        """Load a model file."""
        # Rasa's structured log prints every turn at debug level until it is told not to.
        configure_structlog(logging.WARNING)
        install()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # third-party deprecations while loading
            self.agent = Agent.load(str(model), action_endpoint=InProcessActions())

    async def parse(self, text: str) -> dict[str, Any]:
        """Return what the model understands of a message, without a conversation."""
        return dict(await self.agent.parse_message(typed(clean(text))))

    async def say(self, text: str, sender: str = "local") -> list[dict[str, Any]]:
        """Return the replies to a message of a conversation, as a channel gets them."""
        channel = WholeMessages()
        await self.agent.handle_text(typed(clean(text)), output_channel=channel, sender_id=sender)
        return list(channel.messages)

    async def slots(self, sender: str = "local") -> dict[str, Any]:
        """Return what the assistant remembers of a conversation."""
        tracker = await self.agent.tracker_store.get_or_create_tracker(sender)
        return dict(tracker.current_slot_values())
