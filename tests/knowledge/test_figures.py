"""Dated figures and the calendar: by year, and refused when broken."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError
from bot.knowledge.audit import unsupported_figures
from bot.knowledge.figures import load_figures
from bot.settings import ROOT

FIGURES = load_figures(ROOT / "knowledge")


@pytest.mark.parametrize(
    ("rule", "name", "year", "standing", "value", "followed"),
    [
        ("akis-kalite", "members_tr", 2019, "undocumented", None, False),
        ("akis-kalite", "members_tr", 2020, "documented", 10, False),
        ("akis-kalite", "members_tr", 2021, "carried", 10, True),
        ("akis-kalite", "members_tr", 2023, "documented", 10, False),
        ("akis-kalite", "members_tr", 2026, "carried", 10, False),
        ("akis-kalite", "applications", 2021, "undocumented", None, False),
        ("akis-kalite", "applications", 2022, "documented", 4, False),
        ("akis-kalite", "threshold", 2020, "documented", 17, False),
        ("akis-kalite", "threshold", 2021, "undocumented", None, False),
        ("akis-proje-siniri", "active_projects", 2026, "carried", 20, False),
    ],
)
def test_a_figure_by_year(
    rule: str, name: str, year: int, standing: str, value: int | None, followed: bool
) -> None:
    dated = FIGURES.in_year(rule, name, year)
    assert (dated.standing, dated.value, dated.followed) == (standing, value, followed)


def test_the_calendar_holds_the_documented_days_only() -> None:
    days = {year: day.date.iso() for year, day in FIGURES.calendar["appeal_until"].years.items()}
    assert days == {2020: "2020-09-21"}
    assert FIGURES.day("appeal_until", 2023) is None
    assert FIGURES.day("application_until", 2020) is None


def test_every_figure_stands_in_a_place_that_lists_it(base: KnowledgeBase) -> None:
    assert unsupported_figures(base, FIGURES) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("rules/akis-proje-siniri.yml", "value: 20", "value: 21", "active_projects 2020: 21"),
        ("calendar.yml", "2020-09-21", "2020-09-22", "appeal_until 2020: 2020-09-22"),
        ("calendar.yml", "place: İtiraz 1", "place: İtiraz 99", "appeal_until 2020: 2020-09-21"),
    ],
)
def test_the_audit_sees_a_figure_its_source_does_not_list(
    tmp_path: Path, base: KnowledgeBase, file: str, old: str, new: str, found: str
) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "k")
    path = tmp_path / "k" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    (what,) = unsupported_figures(base, load_figures(tmp_path / "k"))
    assert what.endswith(found)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("rules/akis-proje-siniri.yml", "value: 20", "value: yirmi", "beklenen türde değil"),
        ("rules/akis-proje-siniri.yml", "value: 20", "value: 20.5", "beklenen türde değil"),
        ("rules/akis-proje-siniri.yml", "until: 2020", "until: 2019", "until"),
        ("rules/akis-proje-siniri.yml", "meaning", "meanin", "“meaning” mi demek istediniz"),
        ("rules/akis-kalite.yml", "from: 2023", "from: 2020", "çakışıyor"),
        ("calendar.yml", "2020-09-21", "2020-09-31", "diye bir gün yok"),
        ("calendar.yml", "2020-09-21", "2020-09", "bir gün değil"),
        ("calendar.yml", "2020-09-21", "2019-09-21", "yılı denetleyin"),
    ],
)
def test_a_broken_figure_is_named_with_its_file(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "k")
    path = tmp_path / "k" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        load_figures(tmp_path / "k")
    assert words in str(error.value)
    assert Path(file).name in str(error.value)
