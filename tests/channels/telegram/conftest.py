"""One emulated Telegram and one started assistant for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.telegram.emulator import Emulator
from tests.channels.telegram.people import GROUP, Person, settings_of
from tests.channels.test_staff import SECRET as STAFF_SECRET
from tests.channels.test_staff import Desk
from tests.dialogues.test_dialogues import TODAY
from tests.servers import Server


@pytest.fixture(scope="session")
def _emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="session")
def server(
    model: Path, _emulator: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    settings = settings_of(
        _emulator,
        BOT_TELEGRAM_GROUPS=f"{GROUP}, -5",
        BOT_STAFF_SECRET=STAFF_SECRET,
        BOT_KEEP_DAYS="90",
        BOT_TODAY=TODAY.isoformat(),
        BOT_WEB_PER_MINUTE="600",
        BOT_WEB_PER_ADDRESS="6000",
    )
    with Server(tmp_path_factory.mktemp("telegram"), **settings) as server:
        yield server
    assert _emulator.token not in server.said() + server.log()


@pytest.fixture
def emulator(_emulator: Emulator) -> Iterator[Emulator]:
    """Telegram without trouble; at the end it has seen nothing the Bot API refuses."""
    yield _emulator
    _emulator.trouble = lambda method, chat: None
    _emulator.blocked.clear()
    _emulator.mute.clear()
    _emulator.unreadable.clear()
    _emulator.open.set()
    found, _emulator.violations = _emulator.violations, []
    assert found == []


@pytest.fixture
def person(emulator: Emulator, server: Server) -> Person:
    return Person(emulator, server)


@pytest.fixture
def desk(server: Server) -> Desk:
    return Desk(server)
