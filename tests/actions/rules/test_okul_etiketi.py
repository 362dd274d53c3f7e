"""akis-okul-etiketi: each condition, the first and last day on which all hold."""

import datetime
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules.okul_etiketi import Facts, judge
from actions.rules.verdict import FactError, Verdict
from bot.knowledge.figures import load_figures
from bot.settings import ROOT

TODAY = date(2026, 11, 20)
FIGURES = load_figures(ROOT / "knowledge")


def verdict(today: date = TODAY, **facts: Any) -> Verdict:
    sound: dict[str, Any] = {
        "registered": date(2020, 1, 1),
        "teachers": 2,
        "last_european": date(2026, 1, 1),
    }
    return judge(Facts(**{**sound, **facts}), today, FIGURES)


def day(result: Verdict, name: str) -> datetime.date | None:
    return next((day.date for day in result.days if day.name == name), None)


@pytest.mark.parametrize(
    ("registered", "state", "first"),
    [
        (date(2024, 11, 18), "passed", date(2026, 11, 19)),
        (date(2024, 11, 19), "passed", date(2026, 11, 20)),  # the day after the anniversary
        (date(2024, 11, 20), "failed", date(2026, 11, 21)),  # the anniversary itself
        (date(2024, 2, 29), "passed", date(2026, 3, 1)),  # its anniversary is 28 February
        (date(2025, 12, 31), "failed", date(2028, 1, 1)),
        (None, "unknown", None),
    ],
)
def test_more_than_two_years_registered(
    registered: date | None, state: str, first: date | None
) -> None:
    result = verdict(registered=registered)
    assert result.state_of("registered") == state
    assert day(result, "registered_from") == first


def test_the_letter_is_named_only_on_the_anniversary() -> None:
    assert "Mersin" in " ".join(verdict(registered=date(2024, 11, 20)).notes)
    assert "Mersin" not in " ".join(verdict(registered=date(2024, 11, 21)).notes)


@pytest.mark.parametrize(
    ("teachers", "state"), [(0, "failed"), (1, "failed"), (2, "passed"), (None, "unknown")]
)
def test_at_least_two_teachers(teachers: int | None, state: str) -> None:
    assert verdict(teachers=teachers).state_of("teachers") == state


@pytest.mark.parametrize(
    ("last", "state", "until"),
    [
        (date(2024, 11, 20), "passed", date(2026, 11, 20)),  # last day inclusive
        (date(2024, 11, 19), "failed", date(2026, 11, 19)),
        (date(2026, 11, 20), "passed", date(2028, 11, 20)),
        (date(2024, 2, 29), "failed", date(2026, 2, 28)),
        (None, "unknown", None),
    ],
)
def test_participation_within_two_years(last: date | None, state: str, until: date | None) -> None:
    result = verdict(last_european=last)
    assert result.state_of("last_european") == state
    assert day(result, "participation_until") == until


def test_a_national_project_does_not_count() -> None:
    result = verdict(last_european=None, only_national=True)
    assert (result.outcome, result.state_of("last_european")) == ("no", "failed")
    assert "Avrupa projesi gerekir" in " ".join(result.changes)


def test_a_european_project_without_the_label_does_not_count() -> None:
    result = verdict(last_european=None, unlabelled=True)
    assert (result.outcome, result.state_of("last_european")) == ("no", "failed")
    assert any("Ulusal Kalite Etiketi yok" in check.text for check in result.checks)


def test_an_award_day_is_said() -> None:
    assert "etiketin verildiği gün" in " ".join(verdict(award_day=True).notes)


def test_all_conditions_hold_today() -> None:
    result = verdict()
    assert result.outcome == "yes"
    assert "1 Ocak 2028" in result.conclusion
    assert "Serbest başvuru yok" in " ".join(result.notes)


def test_the_first_common_day_is_said_with_days_left() -> None:
    result = verdict(registered=date(2025, 1, 31), last_european=date(2026, 1, 1))
    assert result.outcome == "no"
    assert (
        result.conclusion == "Okulunuz 1 Şubat 2027 gününden başlayarak aday olabilir; 73 gün var."
    )


def test_no_common_day_asks_for_another_project() -> None:
    result = verdict(registered=date(2026, 6, 1), last_european=date(2025, 1, 1))
    assert "Koşulların birlikte sağlandığı bir gün yok" in result.conclusion
    assert result.changes == ("Ulusal Kalite Etiketi alan yeni bir Avrupa projesi gerekir.",)
    assert day(result, "all_from") is None


@pytest.mark.parametrize(
    ("facts", "today"),
    [
        ({"teachers": 1, "registered": date(2021, 6, 2)}, TODAY),
        ({"last_european": date(2022, 1, 1), "registered": date(2018, 1, 1)}, TODAY),
    ],
)
def test_a_common_day_is_named_only_if_it_can_be_used(facts: dict[str, Any], today: date) -> None:
    assert day(verdict(today, **facts), "all_from") is None


def test_several_failures_are_all_named() -> None:
    result = verdict(teachers=1, registered=date(2025, 1, 1))
    assert "kayıt süresi dolmadı" in result.conclusion
    assert "öğretmen sayısı yetmiyor" in result.conclusion


def test_missing_facts_are_named() -> None:
    result = judge(Facts(), TODAY, FIGURES)
    assert (result.outcome, result.missing) == (
        "depends",
        ("registered", "teachers", "last_european"),
    )


def test_before_the_first_documented_year_nothing_is_said() -> None:
    result = judge(Facts(date(2015, 1, 1), 2, date(2018, 1, 1)), date(2019, 6, 1), FIGURES)
    assert result.outcome == "undocumented"


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"registered": TODAY + timedelta(days=1)}, "registered"),
        ({"registered": date(2004, 1, 1)}, "registered"),
        ({"last_european": TODAY + timedelta(days=1)}, "last_european"),
        ({"teachers": -5}, "teachers"),
        ({"teachers": 1_000_000}, "teachers"),
    ],
)
def test_an_impossible_fact_is_asked_again(facts: dict[str, Any], fact: str) -> None:
    with pytest.raises(FactError) as error:
        verdict(**facts)
    assert error.value.fact == fact


@given(st.dates(date(2018, 1, 1), date(2026, 11, 20)), st.integers(0, 2000))
def test_a_later_day_never_unmeets_the_two_years(registered: date, later: int) -> None:
    facts = Facts(registered=registered)
    now = judge(facts, TODAY, FIGURES).state_of("registered")
    then = judge(facts, TODAY + timedelta(days=later), FIGURES).state_of("registered")
    assert not (now == "passed" and then != "passed")


@given(st.dates(date(2020, 1, 1), TODAY), st.dates(date(2020, 1, 1), TODAY))
def test_all_hold_from_the_first_common_day_to_the_last(registered: date, last: date) -> None:
    facts = Facts(registered, 2, last)
    start = day(judge(facts, TODAY, FIGURES), "all_from")
    if start and start > TODAY:
        assert judge(facts, start, FIGURES).outcome == "yes"
        assert judge(facts, start - timedelta(days=1), FIGURES).outcome == "no"
