"""Ask one question or chat at a terminal, with the whole assistant in this process."""

import asyncio
import json
from dataclasses import asdict, dataclass
from typing import Any

from actions.messages import HELPFUL_QUESTION
from bot.evaluation import decision_of, public_id
from bot.knowledge import KnowledgeBase, load
from bot.knowledge.rendering import plain
from bot.local import LocalAssistant
from bot.settings import settings
from bot.text.fold import fold

LEAVE = {"cik", "exit", "quit"}
PROMPT = "siz> "


@dataclass(frozen=True)
class Asked:
    """What one question brought.

    `outcome` is answer, offer or hand_over; `ids` the entry or intent answered or the
    entries offered; `scores` the five likeliest ids with their probabilities; `sources`
    the documents, places and dates behind an answer.
    """

    text: str
    outcome: str
    ids: tuple[str, ...]
    scores: dict[str, float]
    off_topic: float
    answer: str
    sources: tuple[dict[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the result as JSON values."""
        return asdict(self)

    def __str__(self) -> str:
        """Return the reply as a terminal shows it."""
        return plain(self.answer)


async def ask(assistant: LocalAssistant, text: str) -> Asked:
    """Ask one question in a conversation of its own."""
    decision = decision_of(await assistant.parse(text))
    replies = await assistant.say(text)
    texts = [reply["text"] for reply in replies if reply.get("text")]
    labels = [decision["label"]] if decision["label"] else decision["options"]
    ids = tuple(public_id(label) for label in labels)
    return Asked(
        text=text,
        outcome=decision["outcome"],
        ids=ids,
        scores={public_id(label): score for label, score in decision["ranking"]},
        off_topic=decision["off_topic"],
        answer="\n\n".join(text for text in texts if text != HELPFUL_QUESTION),
        sources=tuple(_sources(load(settings().knowledge_dir), ids)),
    )


def _sources(base: KnowledgeBase, ids: tuple[str, ...]) -> list[dict[str, str]]:
    if len(ids) != 1 or ids[0] not in base.entries:
        return []
    entry = base.entries[ids[0]]
    newer = base.entries[entry.newer].sources if entry.newer else ()
    return [
        {
            "document": source.document,
            "title": base.documents[source.document].title,
            "place": source.place,
            "date": base.date_of(source).iso(),
        }
        for source in (*newer, *entry.sources)
    ]


async def chat(assistant: LocalAssistant) -> None:
    """Talk at a terminal until the person leaves; `#2` presses the second button shown."""
    print("Sorunuzu yazın. Bir düğmeye basmak için #2 gibi yazın, çıkmak için “çık”.")
    choices: list[str] = []
    while True:
        try:
            text = (await asyncio.to_thread(input, PROMPT)).strip()
        except EOFError:
            return
        if fold(text) in LEAVE:
            return
        if text.startswith("#") and text[1:].isdecimal() and 0 < int(text[1:]) <= len(choices):
            text = choices[int(text[1:]) - 1]
        replies = await assistant.say(text)
        choices = []
        for reply in replies:
            print("\n" + plain(reply.get("text") or json.dumps(reply, ensure_ascii=False)))
            for button in reply.get("buttons") or []:
                choices.append(button["payload"])
                print(f"   [#{len(choices)}] {button['title']}")
        print()
