"""The trained model and an assistant around it, made once for a run."""

import asyncio
import importlib.util
import os
import warnings
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from bot.knowledge import KnowledgeBase, load
from bot.settings import ROOT
from bot.training import current_model, train

#: TensorFlow is here (`TENSORFLOW=1`): it prints notices of its own when imported.
FULL = importlib.util.find_spec("tensorflow_estimator") is not None
_conversations = count()
#: What the tests start asks no site of the world, whatever the hour.
os.environ["BOT_CHECK_LINKS"] = "hayır"
# How long an example takes says nothing on a machine that is busy.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


class Talk:
    """An assistant for tests: plain calls, one conversation after another."""

    def __init__(self, model: Path) -> None:
        from bot.local import LocalAssistant

        self._loop = asyncio.new_event_loop()
        self._assistant = LocalAssistant(model)
        self._sender = ""
        self.start()

    def start(self) -> None:
        """Begin a new conversation."""
        self._sender = f"test-{next(_conversations)}"

    def say(self, text: str) -> list[dict[str, Any]]:
        """Return the replies to a message of the conversation."""
        return self._loop.run_until_complete(self._assistant.say(text, self._sender))

    def parse(self, text: str) -> dict[str, Any]:
        """Return what the model understands."""
        return self._loop.run_until_complete(self._assistant.parse(text))

    def slots(self) -> dict[str, Any]:
        """Return what the assistant remembers."""
        return self._loop.run_until_complete(self._assistant.slots(self._sender))

    def run(self, coroutine: Any) -> Any:
        """Run a coroutine beside the assistant."""
        return self._loop.run_until_complete(coroutine)

    @property
    def assistant(self) -> Any:
        """The assistant itself."""
        return self._assistant


@pytest.fixture(scope="session")
def model() -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's own while it trains
        return current_model() or train()


@pytest.fixture(scope="session")
def _talk(model: Path) -> Talk:
    return Talk(model)


@pytest.fixture
def talk(_talk: Talk) -> Talk:
    _talk.start()
    return _talk


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load(ROOT / "knowledge")
