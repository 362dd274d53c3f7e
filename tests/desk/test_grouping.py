"""Which questions are one."""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from bot.desk.grouping import Groups, Known
from bot.nlu.archive import linear_model
from bot.settings import ROOT


@pytest.fixture(scope="module")
def grouped(model: Path) -> Groups:
    groups = Groups(model)
    groups.add(
        [
            Known(1, "ödül töreni bu yıl nerede yapılacak", []),
            Known(2, "TwinSpace'e video yüklenmiyor hata veriyor", []),
            Known(3, "", []),
        ]
    )
    return groups


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("bu yıl ödül töreni nerede", 1),
        ("ÖDÜL TÖRENİ NEREDE YAPILACAK?", 1),
        ("odul toreni bu yil nerde yapilcak", 1),
        ("twinspace e video yüklenmiyor", 2),
        ("twinspace'e nasıl girerim", None),
        ("yarın hava nasıl", None),
        ("", None),
        ("???", None),
    ],
)
def test_the_same_question_in_other_words_is_found(
    grouped: Groups, text: str, group: int | None
) -> None:
    assert grouped.find(text, []) == group


@pytest.mark.model
def test_what_the_assistant_believed_helps(model: Path) -> None:
    groups = Groups(model)
    ranking = [("faq/ke-03", 0.8), ("faq/portal-02", 0.1)]
    groups.add([Known(1, "sertifikada eski okulum yazıyor", ranking)])
    other = "belgemde önceki okulumun adı var"
    assert groups.find(other, []) is None
    assert groups.find(other, [("faq/ke-03", 0.9)]) == 1
    assert groups.find(other, [("faq/esep-01", 0.9)]) is None


def test_without_a_model_letters_decide() -> None:
    groups = Groups()
    groups.add([Known(7, "ödül töreni nerede", [])])
    assert groups.find("Ödül töreni nerede?", []) == 7
    assert groups.find("ödül töreni neredeydi", []) == 7
    assert groups.find("ödül kaç lira", []) is None
    assert Groups().find("ilk soru", []) is None


def grouped_rows(model: Path, rows: list[Any]) -> list[list[Any]]:
    """Return development questions by the groups they fall into, one after another."""
    groups, members = Groups(model), dict[int, list[Any]]()
    rankings = linear_model(model).rankings([row["text"] for row in rows])
    for index, (row, ranking) in enumerate(zip(rows, rankings, strict=True)):
        group = groups.find(row["text"], ranking[:10])
        if group is None:
            group = index
            groups.add([Known(group, row["text"], ranking[:10])])
        members.setdefault(group, []).append(row)
    return list(members.values())


def dev_rows(off_topic: bool) -> list[Any]:
    lines = (ROOT / "tests/nlu/dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if ("oos" in row["accept"]) is off_topic]


@pytest.mark.model
def test_pairs_joined_have_the_same_answer(model: Path) -> None:
    members = grouped_rows(model, dev_rows(off_topic=False)[:400])
    pairs = [pair for own in members for pair in combinations(own, 2)]
    right = [bool(set(one["accept"]) & set(other["accept"])) for one, other in pairs]
    assert len(pairs) > 300
    assert sum(right) / len(right) >= 0.95


@pytest.mark.model
def test_questions_about_anything_are_not_one(model: Path) -> None:
    rows = dev_rows(off_topic=True)[:300]
    members = grouped_rows(model, rows)
    assert len(members) > 0.8 * len(rows)
    assert max(map(len, members)) < 10
