"""Many people at once while things go wrong: each is answered once, in order.

Updates over 20 chats: every fifth comes again, neighbours change places, every ninth message
is one too many for Telegram, and in the middle the Rasa server is killed.
"""

import asyncio
import json
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import texts
from bot.channels.telegram.worker import CHATS_AT_ONCE
from bot.channels.transcript import answer_to, transcript_of
from tests.channels.telegram.emulator import Emulator, flood
from tests.channels.telegram.people import MEDIA, rows, settings_of
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]

CHATS = 20
#: How many updates come; the whole drill is DRILL=500.
UPDATES = int(os.environ.get("DRILL", "120"))
FIRST_CHAT = 5000
AT_ONCE = 8
WINDOW = 12
#: What people send in turn: half of it goes to the assistant, half the channel answers.
CONTENTS: list[dict[str, Any]] = [
    {"text": "merhaba"},
    {"sticker": MEDIA["sticker"]},
    {"text": "teşekkürler"},
    {"text": "/gizlilik"},
    {"text": "bot musun yoksa insan mı"},
    {"voice": MEDIA["voice"]},
    {"text": "sertifikada eski okulum yazıyor"},
    {"location": MEDIA["location"]},
    {"text": "neler yapabiliyorsun"},
]


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def server(model: Path, emulator: Emulator, tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path, **settings_of(emulator)) as server:
        yield server


def updates(emulator: Emulator, generator: random.Random) -> list[dict[str, Any]]:
    """Return the updates in the order of their ids; each chat asks in its own order."""
    chats = [number % CHATS for number in range(UPDATES)]
    generator.shuffle(chats)
    asked = dict.fromkeys(range(CHATS), 0)
    found = []
    for chat in chats:
        content = CONTENTS[(asked[chat] + chat) % len(CONTENTS)]
        asked[chat] += 1
        where = {"id": FIRST_CHAT + chat, "type": "private", "first_name": "Ayşe"}
        found.append(emulator.update(message=emulator.message(where, **content)))
    return found


def on_the_way(ordered: list[Any], generator: random.Random) -> list[Any]:
    """Return the updates as they arrive: neighbours swapped, every fifth twice."""
    repeated = [update for update in ordered for _ in range(1 + (update["update_id"] % 5 == 0))]
    places = [(number + generator.uniform(0, WINDOW), number) for number in range(len(repeated))]
    return [repeated[number] for _, number in sorted(places)]


async def deliver(emulator: Emulator, arriving: list[Any], middle: asyncio.Event) -> None:
    """Send the updates, several at a time; what is not taken is sent again, as Telegram does."""
    waiting = iter(enumerate(arriving))

    async def connection() -> None:
        for number, update in waiting:
            if number == len(arriving) // 2:
                middle.set()
            while await emulator.post(update) != 200:
                await asyncio.sleep(0.1)

    await asyncio.gather(*(connection() for _ in range(AT_ONCE)))


def test_each_update_is_answered_once_and_in_order(emulator: Emulator, server: Server) -> None:
    generator = random.Random(20)
    ordered = updates(emulator, generator)
    emulator.trouble = flood(every=9, seconds=1)
    middle = asyncio.Event()
    sending = asyncio.run_coroutine_threadsafe(
        deliver(emulator, on_the_way(ordered, generator), middle), emulator._loop
    )
    wait_for(lambda: middle.is_set() and len(emulator.sent) > UPDATES // 4, server.log, 0.01)
    # All that Telegram took is recorded at this moment, for all have their next message in
    # hand. What it takes and nobody lives to record is sent twice: `test_telegram` shows it.
    emulator.open.clear()
    wait_for(lambda: emulator.held == CHATS_AT_ONCE, server.log, 0.01)
    old = server.children()["rasa"]
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: server.children().get("rasa", old) != old, server.said)
    emulator.open.set()
    sending.result(60)
    done = "SELECT COUNT(*) FROM telegram_updates WHERE state = 'done'"
    for part in range(5, 0, -1):  # it may take its time, but it must go on
        wait_for(lambda part=part: rows(server, done)[0][0] >= UPDATES // part, server.log)
    for chat in range(FIRST_CHAT, FIRST_CHAT + CHATS):
        mine = [update for update in ordered if update["message"]["chat"]["id"] == chat]
        hold_to(emulator, server, chat, mine)
    assert emulator.violations == []


def hold_to(emulator: Emulator, server: Server, chat: int, mine: list[Any]) -> None:
    """Each message of a chat was taken once, in order, and what was said was sent once."""
    query = "SELECT data FROM events WHERE sender_id = ? ORDER BY id"
    stored = [json.loads(data) for (data,) in rows(server, query, f"telegram-{chat}")]
    lines = transcript_of(stored).lines
    said = [sent.text[:20] for sent in emulator.to(chat)]
    for update in mine:
        answer = answer_to(lines, f"telegram-{update['update_id']}")
        wanted = [line["text"].replace("*", "")[:20] for line in answer or []]
        (media,) = [name for name in MEDIA if name in update["message"]] or [""]
        if answer is None:
            wanted = [texts.MEDIA[media][:20] if media else "Neler saklanır, nasıl "[:20]]
        assert said[: len(wanted)] == wanted
        said = said[len(wanted) :]
    assert said == []
    asked = [line["text"] for line in lines if line["author"] == "user"]
    assert asked == [
        text for update in mine if not (text := update["message"].get("text", "/")).startswith("/")
    ]
