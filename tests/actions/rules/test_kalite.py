"""akis-kalite, row by row of the rule."""

import dataclasses
import datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules.kalite import Facts, judge
from actions.rules.verdict import FactError
from bot.knowledge.figures import CalendarDay, Figures, load_figures
from bot.settings import ROOT

TODAY = datetime.date(2026, 11, 20)
FIGURES = load_figures(ROOT / "knowledge")
SOUND = Facts(2023, 2022, 10, 4, 4, "bitti")


def sound(**changes: Any) -> Facts:
    return dataclasses.replace(SOUND, **changes)


@pytest.mark.parametrize(
    ("facts", "outcome", "rule", "state"),
    [
        pytest.param(sound(), "yes", "members", "passed", id="exactly 10, exactly 4, last year"),
        pytest.param(sound(members=11), "no", "members", "failed", id="11 members"),
        pytest.param(sound(members=1), "yes", "members", "passed", id="the asker alone"),
        pytest.param(
            sound(members=9, removed_only_in_twinspace=2),
            "no",
            "members",
            "failed",
            id="removed in TwinSpace only: still counted",
        ),
        pytest.param(
            sound(members=9, removed_only_in_twinspace=1), "yes", "members", "passed", id="9 + 1"
        ),
        pytest.param(sound(members=None), "depends", "members", "unknown", id="members not known"),
        pytest.param(
            sound(applications=5, order=4), "yes", "applications", "passed", id="4th of 5"
        ),
        pytest.param(sound(applications=6, order=5), "no", "applications", "failed", id="5th of 6"),
        pytest.param(
            sound(applications=5, order=None), "depends", "applications", "unknown", id="which of 5"
        ),
        pytest.param(
            sound(applications=4, order=None), "yes", "applications", "passed", id="all of 4"
        ),
        pytest.param(
            sound(applications=None, order=2), "yes", "applications", "passed", id="2nd of some"
        ),
        pytest.param(
            sound(applications=None, order=5), "no", "applications", "failed", id="5th of some"
        ),
        pytest.param(
            sound(applications=None, order=None),
            "depends",
            "applications",
            "unknown",
            id="applications not known",
        ),
        pytest.param(
            sound(evaluation_year=2021, project_year=2020),
            "undocumented",
            "applications",
            "undocumented",
            id="applications before 2022: nothing documented",
        ),
        pytest.param(
            sound(project_year=2021), "yes", "project_year", "passed", id="two years before"
        ),
        pytest.param(
            sound(project_year=2020), "no", "project_year", "failed", id="three years before"
        ),
        pytest.param(sound(project_year=2023), "yes", "project_year", "passed", id="the same year"),
        pytest.param(
            sound(evaluation_year=2020, project_year=2017),
            "no",
            "project_year",
            "failed",
            id="2020: projects of 2017 and before were out",
        ),
        pytest.param(
            sound(evaluation_year=2020, project_year=2018),
            "undocumented",
            "project_year",
            "passed",
            id="2020: projects of 2018 were in",
        ),
        pytest.param(
            sound(project_year=None), "depends", "project_year", "unknown", id="year not known"
        ),
        pytest.param(sound(state="bitmek-uzere"), "yes", "state", "passed", id="nearly finished"),
        pytest.param(sound(state="suruyor"), "no", "state", "failed", id="running"),
        pytest.param(sound(state=None), "depends", "state", "unknown", id="state not known"),
        pytest.param(
            sound(evaluation_year=2019, project_year=2018),
            "undocumented",
            "members",
            "undocumented",
            id="a year before the first documented one",
        ),
    ],
)
def test_each_rule(facts: Facts, outcome: str, rule: str, state: str) -> None:
    verdict = judge(facts, TODAY, FIGURES)
    assert (verdict.outcome, verdict.state_of(rule)) == (outcome, state)


def test_missing_facts_are_named() -> None:
    verdict = judge(Facts(), TODAY, FIGURES)
    assert verdict.missing == ("members", "project_year", "applications", "state")
    assert "Türkiye'den üye sayısı" in verdict.conclusion


def test_the_order_is_asked_only_when_it_matters() -> None:
    assert judge(sound(applications=5, order=None), TODAY, FIGURES).missing == ("order",)
    assert judge(sound(applications=3, order=None), TODAY, FIGURES).missing == ()


def test_too_many_members_says_how_many_and_where() -> None:
    changes = " ".join(judge(sound(members=14), TODAY, FIGURES).changes)
    for words in ("en az 4 üyeyi", "portalın kendisinden", "Kurucu çıkarılamaz", "en az 2 ortak"):
        assert words in changes
    assert "ESEP'teki yeri belgelerde yok" in changes


def test_the_last_evaluation_year_is_said() -> None:
    verdict = judge(sound(project_year=2021), TODAY, FIGURES)
    assert any("son değerlendirme yılı 2023" in check.text for check in verdict.checks)


def test_a_figure_of_an_earlier_year_is_marked() -> None:
    notes = " ".join(judge(sound(evaluation_year=2026, project_year=2025), TODAY, FIGURES).notes)
    assert "2023" in notes
    assert "kayıtlı bir duyuru yok" in notes


def test_this_year_is_the_default() -> None:
    assert (
        "2026 değerlendirmesine"
        in judge(sound(evaluation_year=None, project_year=2024), TODAY, FIGURES).conclusion
    )
    later = TODAY.replace(year=2027)
    verdict = judge(sound(evaluation_year=None, project_year=2024), later, FIGURES)
    assert verdict.outcome == "no"


def test_no_deadline_is_said_to_be_undocumented() -> None:
    assert "Belgelerde 2023 için son başvuru tarihi yok." in judge(SOUND, TODAY, FIGURES).notes


@pytest.mark.parametrize(
    ("today", "window", "outcome"),
    [
        (datetime.date(2026, 6, 1), "2026", "yes"),
        (datetime.date(2026, 6, 2), "2027", "no"),
    ],
)
def test_after_the_deadline_the_next_year_counts(
    today: datetime.date, window: str, outcome: str
) -> None:
    day = CalendarDay.parse_obj(
        {"date": "2026-06-01", "source": {"document": "sss-2020", "place": "Kalite Etiketi 1"}}
    )
    event = FIGURES.calendar["application_until"].copy(
        update={"years": MappingProxyType({2026: day})}
    )
    dated = Figures(FIGURES.rules, {**FIGURES.calendar, "application_until": event})
    verdict = judge(sound(evaluation_year=2026, project_year=2024), today, dated)
    assert verdict.outcome == outcome
    assert f"{window} değerlendirmesine" in verdict.conclusion
    assert verdict.days[0].date == datetime.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("year", "points", "collaboration", "threshold", "together"),
    [
        (2020, 17, 2, "passed", "passed"),
        (2020, 16, 1, "failed", "failed"),
        (2023, 25, 25, "undocumented", "undocumented"),
        (2023, None, None, None, None),
    ],
)
def test_points_are_a_conclusion_of_their_own(
    year: int, points: int | None, collaboration: int | None, threshold: str, together: str
) -> None:
    facts = sound(
        evaluation_year=year, project_year=year, points=points, collaboration=collaboration
    )
    verdict = judge(facts, TODAY, FIGURES)
    assert verdict.state_of("threshold") == threshold
    assert verdict.state_of("collaboration") == together
    without = judge(sound(evaluation_year=year, project_year=year), TODAY, FIGURES)
    assert verdict.outcome == without.outcome


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"evaluation_year": 2030, "project_year": 2027}, "project_year"),
        ({"project_year": 2024}, "project_year"),
        ({"project_year": 2004, "evaluation_year": 2023}, "project_year"),
        ({"evaluation_year": 1999}, "evaluation_year"),
        ({"evaluation_year": 3000}, "evaluation_year"),
        ({"members": 0}, "members"),
        ({"members": -5}, "members"),
        ({"members": 1_000_000}, "members"),
        ({"applications": 0}, "applications"),
        ({"applications": 2, "order": 3}, "order"),
        ({"removed_only_in_twinspace": -1}, "removed_only_in_twinspace"),
        ({"points": 26}, "points"),
        ({"collaboration": -1}, "collaboration"),
    ],
)
def test_an_impossible_fact_is_asked_again(changes: dict[str, Any], fact: str) -> None:
    with pytest.raises(FactError) as error:
        judge(sound(**changes), TODAY, FIGURES)
    assert error.value.fact == fact
    assert str(error.value)


@given(st.integers(2, 1000))
def test_fewer_members_never_make_it_worse(members: int) -> None:
    more = judge(sound(members=members), TODAY, FIGURES).outcome
    fewer = judge(sound(members=members - 1), TODAY, FIGURES).outcome
    assert not (more == "yes" and fewer != "yes")


@given(st.integers(11, 900), st.integers(0, 50))
def test_removing_the_said_number_passes(members: int, removed: int) -> None:
    facts = sound(members=members, removed_only_in_twinspace=removed)
    verdict = judge(facts, TODAY, FIGURES)
    over = int(verdict.changes[0].split("en az ")[1].split()[0])
    counted = members + removed - over
    assert judge(sound(members=counted), TODAY, FIGURES).state_of("members") == "passed"
    assert judge(sound(members=counted + 1), TODAY, FIGURES).state_of("members") == "failed"


@given(st.integers(2022, 2030), st.integers(2005, 2026))
def test_a_project_fits_up_to_its_last_year(year: int, project_year: int) -> None:
    if project_year <= year:
        verdict = judge(sound(evaluation_year=year, project_year=project_year), TODAY, FIGURES)
        assert (verdict.state_of("project_year") == "passed") == (year <= project_year + 2)


@pytest.mark.parametrize(("missed", "year", "outcome"), [(2022, 2023, "yes"), (2024, 2025, "no")])
def test_an_application_after_the_last_day_is_one_of_the_next_year(
    missed: int, year: int, outcome: str
) -> None:
    result = judge(sound(evaluation_year=None, missed_year=missed), TODAY, FIGURES)
    assert result.outcome == outcome
    assert f"{year} değerlendirmesine" in result.conclusion
    assert any(f"{year} yılında değerlendirilir" in note for note in result.notes)
