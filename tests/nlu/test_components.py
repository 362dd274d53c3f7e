"""The Rasa components by themselves: importer, tokeniser, classifier's checks, gate."""

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import tokenizer
from bot.nlu.classifier import TrainingDataError, check_phrases
from bot.nlu.decision import DecisionGate
from bot.nlu.importer import EntryImporter
from bot.nlu.labels import DECISION, LABEL, SCORES
from bot.nlu.tokenizer import TurkishTokenizer

NLU = """version: "3.1"
nlu:
  - intent: faq/ke-01
    examples: |
      - ne zaman başvurulur
  - intent: selamlama
    examples: |
      - merhaba
"""


def test_importer_keeps_the_retrieval_key_as_label(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(NLU, encoding="utf-8")
    data = EntryImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()
    labels = {example.get(TEXT): example.get(LABEL) for example in data.training_examples}
    assert labels == {"ne zaman başvurulur": "faq/ke-01", "merhaba": None}
    assert data.retrieval_intents == set()


def test_tokens_keep_their_place_and_carry_lemmas() -> None:
    component = TurkishTokenizer({**TurkishTokenizer.get_default_config(), "lemmas": True})
    text = "Okulları ESEP'e  geçti, Dr. Can'ın 12.03.2024'te!"
    tokens = component.tokenize(Message({TEXT: text}), TEXT)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert tokens[0].lemma == "okul"


def test_the_words_of_a_year_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    component = TurkishTokenizer(TurkishTokenizer.get_default_config())
    fresh = len(component._rules.vocab.strings)
    monkeypatch.setattr(tokenizer, "REMEMBERED", fresh + 50)
    for number in range(0, 500, 5):
        text = " ".join(f"sözcük{number + n}" for n in range(5))
        tokens = component.tokenize(Message({TEXT: text}), TEXT)
        assert [token.text for token in tokens] == text.split()
        assert len(component._rules.vocab.strings) <= fresh + 60


@pytest.mark.parametrize(
    ("phrases", "entries", "words"),
    [
        ([("a", "faq/ke-01")], {"ke-01", "ke-02"}, "without phrases in data/nlu: ke-02"),
        ([("a", "faq/ke-01"), ("b", "faq/ke-09")], {"ke-01"}, "knowledge lacks: ke-09"),
        ([("A?", "faq/ke-01"), ("a", "oos")], {"ke-01"}, "stands under both"),
    ],
)
def test_phrases_and_entries_must_fit(
    phrases: list[tuple[str, str]], entries: set[str], words: str
) -> None:
    with pytest.raises(TrainingDataError, match=words):
        check_phrases(phrases, entries)


def gate(**changes: float) -> DecisionGate:
    return DecisionGate({**DecisionGate.get_default_config(), **changes})


@pytest.mark.parametrize(
    ("scores", "intent"),
    [
        ([("faq/ke-01", 0.9)], "faq"),
        ([("selamlama", 0.9)], "selamlama"),
        ([("faq/ke-01", 0.4)], "nlu_fallback"),
        ([("oos", 0.9), ("faq/ke-01", 0.1)], "oos"),
        ([], "nlu_fallback"),
    ],
)
def test_gate_component_sets_the_intent_the_rules_wait_for(
    scores: list[tuple[str, float]], intent: str
) -> None:
    message = Message({TEXT: "x", SCORES: scores, INTENT_RANKING_KEY: []})
    gate().process([message])
    assert message.get(INTENT)["name"] == intent
    assert message.get(INTENT_RANKING_KEY)[0]["name"] == intent
    stored: dict[str, Any] = message.as_dict(only_output_properties=True)
    assert stored[DECISION]["outcome"] in {"answer", "offer", "hand_over"}
    assert SCORES not in stored


def test_gate_component_refuses_a_broken_threshold() -> None:
    with pytest.raises(ValueError, match="answer"):
        gate(answer=7)
