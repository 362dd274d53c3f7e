"""Dialogues as files: what a teacher types, and what the reply must and must not hold.

A file is a list of dialogues: `name`, `turns`; a turn has `user`, and `has`/`lacks`
(pieces of the reply), `buttons` (pieces of their titles), `slots` (what is remembered
then). `press: 1` presses the first button of the reply before instead of typing.
"""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import clock
from bot.settings import Settings
from tests.conftest import Talk

#: The day on which the dialogues take place.
TODAY = datetime.date(2026, 11, 20)

KEYS = {"user", "press", "has", "lacks", "buttons", "slots"}
FILES = sorted(Path(__file__).parent.glob("*.yml"))
DIALOGUES = [
    pytest.param(dialogue, id=f"{path.stem}: {dialogue['name']}")
    for path in FILES
    for dialogue in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.model
@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_dialogue(talk: Talk, dialogue: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: Settings(today=TODAY))
    buttons: list[dict[str, str]] = []
    for turn in dialogue["turns"]:
        assert turn.keys() <= KEYS, turn
        text = buttons[turn["press"] - 1]["payload"] if "press" in turn else turn["user"]
        replies = talk.say(text)
        said = "\n".join(reply.get("text", "") for reply in replies)
        buttons = [button for reply in replies for button in reply.get("buttons", [])]
        titles = " | ".join(button["title"] for button in buttons)
        assert said, f"silence after: {text}"
        assert [piece for piece in turn.get("has", []) if piece not in said] == [], said
        assert [piece for piece in turn.get("lacks", []) if piece in said] == [], said
        assert [piece for piece in turn.get("buttons", []) if piece not in titles] == [], titles
        slots = talk.slots()
        for name, value in turn.get("slots", {}).items():
            kept = slots[name]
            if isinstance(value, dict) and isinstance(kept, dict):
                kept = {key: kept.get(key) for key in value}
            assert kept == value
