"""Figures and days that the staff sets with a source of their own are cited by the verdicts."""

import datetime
import sys
from typing import Any

import pytest

from actions.rules import avrupa, itiraz, kalite, okul_etiketi, proje_siniri, yas
from bot.knowledge.entries import Source
from bot.knowledge.figures import CalendarDay, CalendarEvent, Figures, Period, load_figures
from bot.settings import ROOT
from bot.text.partial_date import PartialDate

FIGURES = load_figures(ROOT / "knowledge")
TODAY = datetime.date(2026, 11, 20)
NEW = Source(document="duyuru-2026", place="Tarihler")


def _edited(rule: str, name: str, value: int) -> Figures:
    """Return the figures with one of them set by the staff for this year."""
    figure = FIGURES.rules[rule][name]
    period = Period.parse_obj({"value": value, "from": 2026, "until": 2026, "source": NEW})
    edited = figure.copy(update={"periods": (*figure.periods, period)})
    rules = {**FIGURES.rules, rule: {**FIGURES.rules[rule], name: edited}}
    return Figures(rules, FIGURES.calendar)


@pytest.mark.parametrize(
    ("rule", "name", "judge"),
    [
        ("akis-proje-siniri", "active_projects", proje_siniri.judge),
        ("akis-yas", "group_2", yas.judge),
        ("akis-avrupa", "label_countries", avrupa.judge),
        ("akis-okul-etiketi", "registered_years", okul_etiketi.judge),
        ("akis-okul-etiketi", "teachers", okul_etiketi.judge),
        ("akis-okul-etiketi", "participation_years", okul_etiketi.judge),
        ("akis-kalite", "members_tr", kalite.judge),
        ("akis-kalite", "applications", kalite.judge),
        ("akis-kalite", "window_years", kalite.judge),
    ],
)
def test_a_verdict_cites_the_source_of_the_figure_it_was_made_with(
    rule: str, name: str, judge: Any
) -> None:
    facts = sys.modules[judge.__module__].Facts()
    value = FIGURES.rules[rule][name].periods[-1].value
    assert NEW not in judge(facts, TODAY, FIGURES).sources
    assert NEW in judge(facts, TODAY, _edited(rule, name, value)).sources


def test_a_refusal_for_a_limit_cites_the_source_of_the_limit() -> None:
    facts = itiraz.Facts(evaluation_year=2026, reason="uye-sayisi")
    assert NEW in itiraz.judge(facts, TODAY, _edited("akis-kalite", "members_tr", 12)).sources


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("application_until", kalite.Facts(evaluation_year=2026)),
        ("appeal_until", itiraz.Facts(evaluation_year=2026, reason="puan")),
        ("appeal_answered_until", itiraz.Facts(evaluation_year=2026, reason="puan")),
    ],
)
def test_a_verdict_cites_the_source_of_a_day(event: str, facts: Any) -> None:
    judge = sys.modules[type(facts).__module__].judge
    old = Source(document="sss-2020", place="İtiraz 1")
    days = {
        name: CalendarEvent(
            meaning="x",
            years={
                2026: CalendarDay(
                    date=PartialDate(2026, 12, 1), source=NEW if name == event else old
                )
            },
        )
        for name in FIGURES.calendar
    }
    assert NEW in judge(facts, TODAY, Figures(FIGURES.rules, days)).sources
