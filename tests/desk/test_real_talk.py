"""The reader's step over events that the assistant itself has made.

Holds what `conversation.py` expects to what the actions really leave behind.
"""

import json

import pytest

from bot.desk.reading.conversation import Asked, Judged, Raised
from bot.settings import ROOT
from tests.conftest import Talk
from tests.desk.test_conversation import read

pytestmark = pytest.mark.model


def events(talk: Talk, *texts: str) -> list[dict[str, object]]:
    for text in texts:
        talk.say(text)
    store = talk.assistant.agent.tracker_store
    tracker = talk.run(store.retrieve_full_tracker(talk._sender))
    return [event.as_dict() for event in tracker.events]


@pytest.mark.parametrize(
    ("texts", "questions"),
    [
        (["merhaba", "teşekkürler"], []),
        (["sertifikada eski okulum yazıyor"], [("ke-03", "answered", False)]),
        (["yarın ankarada hava nasıl"], [("", "handed", False)]),
        (["görevliyle görüşmek istiyorum"], [("", "handed", False)]),
        (["sertifikada eski okulum yazıyor", "hayır"], [("ke-03", "handed", False)]),
        (
            ["sertifikada eski okulum yazıyor", "ilki"],
            [("ke-03", "answered", False), ("portal-02", "answered", False)],
        ),
        (
            ["22 aktif projem var yeni proje kurabilir miyim"],
            [("akis-proje-siniri", "answered", False)],
        ),
        (["ESEP'e adım adım geçmek istiyorum"], [("akis-esep", "started", False)]),
        (["ESEP'e adım adım geçmek istiyorum", "evet"], [("akis-esep", "answered", False)]),
        (
            ["projemizde 9 türk öğretmen var, başvursam kabul olur mu", "asdf qwe", "zxcv bnm"],
            [("akis-kalite", "handed", False)],
        ),
    ],
    ids=str,
)
def test_each_way_a_question_can_go(
    talk: Talk, texts: list[str], questions: list[tuple[str, str, bool]]
) -> None:
    _, facts = read(events(talk, *texts))
    last = {fact.message: fact for fact in facts if isinstance(fact, Asked)}
    assert [(one.entry, one.outcome, one.by_offer) for one in last.values()] == questions
    raised = [fact for fact in facts if isinstance(fact, Raised)]
    assert len(raised) == sum(outcome == "handed" for _, outcome, _ in questions)


def test_an_offer_is_chosen_from_or_refused(talk: Talk) -> None:
    """With a question the gate doubts today; a better model finds another."""
    lines = (ROOT / "tests/nlu/dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = (str(json.loads(line)["text"]) for line in lines)
    text = next(one for one in texts if talk.parse(one)["decision"]["outcome"] == "offer")
    _, facts = read(events(talk, text))
    asked = [fact for fact in facts if isinstance(fact, Asked)]
    assert asked[-1].outcome == "offered"
    _, facts = read(events(talk, "1"))
    chosen = [fact for fact in facts if isinstance(fact, Asked)][-1]
    assert (chosen.message, chosen.by_offer) == (asked[-1].message, True)
    talk.start()
    _, facts = read(events(talk, text, "hiçbiri"))
    (raised,) = [fact for fact in facts if isinstance(fact, Raised)]
    assert (raised.reason, raised.text) == ("none_fit", text)
    # The guesses are those on the question, not those on the refusal.
    assert raised.ranking
    assert raised.ranking[0][0] != "ret"


def test_a_thumb_is_read(talk: Talk) -> None:
    _, facts = read(events(talk, "sertifikada eski okulum yazıyor", "evet yaradı"))
    assert [(one.entry, one.helpful) for one in facts if isinstance(one, Judged)] == [
        ("ke-03", True)
    ]
