"""The phrases as they stand: enough, unlike each other, apart from the test questions."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.evaluation import read_rows
from bot.knowledge import KnowledgeBase
from bot.nlu.labels import case_label
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
#: Files of questions, and how many of them each entry has at least.
QUESTIONS = {
    ROOT / "tests/nlu" / name: least
    for name, least in {"dev.jsonl": 5, "final.jsonl": 5, "unseen.jsonl": 3}.items()
}
NEAR = 95


def phrases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ") for line in item["examples"].splitlines()]
            found[item["intent"]] += lines
    return found


PHRASES = phrases()


def test_every_entry_and_flow_has_at_least_eighty_phrases(base: KnowledgeBase) -> None:
    labels = [*(f"faq/{key}" for key in base.entries), *map(case_label, base.flows)]
    assert {key: len(PHRASES[key]) for key in labels if len(PHRASES[key]) < 80} == {}


def test_small_talk_and_off_topic_have_enough() -> None:
    assert all(len(PHRASES[label]) >= 60 for label in SMALL_TALK)
    assert len(PHRASES["oos"]) >= 600


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


#: Finite and question forms, roughly: enough to count how differently people say it.
VERB = re.compile(
    r"\w{2,}(?:[iu]yor\w*|[iu]yo\w{0,3}|[ae]b[iu]l\w*|[dt][iu](?:m|k|ler|lar)?|m[iu]s(?:t[iu]\w*|l[ae]r)?|"
    r"[aeiu]r(?:[iu]m|[iu]z|l[ae]r|s[iu]n)?|[ae]c[ae][kg]\w*|m[ae]l[iu]\w*|m[ae]k|m[ae]z\w*|s[ae][mk]|"
    r"[iu]c[ae]m|c[ae][mz])"
)
VERB_STEM = 5


def test_an_entry_is_asked_with_many_verbs(base: KnowledgeBase) -> None:
    for key in base.entries:
        words = {word for text in PHRASES[f"faq/{key}"] for word in normalize(text).split()}
        verbs = {word[:VERB_STEM] for word in words if VERB.fullmatch(word)}
        assert len(verbs) >= 50, key


def test_no_phrase_is_also_a_test_question() -> None:
    trained = {normalize(text) for texts in PHRASES.values() for text in texts}
    tested = [row.text for row in read_rows([*QUESTIONS])]
    # Everybody says "merhaba"; a whole question must not stand in both.
    assert [t for t in tested if normalize(t) in trained and len(normalize(t)) > 12] == []


@pytest.mark.parametrize("path", [*QUESTIONS], ids=lambda path: path.stem)
def test_questions_cover_every_entry(base: KnowledgeBase, path: Path) -> None:
    counts = Counter(row.accept[0] for row in read_rows([path]))
    assert {key for key in base.entries if counts[key] < QUESTIONS[path]} == set()
