"""The same dialogues say the same on the website and on Telegram.

The dialogues are those of `tests/dialogues`, over one started assistant with both channels.
"""

import re
from typing import Any, NamedTuple

import pytest
import yaml

from bot.settings import ROOT, Settings
from tests.channels.pages import Page
from tests.channels.telegram.emulator import Emulator
from tests.channels.telegram.people import Person
from tests.channels.telegram.people import texts as said
from tests.servers import Server

pytestmark = [pytest.mark.model, pytest.mark.server]


def on_both(dialogue: dict[str, Any]) -> bool:
    """Tell whether both take each message as one: a slash is a command on Telegram, and the
    website refuses what is too long."""
    said = [str(turn.get("user", "")) for turn in dialogue["turns"]]
    return not any(text.startswith("/") or len(text) > Settings.max_message for text in said)


DIALOGUES = [
    pytest.param(dialogue, id=f"{name}: {dialogue['name']}")
    for name in ("faq", "sohbet", "akislar")
    for dialogue in yaml.safe_load((ROOT / f"tests/dialogues/{name}.yml").read_text("utf-8"))
    if on_both(dialogue)
]
#: The code of a question that went to the staff is another one each time.
REFERENCE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


class Shown(NamedTuple):
    """What people see of a turn, and that with the addresses behind it."""

    text: str
    whole: str
    titles: list[str]
    files: list[str]


class OnWeb:
    """A conversation on the website."""

    def __init__(self, server: Server) -> None:
        self.page = Page(server, f"http://127.0.0.1:{server.port}").begin()
        self.choices: list[dict[str, str]] = []

    def take(self, turn: dict[str, Any]) -> Shown:
        if "press" in turn:
            answer = self.page.press(self.choices[turn["press"] - 1]["choice"])
        else:
            answer = self.page.say(turn["user"])
        lines = answer.body["messages"]
        self.choices = [choice for line in lines for choice in line["choices"]]
        titles = [choice["title"] for choice in self.choices]
        files = [line["file"]["content"] for line in lines if "file" in line]
        text = "\n".join(line["text"] for line in lines)
        return Shown(text, text, titles, files)


class OnTelegram:
    """A conversation on Telegram."""

    def __init__(self, emulator: Emulator, server: Server) -> None:
        self.person = Person(emulator, server)
        self.buttons: list[Any] = []

    def take(self, turn: dict[str, Any]) -> Shown:
        if "press" in turn:
            sent = self.person.press_data(*self.buttons[turn["press"] - 1])
        else:
            sent = self.person.write(turn["user"])
        self.buttons = [(one, data) for one in sent for _, data in one.buttons]
        titles = [title for one in sent for title, _ in one.buttons]
        files = [one.parameters["document"]["content"].decode() for one in sent if not one.text]
        whole = said(sent) + "".join(str(one.parameters.get("text")) for one in sent)
        return Shown(said(sent), whole, titles, files)


def words(text: str) -> list[str]:
    """Return the words and marks of a text, without addresses, and without Markdown."""
    text = re.sub(r"\]\([^)]*\)", "]", REFERENCE.sub("KOD", text))
    return re.findall(r"\w+|[✓✗]", text)


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_a_dialogue_goes_the_same_way_on_both_channels(
    dialogue: dict[str, Any], server: Server, emulator: Emulator
) -> None:
    web, telegram = OnWeb(server), OnTelegram(emulator, server)
    for turn in dialogue["turns"]:
        on_web, on_telegram = web.take(turn), telegram.take(turn)
        assert words(on_telegram.text) == words(on_web.text), turn
        assert on_telegram.titles == on_web.titles
        assert on_telegram.files == on_web.files
        for shown in (on_web, on_telegram):
            assert [piece for piece in turn.get("has", []) if piece not in shown.whole] == []
            assert [piece for piece in turn.get("lacks", []) if piece in shown.whole] == []
