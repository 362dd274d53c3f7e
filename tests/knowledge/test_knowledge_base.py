"""The knowledge base as it stands: complete, and held to its sources."""

import pytest

from bot.knowledge import KnowledgeBase
from bot.knowledge.audit import citations, unsupported, unused
from bot.knowledge.facts import facts_in
from bot.knowledge.figures import load_figures
from bot.knowledge.rendering import answer_text, coordinators_page, plain, support_address
from bot.settings import ROOT

#: How many entries each chapter has; the ids are fixed.
CHAPTERS = {
    "genel": 12,
    "proje": 12,
    "ke": 6,
    "portal": 7,
    "itiraz": 8,
    "esep": 11,
    "iletisim": 1,
    "okul-etiketi": 3,
    "hakkinda": 5,
    "linkler": 1,
}
IDS = [f"{chapter}-{n:02}" for chapter, count in CHAPTERS.items() for n in range(1, count + 1)]

SUPPORT = "tretwinning@gmail.com"
FIGURES = {
    "genel-04": ["81", "83"],
    "proje-02": ["Avrupa projesi", "2 öğretmen"],
    "proje-03": ["en az 2 ortak"],
    "proje-06": ["6698", "24 Mart 2016", "7 Nisan 2016", "29677"],
    "proje-07": ["en fazla 10"],
    "proje-08": ["20'den fazla"],
    "proje-10": ["6 yaş", "7 ile 11", "12 ile 15", "16 ile 19", "2'nin altında"],
    "ke-06": ["En az 2 ülkeden"],
    "portal-01": ["2 yıldan uzun", "en az 2", "son 2 yıl"],
    "portal-04": ["26 Eylül 2019"],
    "itiraz-01": ["21 Eylül 2020", "9 Ekim 2020", SUPPORT],
    "itiraz-02": ["2017", "2 yıl"],
    "itiraz-03": ["10'dan fazla", "2021"],
    "itiraz-04": ["10'dan fazla", "2021"],
    "itiraz-05": ["en az 2 komisyon", "21 Eylül 2020", "9 Ekim 2020", SUPPORT],
    "itiraz-06": ["21 Eylül 2020", "9 Ekim 2020", SUPPORT],
    "itiraz-07": ["25 üzerinden 17"],
    "itiraz-08": ["2018", "21 Eylül 2020", SUPPORT],
    "esep-01": ["http://etwinning.meb.gov.tr/il-koordinatorleri/"],
    "esep-03": [
        "https://webgate.ec.europa.eu/cas/eim/external/register.cgi",
        "https://school-education.ec.europa.eu/",
        "Log in",
        "Create account",
        "Register on this platform with EU login",
    ],
    "esep-08": ["Available for eTwinning project"],
    "esep-09": ["en fazla 4", "ilk 4", "2023"],
    "esep-10": ["10", "2023"],
    "esep-11": ["44", "1/3"],
    "iletisim-01": [SUPPORT],
    "okul-etiketi-03": ["17", "28", "91"],
    "hakkinda-02": ["2005", "2007", "2021"],
    "hakkinda-03": ["31", "38", "2009"],
    "hakkinda-04": ["879.000", "50.736", "226.597", "40.382", "Aralık 2020"],
    "hakkinda-05": ["28 dil"],
}


def test_every_entry_is_there(base: KnowledgeBase) -> None:
    assert sorted(base.entries) == sorted(IDS)


@pytest.mark.parametrize("key", IDS)
def test_an_answer_states_only_what_its_sources_list(base: KnowledgeBase, key: str) -> None:
    assert unsupported(base, base.entries[key]) == []


def test_every_listed_fact_is_used_by_an_answer(base: KnowledgeBase) -> None:
    assert unused(base, load_figures(ROOT / "knowledge")) == []


def test_every_place_is_cited(base: KnowledgeBase) -> None:
    cited = set(citations(base, load_figures(ROOT / "knowledge")))
    places = {(key, place) for key, doc in base.documents.items() for place in doc.places}
    assert places == cited


def test_the_audit_sees_a_wrong_figure_date_and_link(base: KnowledgeBase) -> None:
    entry = base.entries["proje-07"]
    wrong = entry.copy(update={"answer": "En fazla 11, 2019'da, https://example.org"})
    assert unsupported(base, wrong) == ["11", "2019", "https://example.org"]


@pytest.mark.parametrize("key", FIGURES)
def test_an_answer_has_its_figures(base: KnowledgeBase, key: str) -> None:
    text = answer_text(base, base.entries[key])
    assert [figure for figure in FIGURES[key] if figure not in text] == []


def test_the_twelve_links_are_all_given(base: KnowledgeBase) -> None:
    assert len(facts_in(base.entries["linkler-01"].answer).links) == 12


def test_answers_name_no_person(base: KnowledgeBase) -> None:
    text = " ".join(entry.answer for entry in base.entries.values())
    for name in ("KELEŞ", "Keleş", "0505", "CAN", "KALEM", "BAŞDEMİR"):
        assert name not in text


def test_an_answer_ends_with_source_and_date(base: KnowledgeBase) -> None:
    lines = {key: answer_text(base, e).splitlines()[-1] for key, e in base.entries.items()}
    assert lines["ke-01"] == "Kaynak: SSS Kalite Etiketi 1 (2020)"
    assert lines["esep-05"] == "Kaynak: ESEP duyurusu 5 (2022, yılı belgenin içeriğinden)"
    assert lines["hakkinda-03"] == "Kaynak: Tanıtım yazısı 4, 5 (Aralık 2020)"
    assert "5 Kasım 2020" in lines["okul-etiketi-03"]
    assert "9 Kasım 2020" in lines["okul-etiketi-03"]
    assert all(line.startswith("Kaynak: ") and len(line) < 100 for line in lines.values())


def test_a_superseded_entry_gives_the_rule_in_force_first(base: KnowledgeBase) -> None:
    text = answer_text(base, base.entries["proje-02"])
    assert text.startswith(base.entries["esep-02"].answer)
    assert text.index("Önceki kural (2020, eski projeler için)") < text.index(
        "Avrupa projesi oluyordu"
    )
    assert text.splitlines()[-1].index("ESEP duyurusu") < text.splitlines()[-1].index("SSS")


@pytest.mark.parametrize(
    ("key", "newer", "stays"),
    [("portal-03", "esep-08", "Hala bu okulda"), ("portal-07", "esep-01", "birkaç gün")],
)
def test_a_completed_entry_keeps_what_still_holds(
    base: KnowledgeBase, key: str, newer: str, stays: str
) -> None:
    text = answer_text(base, base.entries[key])
    assert text.startswith(base.entries[newer].answer)
    assert text.index("Ayrıca (2020 belgesine göre)") < text.index(stays)


def test_steps_of_the_old_portal_are_marked(base: KnowledgeBase) -> None:
    for key in ("portal-02", "genel-07", "portal-03", "itiraz-04"):
        assert "2020'deki eski portala aittir" in answer_text(base, base.entries[key])


def test_addresses_come_from_the_documents(base: KnowledgeBase) -> None:
    assert support_address(base) == SUPPORT
    assert coordinators_page(base) == "http://etwinning.meb.gov.tr/il-koordinatorleri/"


def test_related_questions_are_two_others(base: KnowledgeBase) -> None:
    for entry in base.entries.values():
        assert len(set(entry.see_also) - {entry.id}) == 2, entry.id


def test_answers_use_the_markdown_subset_only(base: KnowledgeBase) -> None:
    for entry in base.entries.values():
        shown = plain(entry.answer)
        assert not set(shown) & set("#<>|`_*") or "_" in "".join(facts_in(entry.answer).links)
        assert "\t" not in entry.answer
