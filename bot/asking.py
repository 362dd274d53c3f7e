"""Ask one question or chat at a terminal, with the whole assistant in this process."""

import asyncio
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

from actions.messages import HELPFUL_QUESTION
from bot.evaluation import decision_of
from bot.knowledge import KnowledgeBase, current
from bot.knowledge.rendering import plain
from bot.local import LocalAssistant
from bot.nlu.labels import OOS, public_id
from bot.nlu.linear import LinearModel
from bot.settings import settings
from bot.text.fold import fold

#: So many of the likeliest ids are shown.
SHOWN = 5
LEAVE = {"cik", "exit", "quit"}
PROMPT = "siz> "


@dataclass(frozen=True)
class Asked:
    """What one question brought.

    `outcome` is answer, offer or hand_over; `ids` the entry or intent answered or the
    entries offered; `scores` the five likeliest ids with their probabilities; `sources`
    the documents, places and dates behind an answer. For a flow: its id, the facts
    understood, the fact asked for next, and the verdict as it stands. `words` and
    `phrases` are what decided for the likeliest id: words with their share of its lead
    over the next, training phrases with their id and likeness (0 to 1).
    """

    text: str
    outcome: str
    ids: tuple[str, ...]
    scores: dict[str, float]
    off_topic: float
    answer: str
    sources: tuple[dict[str, str], ...]
    flow: str | None = None
    facts: dict[str, Any] | None = None
    asked: str | None = None
    verdict: dict[str, Any] | None = None
    words: tuple[tuple[str, float], ...] = ()
    phrases: tuple[dict[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the result as JSON values."""
        return asdict(self)

    def __str__(self) -> str:
        """Return the reply as a terminal shows it."""
        return plain(self.answer)


async def ask(assistant: LocalAssistant, text: str, explainer: LinearModel | None = None) -> Asked:
    """Ask one question in a conversation of its own; `explainer` adds the evidence."""
    decision = decision_of(await assistant.parse(text))
    evidence = _evidence(explainer, text, decision) if explainer else {}
    replies = await assistant.say(text)
    state = (await assistant.slots()).get("flow") or {}
    texts = [reply["text"] for reply in replies if reply.get("text")]
    labels = [decision["label"]] if decision["label"] else decision["options"]
    if decision.get("also"):
        labels.append(decision["also"])
    ids = tuple(public_id(label) for label in labels)
    return Asked(
        text=text,
        outcome=decision["outcome"],
        ids=ids,
        scores={public_id(label): score for label, score in decision["ranking"][:SHOWN]},
        off_topic=decision["off_topic"],
        answer="\n\n".join(text for text in texts if text != HELPFUL_QUESTION),
        sources=tuple(_sources(current(), ids)),
        flow=state.get("flow"),
        facts=state.get("facts"),
        asked=state.get("asked"),
        verdict=state.get("verdict"),
        **evidence,
    )


def _evidence(
    explainer: LinearModel, text: str, decision: dict[str, Any]
) -> dict[str, tuple[Any, ...]]:
    """Return the words and phrases that decided for the likeliest label."""
    likeliest = OOS if decision["off_topic"] > 0.5 else None
    for label, _ in decision["ranking"][:1]:
        likeliest = likeliest or label
    if likeliest not in explainer.labels:
        return {}  # a bare number, an empty message: no phrase decided
    words, phrases = explainer.evidence(text, likeliest)
    return {
        "words": tuple((word, round(share, 3)) for word, share in words),
        "phrases": tuple(
            {"text": phrase, "id": public_id(label), "likeness": round(likeness, 3)}
            for phrase, label, likeness in phrases
        ),
    }


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
            print("\n" + shown(reply))
            for button in reply.get("buttons") or []:
                choices.append(button["payload"])
                print(f"   [#{len(choices)}] {button['title']}")
        print()


def shown(reply: dict[str, Any]) -> str:
    """Return a reply as a terminal shows it; a file is put into the run's folder."""
    file = (reply.get("custom") or {}).get("file")
    if file:
        path = settings().var_dir / Path(file["name"]).name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["content"], encoding="utf-8", newline="")
        return f"Dosya: {path}"
    return plain(reply.get("text") or json.dumps(reply, ensure_ascii=False))


class DialogueError(ValueError):
    """A file of dialogues cannot be read; the message names file and line."""


def read_dialogues(path: Path) -> list[dict[str, Any]]:
    """Read dialogues as JSON lines: `{"name", "turns": [{"user", "must"?}]}`.

    Raises:
        DialogueError: for a missing file or a line of another shape.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DialogueError(f"{path}: okunamıyor ({error})") from error
    dialogues = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            turns = data["turns"]
            whole = isinstance(data["name"], str) and isinstance(turns, list) and turns
            if not whole or not all(isinstance(turn["user"], str) for turn in turns):
                raise TypeError
        except (ValueError, KeyError, TypeError) as error:
            shape = '{"name": "…", "turns": [{"user": "…", "must": "…"}]}'
            raise DialogueError(f"{path}:{number}: satır {shape} biçiminde olmalı") from error
        dialogues.append(data)
    if not dialogues:
        raise DialogueError(f"{path}: hiç konuşma yok")
    return dialogues


async def replay(assistant: LocalAssistant, dialogues: list[dict[str, Any]]) -> None:
    """Play dialogues, each in a conversation of its own, and print what must be beside."""
    for number, dialogue in enumerate(dialogues, 1):
        print(f"=== {number}. {dialogue['name']}")
        for turn in dialogue["turns"]:
            replies = await assistant.say(turn["user"], sender=f"replay-{number}")
            print(f"{PROMPT}{turn['user']}")
            for reply in replies:
                print(indent(shown(reply), "  | "))
                titles = [button["title"] for button in reply.get("buttons") or []]
                if titles:
                    print(f"  | [{'] ['.join(titles)}]")
            if turn.get("must"):
                must = turn["must"]
                wanted = must if isinstance(must, str) else json.dumps(must, ensure_ascii=False)
                print(f"  ? olmalı: {wanted}")
        print()
