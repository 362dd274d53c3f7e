"""The phrases as they stand: enough, unlike each other, apart from the test questions."""

from collections import Counter, defaultdict

import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.evaluation import read_rows
from bot.knowledge import KnowledgeBase
from bot.settings import ROOT
from bot.text.fold import normalize

SMALL_TALK = (
    "selamlama",
    "veda",
    "tesekkur",
    "yardim",
    "bot-musun",
    "insan",
    "onay",
    "ret",
    "iptal",
)
QUESTIONS = [ROOT / "tests/nlu" / name for name in ("dev.jsonl", "heldout.jsonl")]
NEAR = 95


def phrases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ") for line in item["examples"].splitlines()]
            found[item["intent"]] += lines
    return found


PHRASES = phrases()


def test_every_entry_has_at_least_forty_phrases(base: KnowledgeBase) -> None:
    thin = {key: len(PHRASES[f"faq/{key}"]) for key in base.entries}
    assert {key: count for key, count in thin.items() if count < 40} == {}


def test_small_talk_and_off_topic_have_enough() -> None:
    assert all(len(PHRASES[label]) >= 25 for label in SMALL_TALK)
    assert len(PHRASES["oos"]) >= 300


@pytest.mark.parametrize("label", sorted(PHRASES))
def test_no_two_phrases_of_a_label_are_nearly_the_same(label: str) -> None:
    folded = [normalize(text) for text in PHRASES[label]]
    assert [text for text, count in Counter(folded).items() if count > 1] == []
    # Positions ("ikinci", "ikincisi") are short and alike by nature.
    if label != "secim":
        long = [text for text in folded if len(text) > 10]
        near = process.cdist(long, long, scorer=fuzz.ratio, score_cutoff=NEAR)
        pairs = [(long[i], long[j]) for i, j in zip(*near.nonzero(), strict=True) if i < j]
        assert pairs == []


def test_openings_of_an_entry_differ(base: KnowledgeBase) -> None:
    for key in base.entries:
        texts = PHRASES[f"faq/{key}"]
        openings = {" ".join(normalize(text).split()[:2]) for text in texts}
        assert len(openings) >= 0.6 * len(texts), key


def test_no_phrase_is_also_a_test_question() -> None:
    trained = {normalize(text) for texts in PHRASES.values() for text in texts}
    tested = [row.text for row in read_rows(QUESTIONS)]
    # Everybody says "merhaba"; a whole question must not stand in both.
    assert [t for t in tested if normalize(t) in trained and len(normalize(t)) > 12] == []


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_questions_cover_every_entry(base: KnowledgeBase, path: object) -> None:
    counts = Counter(row.accept[0] for row in read_rows([path]))  # type: ignore[list-item]
    assert {key for key in base.entries if counts[key] < 5} == set()
