"""Every figure of the report against rows counted by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import Row, RowError, interval, judge, read_rows, report, table


def decision(outcome: str, label: str | None, options: list[str], *ranking: str) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "label": label,
        "options": options,
        "off_topic": 0.1,
        "ranking": [[name, 0.5] for name in ranking],
    }


A, B, C, D = "faq/ke-01", "faq/ke-02", "faq/ke-03", "faq/ke-04"
RESULTS = [
    judge(Row("1", ("ke-01",), "clean"), decision("answer", A, [], A, B), 1.0),
    judge(Row("2", ("ke-01", "ke-02"), "clean"), decision("answer", B, [], B, A), 2.0),
    judge(Row("3", ("ke-03",), "typo"), decision("answer", A, [], A, B, C), 3.0),
    judge(Row("4", ("ke-02",), "typo"), decision("offer", None, [A, B], A, B), 4.0),
    judge(Row("5", ("ke-04",), "typo"), decision("offer", None, [A, B], A, B, C, D), 5.0),
    judge(Row("6", ("ke-01",), "clean"), decision("hand_over", None, [], A), 6.0),
    judge(Row("7", ("selamlama",), "clean"), decision("answer", "selamlama", [], "selamlama"), 7.0),
    judge(Row("8", ("ke-01",), "clean"), decision("hand_over", None, []), 8.0),
    judge(Row("9", ("oos",), "clean"), decision("hand_over", None, [], A), 9.0),
    judge(Row("10", ("oos",), "clean"), decision("answer", A, [], A), 10.0),
]


def test_in_scope_figures() -> None:
    assert report(RESULTS)["in_scope"] == {
        "n": 8,
        "right": 0.375,
        "beside": 0.0,
        "offered": 0.125,
        "refused": 0.25,
        "answered_wrong": 0.125,
        "wrong": 0.25,
        "top1": 0.5,
        "top3": 0.75,
    }


def test_off_topic_figures() -> None:
    expected = {"n": 2, "answered": 0.5, "offered": 0.0, "refused": 0.5}
    assert report(RESULTS)["oos"] == expected


def test_styles_are_counted_apart() -> None:
    styles = report(RESULTS)["by_style"]
    assert {name: figures["n"] for name, figures in styles.items()} == {"clean": 5, "typo": 3}
    assert styles["typo"]["wrong"] == pytest.approx(2 / 3, abs=1e-4)


def test_latency_is_by_nearest_rank() -> None:
    assert report(RESULTS)["latency_ms"] == {"p50": 5.0, "p95": 10.0}


def test_report_is_json_with_all_rows() -> None:
    assert len(json.loads(json.dumps(report(RESULTS)))["rows"]) == 10


def test_table_shows_the_same_shares() -> None:
    shown = table(report(RESULTS))
    assert "37.5 %" in shown
    assert "p95 10.0" in shown


def test_shares_of_nothing_are_zero() -> None:
    assert report(RESULTS[:1])["oos"] == {"n": 0, "answered": 0.0, "offered": 0.0, "refused": 0.0}


@pytest.mark.parametrize(
    "line",
    ["x", "[]", '{"text": "a"}', '{"text": 1, "accept": ["a"]}', '{"text": "a", "accept": []}'],
)
def test_a_broken_row_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"text": "a", "accept": ["ke-01"]}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(RowError, match=r"q\.jsonl:3"):
        read_rows([path])


def test_missing_and_empty_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RowError, match="okunamıyor"):
        read_rows([tmp_path / "yok.jsonl"])
    (tmp_path / "bos.jsonl").touch()
    with pytest.raises(RowError, match="Hiç soru yok"):
        read_rows([tmp_path / "bos.jsonl"])


@pytest.mark.parametrize(
    ("accept", "answered", "beside"),
    [
        (("ke-01",), "akis/kalite", True),
        (("akis-kalite",), "faq/ke-01", True),
        (("ke-03",), "akis/kalite", False),
        (("akis-kalite",), "faq/genel-03", False),
    ],
)
def test_a_flow_and_its_entries_lead_to_each_other(
    accept: tuple[str, ...], answered: str, beside: bool
) -> None:
    row = judge(Row("x", accept, "clean"), decision("answer", answered, [], answered), 1.0)
    assert row["beside"] == beside
    assert row["answered_wrong"] == (not beside)
    assert not row["right"]


def test_intervals_are_wilsons() -> None:
    # Wilson's interval of 8 of 10, by the published formula: 0.4902 to 0.9433.
    rows = [{"right": n < 8} for n in range(10)]
    assert interval(rows, "right") == [0.4902, 0.9433]
    assert interval([], "right") == [0.0, 1.0]
