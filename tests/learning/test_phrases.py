"""Phrases are put into data/nlu and taken out; Rasa reads what was meant."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.loading import load_data

from bot.learning.phrases import Taught, put_phrases, read_phrases
from bot.learning.proposals import _MARKUP, as_typed
from bot.settings import ROOT
from bot.text.fold import normalize

ONE = """version: "3.1"

nlu:
  - intent: faq/ke-01
    examples: |
      - etikete ne zaman başvurulur
      - son gün ne zaman
  - intent: faq/ke-02
    examples: |
      - eğitimler nerede
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu/ke.yml").write_text(ONE, encoding="utf-8")
    return tmp_path


def test_every_phrase_of_the_project_is_read_as_rasa_reads_it() -> None:
    ours = {(phrase.label, phrase.text) for phrase in read_phrases(ROOT / "data")}
    examples = load_data(str(ROOT / "data/nlu")).intent_examples
    theirs = {(e.get(INTENT_RESPONSE_KEY) or e.get(INTENT), e.get(TEXT)) for e in examples}
    assert ours == theirs


def test_a_phrase_goes_to_the_end_of_its_label(data: Path) -> None:
    taken = put_phrases(data, [Taught("faq/ke-01", "etiket için süre doldu mu")])
    assert taken == ((), (), True)
    expected = ONE.replace(
        "      - son gün ne zaman\n",
        "      - son gün ne zaman\n      - etiket için süre doldu mu\n",
    )
    assert (data / "nlu/ke.yml").read_text(encoding="utf-8") == expected


def test_a_new_label_goes_to_the_end_of_its_chapter(data: Path) -> None:
    put_phrases(data, [Taught("faq/ke-07", "bir"), Taught("faq/ke-07", "iki")], ["faq/ke-07"])
    added = "  - intent: faq/ke-07\n    examples: |\n      - bir\n      - iki\n"
    assert (data / "nlu/ke.yml").read_text(encoding="utf-8") == ONE + added


def test_a_new_chapter_gets_its_file(data: Path) -> None:
    put_phrases(data, [Taught("faq/yeni-01", "bir"), Taught("faq/yeni-01", "iki")], ["faq/yeni-01"])
    examples = load_data(str(data / "nlu/yeni.yml")).intent_examples
    assert [e.get(TEXT) for e in examples] == ["bir", "iki"]


def test_a_moved_phrase_leaves_its_old_label(data: Path) -> None:
    moved = Taught("faq/ke-02", "Son gün ne zaman", (("faq/ke-01", "son gün ne zaman"),))
    assert put_phrases(data, [moved]).conflicts == ()
    assert [(p.label, p.text) for p in read_phrases(data)] == [
        ("faq/ke-01", "etikete ne zaman başvurulur"),
        ("faq/ke-02", "eğitimler nerede"),
        ("faq/ke-02", "Son gün ne zaman"),
    ]


def test_what_stands_there_already_is_left(data: Path) -> None:
    there = Taught("faq/ke-01", "SON GÜN NE ZAMAN")
    assert put_phrases(data, [there]) == ((there,), (), False)
    assert (data / "nlu/ke.yml").read_text(encoding="utf-8") == ONE


@pytest.mark.parametrize(
    "phrase",
    [Taught("faq/ke-02", "son gün ne zaman"), Taught("faq/yok-01", "bambaşka")],
)
def test_a_phrase_of_another_label_or_of_none_is_a_conflict(data: Path, phrase: Taught) -> None:
    assert put_phrases(data, [phrase]) == ((), (phrase,), False)
    assert (data / "nlu/ke.yml").read_text(encoding="utf-8") == ONE


def test_a_file_s_other_lines_stay(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    before = {p.name: p.read_text("utf-8") for p in (tmp_path / "data/nlu").iterdir()}
    labels = sorted({phrase.label for phrase in read_phrases(ROOT / "data")})
    taught = [Taught(label, f"deneme cümlesi {n}") for n, label in enumerate(labels)]
    put_phrases(tmp_path / "data", taught)
    after = {p.name: p.read_text("utf-8") for p in (tmp_path / "data/nlu").iterdir()}
    added = {f"      - {one.text}" for one in taught}
    for name, text in before.items():
        assert [line for line in after[name].split("\n") if line not in added] == text.split("\n")
    assert {(p.label, p.text) for p in read_phrases(tmp_path / "data")} >= {
        (one.label, one.text) for one in taught
    }


PHRASES = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
    .map(as_typed)
    .filter(lambda text: normalize(text) and not any(sign in text for sign in _MARKUP))
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PHRASES, min_size=1, max_size=5, unique_by=normalize))
def test_rasa_reads_any_phrase_back_as_it_was_typed(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        (data / "nlu").mkdir()
        (data / "nlu/ke.yml").write_text(ONE, encoding="utf-8")
        taken = put_phrases(data, [Taught("faq/ke-01", text) for text in texts])
        assert taken.conflicts == ()
        examples = load_data(str(data / "nlu")).intent_examples
        read = [e.get(TEXT) for e in examples if e.get(INTENT_RESPONSE_KEY) == "faq/ke-01"]
        contained = {one.text for one in taken.contained}
        assert read[2:] == [text for text in texts if text not in contained]
