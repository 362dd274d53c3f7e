"""akis-proje-siniri, akis-hizmet-puani, akis-yas, akis-uyelik: tables of cases."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules import hizmet_puani, proje_siniri, uyelik, yas
from actions.rules.verdict import FactError
from bot.knowledge.figures import load_figures
from bot.settings import ROOT

TODAY = datetime.date(2026, 11, 20)
EARLY = datetime.date(2019, 6, 1)
FIGURES = load_figures(ROOT / "knowledge")


@pytest.mark.parametrize(
    ("active", "joining", "outcome", "words"),
    [
        (20, "kurucu", "yes", "Onaylanır"),
        (21, "kurucu", "no", "Onaylanmaz"),
        (0, "kurucu", "yes", "Onaylanır"),
        (35, "uye", "yes", "sınır yok"),
        (None, "uye", "yes", "sınır yok"),
        (None, "kurucu", "depends", "20 taneden fazla"),
        (None, None, "depends", "20 taneden fazla"),
        (19, None, "yes", "Onaylanır"),
        (25, None, "depends", "Kurucu olacaksanız"),
    ],
)
def test_number_of_projects(active: int | None, joining: Any, outcome: str, words: str) -> None:
    verdict = proje_siniri.judge(proje_siniri.Facts(active, joining), TODAY, FIGURES)
    assert verdict.outcome == outcome
    assert words in verdict.conclusion


@pytest.mark.parametrize(
    ("facts", "outcome", "words"),
    [
        (proje_siniri.Facts(None, "kurucu", more_than=20), "no", "20'den fazla etkin projeniz var"),
        (proje_siniri.Facts(None, "kurucu", more_than=15), "depends", "20 taneden fazla"),
        (proje_siniri.Facts(None, None, more_than=20), "depends", "Kurucu olacaksanız onaylanmaz"),
        (proje_siniri.Facts(23, "ikisi"), "no", "Kurucu olacaksanız onaylanmaz: 23"),
        (proje_siniri.Facts(12, "ikisi"), "yes", "Kurucu olacaksanız onaylanır: 12"),
        (proje_siniri.Facts(19, None, 3), "depends", "bir kısmı onaylanmaz"),
    ],
)
def test_more_than_so_many_and_both_parts(
    facts: proje_siniri.Facts, outcome: str, words: str
) -> None:
    verdict = proje_siniri.judge(facts, TODAY, FIGURES)
    assert verdict.outcome == outcome
    assert words in verdict.conclusion
    assert (proje_siniri.JOINING in verdict.conclusion) == (facts.joining == "ikisi")


@pytest.mark.parametrize("opening", [0, 1_000_000])
def test_an_impossible_number_of_new_projects_is_asked_again(opening: int) -> None:
    with pytest.raises(FactError, match="Yeni proje sayısı"):
        proje_siniri.judge(proje_siniri.Facts(5, "kurucu", opening), TODAY, FIGURES)


@pytest.mark.parametrize(
    ("active", "opening", "outcome", "words"),
    [
        (18, 3, "yes", "3 yeni projenin hepsi onaylanır"),
        (20, 2, "no", "Yeni projelerinizin ilki onaylanır"),
        (18, 5, "no", "ilk 3 tanesi onaylanır"),
        (21, 2, "no", "Onaylanmaz: 21"),
    ],
)
def test_each_project_opened_counts_for_the_next(
    active: int, opening: int, outcome: str, words: str
) -> None:
    facts = proje_siniri.Facts(active, "kurucu", opening)
    verdict = proje_siniri.judge(facts, TODAY, FIGURES)
    assert verdict.outcome == outcome
    assert words in verdict.conclusion


@given(st.integers(21, 900))
def test_ending_the_said_number_of_projects_is_enough(active: int) -> None:
    verdict = proje_siniri.judge(proje_siniri.Facts(active, "kurucu"), TODAY, FIGURES)
    over = int(verdict.changes[0].split("en az ")[1].split()[0])
    left = proje_siniri.Facts(active - over, "kurucu")
    assert proje_siniri.judge(left, TODAY, FIGURES).outcome == "yes"


@pytest.mark.parametrize("active", [-5, 1_000_000])
def test_an_impossible_number_of_projects_is_asked_again(active: int) -> None:
    with pytest.raises(FactError, match="arasında"):
        proje_siniri.judge(proje_siniri.Facts(active), TODAY, FIGURES)


def test_the_limit_of_an_early_year_is_undocumented() -> None:
    verdict = proje_siniri.judge(proje_siniri.Facts(25, "kurucu"), EARLY, FIGURES)
    assert verdict.outcome == "undocumented"


@pytest.mark.parametrize(
    ("document", "outcome"),
    [
        ("ulusal-kalite-etiketi", "yes"),
        ("avrupa-kalite-etiketi", "yes"),
        ("proje-kayit-belgesi", "no"),
        ("egitim-sertifikasi", "no"),
        ("baska", "undocumented"),
        (None, "depends"),
    ],
)
def test_documents_for_service_points(document: Any, outcome: str) -> None:
    assert hizmet_puani.judge(hizmet_puani.Facts(document)).outcome == outcome


def test_how_many_points_is_not_said() -> None:
    verdict = hizmet_puani.judge(hizmet_puani.Facts("ulusal-kalite-etiketi"))
    assert "Kaç puan getirdiği belgelerde yok." in verdict.notes


@pytest.mark.parametrize(
    ("documents", "outcome", "said"),
    [
        (
            ("egitim-sertifikasi", "ulusal-kalite-etiketi"),
            "yes",
            ["Sayılmaz: Eğitim", "Sayılır: Ulusal"],
        ),
        (("egitim-sertifikasi", "proje-kayit-belgesi"), "no", ["Sayılmaz: Eğitim", "Proje Kayıt"]),
        (("baska", "avrupa-kalite-etiketi"), "yes", ["Bu belge, sayıldığı", "Sayılır: Avrupa"]),
    ],
)
def test_of_several_documents_each_is_judged(documents: Any, outcome: str, said: list[str]) -> None:
    verdict = hizmet_puani.judge(hizmet_puani.Facts(documents[0], also=documents[1:]))
    assert verdict.outcome == outcome
    assert all(words in verdict.conclusion for words in said)
    assert len(verdict.checks) == len(documents)
    points = hizmet_puani.POINTS_NOTE in verdict.notes
    assert points == (outcome == "yes")


def test_another_document_is_called_by_its_name() -> None:
    verdict = hizmet_puani.judge(hizmet_puani.Facts("baska", "Konferans belgesi"))
    assert verdict.conclusion.startswith("Konferans belgesi")


@pytest.mark.parametrize(
    ("ages", "outcome", "words"),
    [
        ((6,), "yes", "aynı yaş grubunda (6 yaşa kadar)"),
        ((7, 11), "yes", "aynı yaş grubunda (7-11 yaş)"),
        ((11, 12), "yes", "yakın yaş grubunda (7-11 yaş ve 12-15 yaş)"),
        ((15, 16, 19), "yes", "yakın"),
        ((4, 12), "yes", "yaş aralığı geniş"),
        ((20,), "undocumented", "gruplarının dışında"),
        ((), "depends", "yaşları yazarsanız"),
    ],
)
def test_age_groups(ages: tuple[int, ...], outcome: str, words: str) -> None:
    verdict = yas.judge(yas.Facts(ages), TODAY, FIGURES)
    assert verdict.outcome == outcome
    assert words.casefold() in verdict.conclusion.casefold()


def test_a_wide_range_is_no_ground_for_refusal_but_a_risk() -> None:
    verdict = yas.judge(yas.Facts((5, 16)), TODAY, FIGURES)
    text = " ".join([*(check.text for check in verdict.checks), *verdict.notes])
    assert "kendiliğinden ret nedeni değildir" in text
    assert "2020 yılında iş birliğine 2 altında" in text


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (yas.Facts((5,)), True),
        (yas.Facts((6,)), False),
        (yas.Facts((12,), special_needs=True), True),
    ],
)
def test_twinspace_is_not_expected_of_the_youngest(facts: yas.Facts, named: bool) -> None:
    state = yas.judge(facts, TODAY, FIGURES).state_of("twinspace")
    assert (state is not None) == named


@pytest.mark.parametrize("age", [-1, 1_000_000])
def test_an_impossible_age_is_asked_again(age: int) -> None:
    with pytest.raises(FactError, match="Yaş"):
        yas.judge(yas.Facts((age,)), TODAY, FIGURES)


def test_age_groups_of_an_early_year_are_undocumented() -> None:
    assert yas.judge(yas.Facts((7,)), EARLY, FIGURES).outcome == "undocumented"


@pytest.mark.parametrize(
    ("facts", "account", "project", "label"),
    [
        ({"role": "ogretmen", "institution": "meb-okulu"}, "passed", "passed", "passed"),
        ({"role": "ogretmen", "institution": "ozel-okul"}, "passed", "passed", "passed"),
        ({"role": "ogretmen"}, "unknown", "unknown", "unknown"),
        (
            {"role": "ogretmen", "institution": "meb-okulu", "working": False},
            "failed",
            "undocumented",
            "undocumented",
        ),
        ({"role": "ogretmen", "institution": "yetiskin-egitimi"}, "failed", "failed", "failed"),
        ({"institution": "yetiskin-egitimi"}, "failed", "failed", "failed"),
        (
            {"role": "ogretmen", "institution": "baska"},
            "undocumented",
            "undocumented",
            "undocumented",
        ),
        ({"role": "baska"}, "undocumented", "undocumented", "undocumented"),
        ({"role": "okul-calisani"}, "undocumented", "undocumented", "undocumented"),
        (
            {"role": "egitim-fakultesi-ogrencisi", "tti": True},
            "passed",
            "passed",
            "undocumented",
        ),
        ({"role": "akademisyen", "tti": True}, "passed", "passed", "undocumented"),
        ({"role": "akademisyen", "tti": False}, "undocumented", "undocumented", "undocumented"),
        (
            {"role": "akademisyen", "institution": "baska-fakulte", "tti": True},
            "undocumented",
            "undocumented",
            "undocumented",
        ),
        ({"role": "akademisyen"}, "unknown", "unknown", "undocumented"),
        (
            {"role": "yonetici", "institution": "meb-okulu", "pupil_group": True},
            "passed",
            "passed",
            "passed",
        ),
        (
            {"role": "yonetici", "institution": "meb-okulu", "pupil_group": False},
            "passed",
            "failed",
            "failed",
        ),
        ({"role": "yonetici", "institution": "ozel-okul"}, "passed", "unknown", "unknown"),
        ({"role": "yonetici"}, "unknown", "unknown", "unknown"),
        ({"role": "yonetici", "institution": "yetiskin-egitimi"}, "failed", "failed", "failed"),
        (
            {"role": "egitim-fakultesi-ogrencisi", "working": False, "tti": True},
            "passed",
            "passed",
            "undocumented",
        ),
        ({"role": "baska", "working": False}, "undocumented", "undocumented", "undocumented"),
        ({"role": "ogrenci"}, "failed", "failed", "failed"),
        ({}, "unknown", "unknown", "unknown"),
    ],
)
def test_who_may_register_run_projects_apply(
    facts: dict[str, Any], account: str, project: str, label: str
) -> None:
    verdict = uyelik.judge(uyelik.Facts(**facts))
    states = [verdict.state_of(rule) for rule in ("account", "project", "label")]
    assert states == [account, project, label]
    assert verdict.sources


def test_what_is_not_named_is_never_a_no() -> None:
    for role in ("baska", "okul-calisani"):
        verdict = uyelik.judge(uyelik.Facts(role))  # type: ignore[arg-type]
        assert verdict.outcome == "undocumented"
        assert verdict.changes == ("Koordinatörünüze ya da destek adresine sorun.",)


def test_a_parent_hears_how_the_child_gets_in() -> None:
    verdict = uyelik.judge(uyelik.Facts("baska", parent=True))
    assert verdict.outcome == "undocumented"
    assert "TwinSpace'e davet eder" in verdict.conclusion


def test_a_yes_ends_with_the_next_step() -> None:
    verdict = uyelik.judge(uyelik.Facts("ogretmen", "meb-okulu"))
    assert "ESEP'te hesap açmak" in verdict.changes[-1]


@pytest.mark.parametrize(("wants", "outcome"), [(None, "yes"), ("proje", "no"), ("etiket", "no")])
def test_the_outcome_is_about_what_is_wanted(wants: str | None, outcome: str) -> None:
    facts = uyelik.Facts("yonetici", "meb-okulu", pupil_group=False, wants=wants)  # type: ignore[arg-type]
    assert uyelik.judge(facts).outcome == outcome
