"""akis-avrupa and akis-itiraz: tables of cases."""

import datetime
from datetime import date
from typing import Any

import pytest

from actions.rules import avrupa, itiraz
from actions.rules.verdict import FactError
from bot.knowledge.figures import Figures, load_figures
from bot.settings import ROOT

TODAY = date(2026, 11, 20)
FIGURES = load_figures(ROOT / "knowledge")
TR, DE, IT = "Türkiye", "Almanya", "İtalya"


@pytest.mark.parametrize(
    ("facts", "outcome", "kind"),
    [
        ({"founder_countries": (TR, DE), "label_countries": (TR, DE)}, "yes", "passed"),
        ({"founder_countries": (TR, DE), "label_countries": (TR, TR)}, "no", "passed"),
        ({"founder_countries": (TR, DE), "label_countries": ()}, "no", "passed"),
        ({"founder_countries": (TR, DE)}, "depends", "passed"),
        ({"founder_countries": (TR, DE), "wants": "tur"}, "yes", "passed"),
        (
            {"founder_countries": (TR, TR), "member_countries": (TR,), "wants": "tur"},
            "no",
            "failed",
        ),
        ({"founder_countries": (TR, TR), "member_countries": (TR,)}, "no", "failed"),
        ({"founder_countries": (TR, TR), "member_countries": ()}, "no", "failed"),
        (
            {"founder_countries": (TR, TR), "member_countries": (DE,), "joined": "sonra"},
            "no",
            "failed",
        ),
        (
            {"founder_countries": (TR, TR), "member_countries": (DE,), "founded": "sonra"},
            "no",
            "failed",
        ),
        (
            {
                "founder_countries": (TR, TR),
                "member_countries": (DE,),
                "founded": "once",
                "joined": "once",
            },
            "undocumented",
            "undocumented",
        ),
        (
            {"founder_countries": (TR, TR), "member_countries": (IT,), "joined": "haziran-2022"},
            "undocumented",
            "undocumented",
        ),
        (
            {"founder_countries": (DE, DE), "member_countries": (TR,), "joined": "once"},
            "undocumented",
            "undocumented",
        ),
        ({"founder_countries": (TR, TR), "member_countries": (DE,)}, "depends", "unknown"),
        ({"founder_countries": (TR, TR)}, "depends", "unknown"),
        ({"founder_countries": (TR,)}, "depends", "unknown"),
        ({}, "depends", "unknown"),
    ],
)
def test_national_or_european(facts: dict[str, Any], outcome: str, kind: str) -> None:
    verdict = avrupa.judge(avrupa.Facts(**facts), TODAY, FIGURES)
    assert (verdict.outcome, verdict.state_of("kind")) == (outcome, kind)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, ("founder_countries",)),
        ({"founder_countries": (TR, TR)}, ("member_countries",)),
        ({"founder_countries": (TR, TR), "member_countries": (DE,)}, ("joined",)),
        ({"founder_countries": (TR, DE)}, ("label_countries",)),
    ],
)
def test_only_what_is_needed_is_asked(facts: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert avrupa.judge(avrupa.Facts(**facts), TODAY, FIGURES).missing == missing


def test_the_condition_of_an_early_year_is_undocumented() -> None:
    facts = avrupa.Facts((TR, DE), label_countries=(TR,))
    assert avrupa.judge(facts, date(2019, 6, 1), FIGURES).outcome == "undocumented"


def test_the_nomination_is_explained() -> None:
    verdict = avrupa.judge(avrupa.Facts((TR, DE), label_countries=(TR, DE)), TODAY, FIGURES)
    notes = " ".join(verdict.notes)
    assert "öğretmen başvurmaz" in notes
    assert "Aday gösterilmek ödül demek değildir" in notes


def test_a_member_cannot_join_before_the_project_is_founded() -> None:
    facts = avrupa.Facts((TR, TR), (DE,), founded="sonra", joined="once")
    with pytest.raises(FactError) as error:
        avrupa.judge(facts, TODAY, FIGURES)
    assert error.value.fact == "joined"


@pytest.mark.parametrize(
    ("facts", "today", "outcome", "words"),
    [
        ({"reason": "eski-proje"}, TODAY, "no", "sonraki yıllarda da alınmaz"),
        ({"reason": "uye-sayisi"}, TODAY, "no", "projenin yaşına bağlı"),
        ({"reason": "basvuru-sayisi"}, TODAY, "no", "değerlendirilmez"),
        (
            {"reason": "basvuru-sayisi", "evaluation_year": 2020},
            TODAY,
            "undocumented",
            "2020 için bu sınır belgelerde yok",
        ),
        (
            {"reason": "uye-sayisi", "evaluation_year": 2020, "project_year": 2018},
            TODAY,
            "no",
            "sonraki yıllara da kalamaz",
        ),
        (
            {"evaluation_year": 2020, "reason": "puan", "sent": date(2020, 9, 21)},
            TODAY,
            "yes",
            "9 Ekim 2020 gününe kadar yanıtlanacaktı",
        ),
        (
            {"evaluation_year": 2020, "reason": "puan", "sent": date(2020, 9, 22)},
            TODAY,
            "no",
            "1 gün geç",
        ),
        (
            {"evaluation_year": 2020, "reason": "ayni-gerekce", "not_sent": True},
            date(2020, 9, 22),
            "no",
            "1 gün geçti",
        ),
        (
            {"evaluation_year": 2020, "reason": "ziyaretci-hesabi", "not_sent": True},
            date(2020, 9, 21),
            "yes",
            "0 gün var",
        ),
        ({"evaluation_year": 2020, "reason": "puan"}, date(2020, 9, 1), "yes", "20 gün var"),
        ({"evaluation_year": 2020, "reason": "yurt-disi"}, TODAY, "depends", "süresindedir"),
        ({"evaluation_year": 2023, "reason": "puan"}, TODAY, "undocumented", "2023 için"),
        ({"reason": "puan"}, TODAY, "depends", "değerlendirme yılı"),
        ({"evaluation_year": 2020}, TODAY, "depends", "ret gerekçesi"),
        ({}, TODAY, "depends", "değerlendirme yılı, ret gerekçesi"),
    ],
)
def test_appeal(facts: dict[str, Any], today: date, outcome: str, words: str) -> None:
    verdict = itiraz.judge(itiraz.Facts(**facts), today, FIGURES)
    assert verdict.outcome == outcome
    assert words in verdict.conclusion


def test_the_documented_days_are_given() -> None:
    verdict = itiraz.judge(itiraz.Facts(2020, "puan"), TODAY, FIGURES)
    assert [day.date for day in verdict.days] == [date(2020, 9, 21), date(2020, 10, 9)]


def test_the_last_year_of_a_project_with_too_many_members_is_said() -> None:
    verdict = itiraz.judge(itiraz.Facts(2023, "uye-sayisi", project_year=2022), TODAY, FIGURES)
    assert "son değerlendirme yılı 2024" in verdict.notes[0]
    assert "en fazla 10" in verdict.changes[0]
    assert verdict.see == "itiraz-03"


def test_without_an_answering_day_the_last_day_still_holds() -> None:
    calendar = {**FIGURES.calendar}
    empty = calendar["appeal_answered_until"].copy(update={"years": {}})
    figures = Figures(FIGURES.rules, {**calendar, "appeal_answered_until": empty})
    facts = itiraz.Facts(2020, "puan", date(2020, 9, 1))
    verdict = itiraz.judge(facts, TODAY, figures)
    assert "Yanıt günü belgelerde yok" in verdict.conclusion
    assert [day.name for day in verdict.days] == ["appeal_until"]


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"evaluation_year": 2027}, "evaluation_year"),
        ({"evaluation_year": 1990}, "evaluation_year"),
        ({"sent": datetime.date(2030, 1, 1)}, "sent"),
        ({"sent": datetime.date(2019, 1, 1), "evaluation_year": 2020}, "sent"),
        ({"sent": datetime.date(2020, 9, 1), "not_sent": True}, "sent"),
        ({"reason": "uye-sayisi", "project_year": 2030}, "project_year"),
    ],
)
def test_an_impossible_fact_is_asked_again(facts: dict[str, Any], fact: str) -> None:
    with pytest.raises(FactError) as error:
        itiraz.judge(itiraz.Facts(**facts), TODAY, FIGURES)
    assert error.value.fact == fact
