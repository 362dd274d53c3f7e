"""A verdict changed after the calculation: noted, or put in doubt."""

import datetime

from actions.rules.verdict import ROUGH, Check, Day, Verdict

VERDICT = Verdict(
    "akis-yas",
    "yes",
    "Evet.",
    (Check("rule", "passed", "Kural", None, ()),),
    days=(Day("first", datetime.date(2026, 1, 2), "ilk gün"),),
    notes=("İlk not.",),
)


def test_notes_are_added_to_those_there() -> None:
    assert VERDICT.with_notes(("Sonra.",)).notes == ("İlk not.", "Sonra.")


def test_a_fact_known_too_roughly_takes_back_conclusion_and_days() -> None:
    doubtful = VERDICT.as_depending(("ages",))
    assert (doubtful.outcome, doubtful.conclusion) == ("depends", ROUGH)
    assert doubtful.missing == ("ages",)
    assert doubtful.days == ()
    assert doubtful.checks == VERDICT.checks
