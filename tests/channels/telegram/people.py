"""People on Telegram who talk to a started assistant."""

import contextlib
import http.client
import itertools
import json
import sqlite3
from typing import Any

from tests.channels.telegram.emulator import SECRET_HEADER, Emulator, Sent
from tests.servers import Server, wait_for

WEBHOOK = "http://127.0.0.1:{port}/webhooks/telegram/webhook"
#: A group the assistant may answer in.
GROUP = -1001234
SECRET = "webhook-secret_of_more_than_32_characters"
#: What a file or the like looks like in a message.
MEDIA: dict[str, Any] = {
    "sticker": {
        "file_id": "a",
        "file_unique_id": "b",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "voice": {"file_id": "a", "file_unique_id": "b", "duration": 3},
    "photo": [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}],
    "location": {"latitude": 39.9, "longitude": 32.8},
    "document": {"file_id": "a", "file_unique_id": "b", "file_name": "etiket.pdf"},
    "contact": {"phone_number": "+905051112233", "first_name": "Ali"},
    "dice": {"emoji": "🎲", "value": 4},
}
_chats = itertools.count(1001)


def settings_of(emulator: Emulator, **more: str) -> dict[str, str]:
    """Return the settings of an assistant whose bot gets its updates by the webhook."""
    return {
        "BOT_TELEGRAM_TOKEN": emulator.token,
        "BOT_TELEGRAM_API": emulator.url,
        "BOT_TELEGRAM_WEBHOOK_URL": WEBHOOK,
        "BOT_TELEGRAM_SECRET": SECRET,
        **more,
    }


class Person:
    """Somebody in a chat with the bot, or a group with it."""

    def __init__(self, emulator: Emulator, server: Server, group: int = 0) -> None:
        self.emulator, self.server = emulator, server
        self.id = group or next(_chats)
        self.chat: dict[str, Any] = {"id": self.id, "type": "private", "first_name": "Ayşe"}
        if group:
            self.chat = {"id": group, "type": "supergroup", "title": "Öğretmenler"}

    def write(self, text: str, **more: Any) -> list[Sent]:
        """Write something; return what the bot sent until it was done with it."""
        return self.send(text=text, **more)

    def send(self, **content: Any) -> list[Sent]:
        """Send a message of any kind."""
        message = self.emulator.message(self.chat, **content)
        return self.hand_in(self.emulator.update(message=message))

    def press(self, title: str, message: Sent | None = None) -> list[Sent]:
        """Press a button by its title, under the latest message that has it."""
        where = message or next(
            sent for sent in reversed(self.got()) if title in [text for text, _ in sent.buttons]
        )
        return self.press_data(where, dict(where.buttons)[title])

    def press_data(self, message: Sent, data: str) -> list[Sent]:
        """Press a button that carries this."""
        query = self.emulator.query(message, self.chat, data)
        return self.hand_in(self.emulator.update(callback_query=query))

    def hand_in(self, update: dict[str, Any]) -> list[Sent]:
        """Give an update to the bot; return what it sent until it was done with it."""
        before = len(self.got())
        update_id = self.emulator.hand_in(update)
        wait_for(lambda: state_of(self.server, update_id) == "done", self.server.log, 0.01)
        return self.got()[before:]

    def got(self) -> list[Sent]:
        """Return all that the bot sent here."""
        return self.emulator.to(self.id)


def state_of(server: Server, update_id: int) -> str:
    """Return how far the assistant is with an update."""
    found = rows(server, "SELECT state FROM telegram_updates WHERE update_id = ?", update_id)
    return str(found[0][0]) if found else ""


def rows(server: Server, query: str, *values: Any) -> list[Any]:
    """Read from the assistant's database."""
    with contextlib.closing(sqlite3.connect(server.var_dir / "tracker.db")) as connection:
        try:
            return connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:  # not made yet
            return []


def texts(sent: list[Sent]) -> str:
    """Return the texts of messages."""
    return "\n".join(one.text for one in sent)


def post(server: Server, body: Any, secret: str | None) -> tuple[int, str]:
    """Send something to the webhook as anybody could; return status and sentence."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers[SECRET_HEADER] = secret.encode().decode("latin-1")
    connection.request("POST", "/webhooks/telegram/webhook", json.dumps(body), headers)
    reply = connection.getresponse()
    content = reply.read()
    connection.close()
    return reply.status, json.loads(content)["error"] if content else ""
