"""When an answer is due. Mondays to Fridays, nine to five, eight hours."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.clock import TURKIYE
from bot.desk.working_time import MAX_DAYS, Hours, due, is_eve, is_holiday


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TURKIYE)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2026-11-16 10:00", "2026-11-17 10:00"),  # Monday to Tuesday
        ("2026-11-16 09:00", "2026-11-16 17:00"),  # the whole day
        ("2026-11-16 07:15", "2026-11-16 17:00"),  # before opening
        ("2026-11-16 18:00", "2026-11-17 17:00"),  # after closing
        ("2026-11-20 16:00", "2026-11-23 16:00"),  # over a weekend
        ("2026-11-21 12:00", "2026-11-23 17:00"),  # on a Saturday
        ("2026-10-28 09:00", "2026-10-30 13:00"),  # half a day, then 29 October
        ("2026-03-18 16:00", "2026-03-23 12:00"),  # Ramazan Bayramı and its eve
        ("2026-12-31 16:00", "2027-01-04 16:00"),  # New Year's Day is a Friday
        ("2026-04-22 12:00", "2026-04-24 12:00"),  # 23 April
        ("2026-07-14 16:30", "2026-07-16 16:30"),  # 15 July
    ],
)
def test_due_counts_working_hours_only(asked: str, expected: str) -> None:
    assert due(moment(asked), 8, Hours()) == moment(expected)


def test_the_offices_own_days_count() -> None:
    office = Hours(closed=frozenset({date(2026, 11, 17)}))
    assert due(moment("2026-11-16 10:00"), 8, office) == moment("2026-11-18 10:00")
    evening = Hours(time(18), time(22), frozenset({5}))
    assert due(moment("2026-11-16 10:00"), 5, evening) == moment("2026-11-28 19:00")


def test_another_time_zone_is_the_same_moment() -> None:
    asked = moment("2026-11-16 10:00").astimezone()
    assert due(asked, 8, Hours()) == moment("2026-11-17 10:00")


def test_an_office_that_never_opens_still_has_an_end() -> None:
    asked = moment("2026-11-16 10:00")
    assert due(asked, 8, Hours(weekdays=frozenset())) == asked + timedelta(days=MAX_DAYS)


def test_holidays_and_eves_are_known() -> None:
    assert is_holiday(date(2026, 10, 29))
    assert not is_holiday(date(2026, 10, 28))
    assert is_eve(date(2026, 10, 28))
    assert is_eve(date(2026, 5, 26))  # Kurban Bayramı
