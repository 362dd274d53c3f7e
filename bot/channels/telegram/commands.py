"""The commands of the bot, and the menus of topics."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.channels.telegram import texts
from bot.channels.telegram.outgoing import Outgoing, message_of
from bot.channels.turns import Said
from bot.knowledge import Entry, FlowTitle, KnowledgeBase
from bot.text.fold import fold

#: What the buttons of the menus carry, before the id of a chapter, of an entry or a flow.
TOPIC = "k:"
ENTRY = "e:"
#: The answers to "shall I delete it".
FORGET_YES = "s:evet"
FORGET_NO = "s:vazgec"
_FLOWS = "akis"
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w{1,64}))?(?:\s+.*)?", re.DOTALL)
_ALIASES = {"help": "yardim", "cancel": "iptal", "stop": "iptal", "delete": "sil"}


class Command(NamedTuple):
    """A command: what Telegram's menu says of it, and what it means to the assistant.

    One without a meaning is the channel's own.
    """

    name: str
    description: str
    intent: str = ""
    flow: str = ""

    def said(self, typed: str) -> Said:
        """Return the message it is for the assistant, as it was typed."""
        return Said(typed, meaning(typed, self.intent, self.flow))


COMMANDS = (
    Command("start", "Karşılama: ne sorabilirsiniz", "selamlama"),
    Command("konular", "Hazır konu başlıkları"),
    Command("esep", "ESEP'e adım adım geçiş", "akis", "akis-esep"),
    Command("koordinator", "İl koordinatörünüze ulaşma", "akis", "akis-koordinator"),
    Command("yardim", "Nasıl soru sorulur, hangi komutlar var", "yardim"),
    Command("iptal", "Yarım kalan işlemi bırakır", "iptal"),
    Command("gizlilik", "Neler saklanır, nasıl silinir"),
    Command("sil", "Bu konuşmayı siler"),
)
_BY_NAME = {command.name: command for command in COMMANDS}


class Called(NamedTuple):
    """A command somebody typed; None stands for one that does not exist."""

    command: Command | None
    to: str


def called(text: str) -> Called | None:
    """Return the command a message calls, and the bot it names; None if it is text.

    >>> called("/Yardım").command.name, called("/sil@bir_bot").to, called("yardım")
    ('yardim', 'bir_bot', None)
    """
    match = _COMMAND.fullmatch(text)
    if match is None:
        return None
    name = fold(match[1])
    return Called(_BY_NAME.get(_ALIASES.get(name, name)), match[2] or "")


def meaning(text: str, intent: str, entry: str = "") -> dict[str, Any]:
    """Return what Rasa would understand of a press: an intent, and an entry's or flow's id."""
    found = {"name": intent, "confidence": 1.0}
    entities = [{"entity": "entry", "value": entry}] if entry else []
    return {"text": text, "intent": found, "intent_ranking": [found], "entities": entities}


def commands_text() -> str:
    """Return the commands as a list."""
    lines = [f"- /{command.name}: {command.description}" for command in COMMANDS]
    return "\n".join([texts.COMMANDS_HEADING, "", *lines])


def chapter_of(entry_id: str) -> str:
    """Return the chapter of an entry.

    >>> chapter_of("okul-etiketi-02")
    'okul-etiketi'
    """
    return entry_id.rpartition("-")[0]


def topics(base: KnowledgeBase) -> list[Outgoing]:
    """Return the menu of chapters; a chapter of one entry opens it at once."""
    buttons = [(texts.FLOWS_TOPIC, TOPIC + _FLOWS)]
    for chapter, title in texts.TOPICS.items():
        ids = _entries(base, chapter)
        buttons.append((title, ENTRY + ids[0].id if len(ids) == 1 else TOPIC + chapter))
    return message_of(texts.TOPICS_HEADING, buttons)


def topic(base: KnowledgeBase, chapter: str) -> list[Outgoing]:
    """Return the menu of a chapter's titles, nothing for a chapter that is gone."""
    name = texts.FLOWS_TOPIC if chapter == _FLOWS else texts.TOPICS.get(chapter)
    listed: Sequence[Entry | FlowTitle] = _entries(base, chapter)
    if chapter == _FLOWS:
        listed = tuple(base.flows.values())
    if not name or not listed:
        return []
    buttons = [(one.title, ENTRY + one.id) for one in listed]
    return message_of(texts.TOPIC_HEADING.format(topic=name), buttons)


def entry_said(base: KnowledgeBase, key: str) -> Said | None:
    """Return the message that opens an entry or a flow of a menu; None if it is gone."""
    found: Entry | FlowTitle | None = base.entries.get(key) or base.flows.get(key)
    if found is None:
        return None
    intent = "akis" if isinstance(found, FlowTitle) else "faq"
    return Said(found.title, meaning(found.title, intent, key))


def _entries(base: KnowledgeBase, chapter: str) -> list[Entry]:
    return [entry for key, entry in base.entries.items() if chapter_of(key) == chapter]
