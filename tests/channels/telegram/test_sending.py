"""A reply of the staff is never on its way longer than the desk waits."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.channels.telegram import sending
from bot.channels.telegram.client import Client
from bot.channels.telegram.configuration import Configuration
from bot.channels.telegram.sending import DeliveryError, Sending
from bot.channels.telegram.updates import Updates
from bot.desk.door import TIMEOUT_SECONDS
from tests.channels.telegram.emulator import Emulator

CHAT = 7


def test_the_desk_hears_of_a_delivery_before_it_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sending.DELIVERY_SECONDS < TIMEOUT_SECONDS
    monkeypatch.setattr(sending, "DELIVERY_SECONDS", 0.2)
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'tracker.db'}")
    with Emulator() as emulator:
        client = Client(Configuration(emulator.token, emulator.url, "", "s" * 32, frozenset()))
        emulator.mute.add(CHAT)
        with pytest.raises(DeliveryError, match="no answer in time"):
            asyncio.run(Sending(client, Updates(engine, "one")).deliver(CHAT, "yanıt"))
        emulator.mute.clear()
    engine.dispose()
