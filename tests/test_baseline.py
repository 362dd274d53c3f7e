from pathlib import Path
from typing import Any

import pytest

from bot.baseline import BaselineError, baseline_of, losses, read, store


def row(key: str, good: bool, text: str = "soru") -> dict[str, Any]:
    return {
        "text": text,
        "accept": [key],
        "right": good,
        "beside": False,
        "offered": False,
        "refused": key == "oos" and good,
        "answered": None if good else "başka",
        "options": [],
        "outcome": "answer",
    }


def rows(good: int, bad: int, key: str = "ke-01") -> list[dict[str, Any]]:
    wrong = [row(key, False, f"yanlış {n}") for n in range(bad)]
    return [*(row(key, True) for _ in range(good)), *wrong]


def test_the_same_results_lose_nothing() -> None:
    assert losses(rows(90, 10), baseline_of(rows(90, 10))) == []


def test_one_row_of_an_entry_may_turn() -> None:
    before = [*rows(8, 0), *rows(192, 0, "ke-02")]
    assert losses([*rows(7, 1), *rows(192, 0, "ke-02")], baseline_of(before)) == []


def test_an_entry_below_its_floor_is_listed_with_its_rows() -> None:
    before = [*rows(8, 0), *rows(392, 0, "ke-02")]
    (found,) = losses([*rows(6, 2), *rows(392, 0, "ke-02")], baseline_of(before))
    assert found == "ke-01: 8/8 → 6/8\n  yanlış 0 → başka\n  yanlış 1 → başka"


def test_more_than_a_point_of_the_whole_is_a_loss() -> None:
    keys = [f"ke-{n:02}" for n in range(50)]
    before = [row(key, True) for key in keys for _ in range(2)]
    after = [row(key, n > 0 or key > "ke-02") for key in keys for n in range(2)]
    assert losses(after, baseline_of(before)) == ["whole: 1.0000 → 0.9700"]


def test_off_topic_counts_when_refused() -> None:
    assert baseline_of([row("oos", True), row("oos", False)])["entries"]["oos"]["good"] == 1


def test_an_entry_without_rows_is_a_loss() -> None:
    assert "ke-02: no rows any more" in losses(rows(9, 0), baseline_of(rows(9, 0, "ke-02")))


def test_a_new_number_of_rows_is_held_to_the_share() -> None:
    assert losses(rows(15, 1), baseline_of(rows(8, 0))) == ["whole: 1.0000 → 0.9375"]


def test_what_is_stored_is_read_back(tmp_path: Path) -> None:
    store(tmp_path / "b.json", rows(3, 1))
    assert read(tmp_path / "b.json") == baseline_of(rows(3, 1))


@pytest.mark.parametrize("text", ["", "[]", '{"rows": 1}', None])
def test_a_broken_baseline_is_named(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "b.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(BaselineError, match=r"b\.json"):
        read(path)
