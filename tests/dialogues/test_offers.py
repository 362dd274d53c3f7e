"""Offers: made when the gate is unsure, picked from by number, button or words.

Which real question is doubtful changes with the model, so doubt is made here: the gate
is set to answer nothing by itself.
"""

from typing import Any

import pytest

from bot.nlu.decision import DecisionGate
from bot.nlu.gate import Thresholds
from tests.conftest import Talk

pytestmark = pytest.mark.model
QUESTION = "sertifikada eski okulum yazıyor"


@pytest.fixture
def doubtful(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A conversation in which every FAQ question is offered, never answered at once."""
    runner = talk.assistant.agent.processor.graph_runner
    gates = [
        node._component
        for node in runner._instantiated_nodes.values()
        if isinstance(node._component, DecisionGate)
    ]
    assert len(gates) == 1
    doubt = Thresholds(answer=1.0, off_topic=0.99, small_talk=0.4, offer=0.0, option=0.0)
    monkeypatch.setattr(gates[0], "_thresholds", doubt)
    return talk


def offered(talk: Talk) -> tuple[str, list[dict[str, Any]]]:
    replies = talk.say(QUESTION)
    assert len(replies) == 1
    return replies[0]["text"], replies[0]["buttons"]


def first_answer(replies: list[dict[str, Any]]) -> str:
    return str(replies[0]["text"])


def test_an_offer_shows_three_numbered_titles_and_none_of_these(doubtful: Talk) -> None:
    text, buttons = offered(doubtful)
    assert "1. Sertifikada eski okulum yazıyor" in text
    assert "3. " in text
    assert "4. " not in text
    assert [button["title"] for button in buttons][3:] == ["Hiçbiri"]


@pytest.mark.parametrize(
    "pick", ["1", "ilki", "birincisi", "1 numara", "Sertifikada eski okulum yazıyor"]
)
def test_an_offer_is_picked_by_number_or_words(doubtful: Talk, pick: str) -> None:
    offered(doubtful)
    assert "Kalite Etiketi 3 (2020)" in first_answer(doubtful.say(pick))


def test_asking_again_in_other_words_picks_what_was_offered(doubtful: Talk) -> None:
    offered(doubtful)
    reply = doubtful.say("sertifikadaki okul adı eski okulum, değişir mi")
    assert "Kalite Etiketi 3 (2020)" in first_answer(reply)


def test_an_offer_is_picked_by_button(doubtful: Talk) -> None:
    _, buttons = offered(doubtful)
    assert "Kaynak:" in first_answer(doubtful.say(buttons[0]["payload"]))


def test_yes_to_several_titles_asks_which(doubtful: Talk) -> None:
    offered(doubtful)
    assert first_answer(doubtful.say("evet")).startswith("Hangisi?")


@pytest.mark.parametrize("no", ["hiçbiri", "hayır", "/ret"])
def test_none_of_these_hands_the_question_over(doubtful: Talk, no: str) -> None:
    offered(doubtful)
    assert "elimdeki belgelerde yok" in first_answer(doubtful.say(no))
    unanswered = doubtful.slots()["unanswered"]
    assert unanswered["text"] == QUESTION
    assert unanswered["reason"] == "none_fit"
