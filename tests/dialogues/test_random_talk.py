"""Conversations put together at random: never silence, never a stale title, never a crash."""

import json
from pathlib import Path
from random import Random

import pytest

from actions.messages import ENTRY_GONE
from bot.evaluation import read_rows
from bot.settings import ROOT
from tests.conftest import Talk

CASES = Path(__file__).parents[1] / "actions" / "flows" / "cases_dev.jsonl"
TURNS = 7


def messages() -> list[str]:
    """Return questions, cases, answers to what is asked, what-ifs, and control words."""
    found = [row.text for row in read_rows([ROOT / "tests/nlu/dev.jsonl"])]
    for line in CASES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found += [row["text"], *map(str, row.get("answers", {}).values())]
        if "then" in row:
            found += [row["then"]["text"]] * 2
    return found + ["tamam", "geri", "iptal", "bilmiyorum", "evet", "hayır", "2", "takıldım"] * 40


@pytest.mark.model
@pytest.mark.parametrize("seed", range(40))
def test_a_random_conversation_is_never_met_with_silence(talk: Talk, seed: int) -> None:
    rng = Random(seed)
    said: list[str] = []
    for text in rng.choices(messages(), k=TURNS):
        said.append(text)
        replies = talk.say(text)
        texts = [reply.get("text") for reply in replies if reply.get("text")]
        assert texts, said
        assert ENTRY_GONE not in texts, said
