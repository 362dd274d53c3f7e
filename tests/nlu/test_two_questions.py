"""Two questions in one message, and a question that leans on the answer before it."""

import json
from pathlib import Path
from typing import Any

import pytest

from actions.follow_up import reconsidered
from bot.evaluation import decision_of
from bot.knowledge import KnowledgeBase
from bot.nlu.gate import Thresholds, decide, decide_on_both
from bot.nlu.labels import public_id
from bot.text.question import pairs_of_questions
from tests.conftest import Talk

FOLDER = Path(__file__).parent
A, B = "faq/ke-01", "faq/ke-04"
GATE = Thresholds(answer=0.5, off_topic=0.5)


def rows(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("hibe var mı ve etiket süresi ne kadar", [("hibe var mı", "etiket süresi ne kadar")]),
        ("hibe ne kadar oluyor bide formu türkçe yazsam olurmu",
         [("hibe ne kadar oluyor", "formu türkçe yazsam olurmu")]),
        ("Hibe var mı peki? Formu Türkçe yazsam olur mu?",
         [("Hibe var mı peki?", "Formu Türkçe yazsam olur mu?")]),
        ("hibe var mı peki\nform hangi dilde yazılır",
         [("hibe var mı peki", "form hangi dilde yazılır")]),
        # A trouble beside a question, after a word that joins sentences.
        ("belgem hâlâ görünmüyor ayrıca form hangi dilde yazılır",
         [("belgem hâlâ görünmüyor", "form hangi dilde yazılır")]),
        # A story before a question, a list, a choice, a date: one question.
        ("okulum geçen yıl değişti, belge ne olacak", []),
        ("öğretmen, müdür ve memur kayıt olabilir mi", []),
        ("türkçe mi yazsam ingilizce mi", []),
        ("12.03.2024 tarihinde kaydolduk ne zaman aday oluruz", []),
        ("ne zaman, nasıl", []),
        ("", []),
    ],
)  # fmt: skip
def test_where_a_message_can_be_cut(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(pairs_of_questions(text)) == pairs


@pytest.mark.parametrize(
    ("first", "second", "also"),
    [
        ([(A, 0.9)], [(B, 0.8)], B),
        ([(A, 0.9)], [(B, 0.55)], None),  # not sure enough
        ([(A, 0.9)], [(A, 0.9)], None),  # the same twice
        ([(A, 0.9)], [("tesekkur", 0.9)], None),
        ([(A, 0.9)], [("akis/kalite", 0.9)], None),
        ([(A, 0.9)], [("oos", 0.9), (B, 0.1)], None),
    ],
)
def test_two_entries_are_answered_only_if_both_are_sure(
    first: list[tuple[str, float]], second: list[tuple[str, float]], also: str | None
) -> None:
    whole = decide([(A, 0.9)], GATE)
    decision = decide_on_both(whole, [[first, second]], GATE)
    assert decision.also == also
    assert decision.outcome == "answer"


def test_a_case_is_left_to_its_flow_unless_both_halves_are_surer() -> None:
    whole = decide([("akis/kalite", 0.9)], GATE, ["akis/kalite"])
    assert decide_on_both(whole, [[[(A, 0.8)], [(B, 0.99)]]], GATE) == whole
    assert decide_on_both(whole, [[[(A, 0.95)], [(B, 0.99)]]], GATE).also == B


@pytest.mark.model
def test_double_questions_written_by_others_are_answered(talk: Talk) -> None:
    both = alone = split = 0
    for row in rows("double"):
        decision = decision_of(talk.parse(row["text"]))
        told = {public_id(label) for label in (decision["label"], decision["also"]) if label}
        if len(row["accept"]) == 2:
            both += told == set(row["accept"])
            alone += bool(told & set(row["accept"]))
        else:
            split += bool(decision["also"])
    assert both >= 40  # of 60
    assert alone >= 54
    assert split <= 1  # of 30 with a single question


@pytest.mark.model
def test_follow_ups_written_by_others_are_taken_in_their_topic(
    talk: Talk, base: KnowledgeBase
) -> None:
    right = before = 0
    for row in rows("followup"):
        decided = decision_of(talk.parse(row["text"]))
        again = reconsidered(decided, row["text"], row["first_id"], base)
        before += is_right(decided, row["accept"])
        right += is_right(again, row["accept"])
    assert right >= 64  # of 90
    assert right >= before + 10


def is_right(decision: dict[str, Any], accept: list[str]) -> bool:
    if accept == ["oos"]:
        return bool(decision["outcome"] == "hand_over")
    return decision["outcome"] == "answer" and public_id(decision["label"]) in accept


def test_without_a_model_or_a_topic_a_decision_stays(base: KnowledgeBase) -> None:
    decided = decide([(A, 0.3), (B, 0.2)], GATE).as_dict()
    assert reconsidered(decided, "peki ne zaman", None, base) == decided
    assert reconsidered(decided, "peki ne zaman", "ke-99", base) == decided
    assert reconsidered(decided, "peki ne zaman", "ke-01", base, lambda: None) == decided


def test_small_talk_and_long_messages_never_lean(base: KnowledgeBase) -> None:
    def refuse() -> None:
        raise AssertionError

    thanks = decide([("tesekkur", 0.9)], GATE).as_dict()
    assert reconsidered(thanks, "peki teşekkürler", "ke-01", base, refuse) == thanks
    sure = decide([(A, 0.99)], GATE).as_dict()
    assert reconsidered(sure, "etikete ne zaman başvurulur", "ke-03", base, refuse) == sure
    long = decide([(A, 0.3)], GATE).as_dict()
    text = "peki bu kadar uzun bir soru sorarsam konusu kendinden belli olmaz mı"
    assert reconsidered(long, text, "ke-03", base, refuse) == long
