"""The directory of coordinators: records that are in date, with and without an e-mail."""

import datetime

import pytest

from actions.rules import koordinator
from bot.knowledge.coordinators import Coordinator
from bot.text.partial_date import PartialDate

TODAY = datetime.date(2026, 11, 20)
PAGE = "https://example.org/koordinatorler"


def shown(as_of: str, email: str = "", phone: bool = False) -> tuple[str, tuple[str, ...]]:
    record = Coordinator("Van", "Ad Soyad", "0000", email, "liste", PartialDate.parse(as_of))
    facts = koordinator.Facts(("Van",), phone)
    verdict = koordinator.judge(facts, [record], PAGE, "destek@example.org", TODAY)
    return verdict.checks[0].text, verdict.notes


@pytest.mark.parametrize(
    ("as_of", "phone", "told"),
    [
        ("2026-01-05", False, True),  # in date: told at once
        ("2024-11-20", False, True),  # two years old to the day
        ("2024-11-19", False, False),  # older: only when asked for
        ("2024-11-19", True, True),
    ],
)
def test_a_phone_is_told_while_its_record_is_in_date(as_of: str, phone: bool, told: bool) -> None:
    text, notes = shown(as_of, phone=phone)
    assert ("telefon 0000" in text) is told
    assert bool(notes) is (as_of == "2024-11-19")


def test_an_e_mail_stands_beside_the_name() -> None:
    assert "e-posta il@example.org" in shown("2026-01-05", "il@example.org")[0]


def test_a_coordinator_who_does_not_answer_is_followed_by_the_support_address() -> None:
    facts = koordinator.Facts(("Van",), unanswered=True)
    verdict = koordinator.judge(facts, [], PAGE, "destek@example.org", TODAY)
    assert "destek@example.org" in verdict.changes[0]
