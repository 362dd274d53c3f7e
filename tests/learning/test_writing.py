"""YAML files are changed in one place and are the same everywhere else."""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.writing import NoPlaceError, put, read_text, same, value_at, writable, written
from bot.settings import ROOT

FILES = sorted((ROOT / "knowledge").rglob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_read_and_written_is_the_same_to_the_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert written(read_text(text)) == text


def changed(path: str, where: tuple[Any, ...], value: Any) -> list[str]:
    """Return the lines taken away and added by one change."""
    text = (ROOT / "knowledge" / path).read_text(encoding="utf-8")
    after = written(put(read_text(text), where, value))
    lines = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def lines_of_every_entry() -> Iterator[Any]:
    for path in FILES:
        if path.parent.name == "faq":
            for entry in read_text(path.read_text(encoding="utf-8")):
                yield pytest.param(f"faq/{path.name}", str(entry["id"]), id=str(entry["id"]))


@pytest.mark.parametrize(("path", "key"), lines_of_every_entry())
def test_a_review_day_changes_one_line_of_any_entry(path: str, key: str) -> None:
    old, new = changed(path, (key, "review_by"), "2030-01-31")
    assert old.startswith("-   review_by: ")
    assert new == "+   review_by: 2030-01-31"


@pytest.mark.parametrize(
    ("path", "where", "value", "added"),
    [
        (
            "calendar.yml",
            ("appeal_until", "years", 2027),
            {"date": "2027-09-20", "source": {"document": "sss-2020", "place": "İtiraz 1"}},
            "    2027: {date: 2027-09-20, source: {document: sss-2020, place: İtiraz 1}}",
        ),
        (
            "calendar.yml",
            ("appeal_until", "years", 2019),
            {"date": "2019-09-20", "source": {"document": "sss-2020", "place": "İtiraz 1"}},
            "    2019: {date: 2019-09-20, source: {document: sss-2020, place: İtiraz 1}}",
        ),
        (
            "sources.yml",
            ("documents", "sss-2020", "places", "Faaliyet 4", "dates"),
            ["2027", "2027-06-01"],
            '        dates: ["2027", "2027-06-01"]',
        ),
        ("faq/ke.yml", ("ke-03", "old_portal"), True, "  old_portal: true"),
    ],
)
def test_what_is_added_is_written_as_the_files_write_it(
    path: str, where: tuple[Any, ...], value: Any, added: str
) -> None:
    assert changed(path, where, value) == [f"+ {added}"]


def test_a_later_year_comes_after_an_earlier_one() -> None:
    text = (ROOT / "knowledge/calendar.yml").read_text(encoding="utf-8")
    day = {"date": "2019-09-20", "source": {"document": "sss-2020", "place": "İtiraz 1"}}
    data = put(read_text(text), ("appeal_until", "years", 2019), day)
    assert written(data).index("2019:") < written(data).index("2020:")


def test_items_that_stay_keep_their_form() -> None:
    where = ("members_tr", "periods")
    path = ROOT / "knowledge/rules/akis-kalite.yml"
    periods = value_at(read_text(path.read_text(encoding="utf-8")), where)
    new = {**periods[0], "value": 12, "from": 2026, "until": 2026}
    (added,) = changed("rules/akis-kalite.yml", where, [*periods, new])
    assert added.startswith("+     - {value: 12, from: 2026, until: 2026, source: {document:")


@pytest.mark.parametrize(
    ("path", "where", "gone"),
    [
        ("calendar.yml", ("appeal_until", "years", 2020), "    2020: {date: 2020-09-21, "),
        ("faq/ke.yml", ("ke-02", "old_portal"), "  old_portal: true"),
    ],
)
def test_taking_a_value_away_takes_its_line(path: str, where: tuple[Any, ...], gone: str) -> None:
    assert any(line.startswith(f"- {gone}") for line in changed(path, where, None))


def test_a_place_that_is_not_there_is_said() -> None:
    data = read_text("a:\n  b: 1\n")
    with pytest.raises(NoPlaceError, match=r"x\.b"):
        put(data, ("x", "b"), 2)
    with pytest.raises(NoPlaceError):
        put(read_text("- id: a\n  t: 1\n"), ("b", "t"), 2)


TEXTS = (
    st.text(min_size=1, max_size=200)
    .map(lambda text: " ".join(writable(text).split()))
    .filter(bool)
)
LINES = st.lists(TEXTS, min_size=1, max_size=4).map("\n".join)


@given(LINES)
def test_any_answer_is_read_back_as_it_was_written(answer: str) -> None:
    data = read_text("- id: ke-01\n  answer: |\n    Eski.\n  title: Bir\n")
    again = read_text(written(put(data, ("ke-01", "answer"), answer)))
    assert value_at(again, ("ke-01", "answer")).strip() == answer.strip()
    assert value_at(again, ("ke-01", "title")) == "Bir"


@given(TEXTS)
def test_any_title_is_read_back_as_it_was_written(title: str) -> None:
    data = read_text("- id: ke-01\n  title: Bir\n  as_of: 2020\n")
    again = read_text(written(put(data, ("ke-01", "title"), title)))
    assert same(value_at(again, ("ke-01", "title")), title)
    assert value_at(again, ("ke-01", "as_of")) == 2020


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (2020, "2020", True),
        ("Bir.\n", "Bir.", True),
        ({"a": 1, "b": None}, {"a": 1}, True),
        ([1, 2], ["1", "2"], True),
        (None, "", False),
        ({"a": 1}, {"a": 2}, False),
        ([1], [1, 2], False),
    ],
)
def test_values_that_say_the_same(one: Any, other: Any, alike: bool) -> None:
    assert same(one, other) is alike
