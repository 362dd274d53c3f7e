"""Dated facts: set with their source, checked, live at once; sources stay accounted for."""

import datetime
from pathlib import Path

import pytest

from bot.clock import TURKIYE
from bot.knowledge import KnowledgeError
from bot.knowledge.banner import banner_now
from bot.knowledge.current import coordinators, current, figures, knowledge
from bot.learning import LearningError, facts
from bot.learning.edits import edits
from bot.learning.entries import Draft, edit_entry, entry_changes, likest, next_id
from bot.learning.sources import Citation, document_key
from bot.live import live
from bot.text.partial_date import PartialDate
from tests.learning.conftest import Project

NEW = Citation(
    "ke-duyurusu-2027", "Tarihler", "Kalite Etiketi 2027 duyurusu", "Duyuru", "2027-01-15"
)
AGAIN = Citation("ke-duyurusu-2027", "Tarihler")
SSS = Citation("sss-2020", "İtiraz 1")
JUNE = datetime.date(2027, 6, 1)
JULY = datetime.date(2027, 7, 1)


def text_of(name: str) -> str:
    return (live().knowledge / name).read_text(encoding="utf-8")


def test_a_day_is_set_with_a_new_source(project: Project) -> None:
    edit = facts.set_day("ayşe", "application_until", 2027, JUNE, NEW)
    day = figures().day("application_until", 2027)
    assert day is not None
    assert (day.date, day.source.document) == (PartialDate(2027, 6, 1), NEW.document)
    assert edit.what == "Kalite Etiketi son başvuru günü (2027): 1 Haziran 2027"
    document = current().documents[NEW.document]
    assert (document.title, document.short, document.date.iso()) == NEW[2:5]
    assert document.places["Tarihler"].dates == (PartialDate(2027, 6, 1),)


def test_a_second_day_uses_the_place_known_by_now_if_the_staff_vouches_for_it(
    project: Project,
) -> None:
    facts.set_day("ayşe", "application_until", 2027, JUNE, NEW)
    with pytest.raises(KnowledgeError, match="appeal_until 2027: 2027-07-01 kaynağında yazmıyor"):
        facts.set_day("ayşe", "appeal_until", 2027, JULY, AGAIN)
    facts.set_day("ayşe", "appeal_until", 2027, JULY, AGAIN._replace(stated=True))
    assert len(current().documents[NEW.document].places["Tarihler"].dates) == 2


def test_a_day_typed_wrong_is_corrected_without_a_trace_in_the_source(project: Project) -> None:
    facts.set_day("ayşe", "application_until", 2027, JULY, NEW)
    facts.set_day("ayşe", "application_until", 2027, JUNE, AGAIN)
    place = current().documents[NEW.document].places["Tarihler"]
    assert place.dates == (PartialDate(2027, 6, 1),)
    assert place.left_out == ()


def test_a_documented_day_replaced_by_a_newer_source_stays_accounted_for(project: Project) -> None:
    day = datetime.date(2020, 10, 12)
    source = NEW._replace(date="2020-09-01")
    facts.set_day("ayşe", "appeal_answered_until", 2020, day, source)
    assert figures().day("appeal_answered_until", 2020).date.day == 12  # type: ignore[union-attr]
    # The answers of itiraz-01 still state the old day, and so the source still lists it.
    assert PartialDate(2020, 10, 9) in current().documents["sss-2020"].places["İtiraz 1"].dates


def test_a_day_is_taken_away_with_the_place_that_nothing_else_cites(project: Project) -> None:
    facts.set_day("ayşe", "application_until", 2027, JUNE, NEW)
    facts.clear_day("ayşe", "application_until", 2027, "iptal edildi")
    assert figures().day("application_until", 2027) is None
    assert NEW.document not in current().documents
    assert text_of("calendar.yml") == project.read("knowledge/calendar.yml")
    assert text_of("sources.yml") == project.read("knowledge/sources.yml")


@pytest.mark.parametrize(
    ("event", "year", "citation", "words"),
    [
        ("yok", 2027, NEW, "“yok” diye bir olay yok"),
        ("application_until", 2027, AGAIN, "diye bir belge yok. Yeni bir belgeyse"),
        ("application_until", 2027, NEW._replace(document="KE 2027"), "belge kısaltması olamaz"),
        ("application_until", 2027, NEW._replace(place=""), "neresinde yazdığını"),
        ("application_until", 2027, Citation("sss-2020", "Yok 1"), "diye bir yer yok"),
    ],
)
def test_what_cannot_be_a_day_or_its_source_is_said(
    project: Project, event: str, year: int, citation: Citation, words: str
) -> None:
    with pytest.raises(LearningError, match=words):
        facts.set_day("ayşe", event, year, JUNE, citation)
    assert edits() == []


def test_a_day_of_another_year_is_refused(project: Project) -> None:
    with pytest.raises(KnowledgeError, match="2025 için 2027-06-01 yazılmış"):
        facts.set_day("ayşe", "application_until", 2025, JUNE, NEW)


def test_a_figure_gets_a_new_period(project: Project) -> None:
    edit = facts.set_figure("ayşe", "akis-kalite", "members_tr", 12, 2026, 2027, NEW)
    figure = figures().rules["akis-kalite"]["members_tr"]
    assert [figure.in_year(year).value for year in (2025, 2026, 2027, 2030)] == [10, 12, 12, 12]
    assert edit.what.endswith("en çok üye (2026-2027): 12")
    assert "12" in current().documents[NEW.document].places["Tarihler"].figures


def test_a_period_that_begins_the_same_year_is_replaced(project: Project) -> None:
    facts.set_figure("ayşe", "akis-kalite", "members_tr", 12, 2026, 2026, NEW)
    facts.set_figure("ayşe", "akis-kalite", "members_tr", 11, 2026, 2028, AGAIN)
    figure = figures().rules["akis-kalite"]["members_tr"]
    assert [(p.first, p.until, p.value) for p in figure.periods][-1] == (2026, 2028, 11)
    assert current().documents[NEW.document].places["Tarihler"].figures == ("11",)


def test_a_documented_figure_replaced_is_left_out_with_the_reason(project: Project) -> None:
    facts.set_figure("ayşe", "akis-avrupa", "label_countries", 3, 2020, 2020, NEW)
    place = current().documents["sss-2020"].places["Kalite Etiketi 6"]
    # ke-06 states the two countries too.
    assert "2" in place.figures
    facts.set_figure("ayşe", "akis-yas", "group_4", 18, 2020, 2020, AGAIN._replace(stated=True))
    assert "19" in current().documents["sss-2020"].places["Projeler 10"].figures


@pytest.mark.parametrize(
    ("rule", "name", "first", "until", "error", "words"),
    [
        ("akis-yok", "members_tr", 2026, 2026, LearningError, "“akis-yok” diye bir hesap yok"),
        ("akis-kalite", "yok", 2026, 2026, LearningError, "“yok” diye bir sayı yok"),
        ("akis-kalite", "members_tr", 2022, 2024, KnowledgeError, "çakışıyor"),
        ("akis-kalite", "members_tr", 2026, 2025, KnowledgeError, "until, from yılından önce"),
    ],
)
def test_a_figure_that_cannot_be_is_said(
    project: Project, rule: str, name: str, first: int, until: int, error: type, words: str
) -> None:
    with pytest.raises(error, match=words):
        facts.set_figure("ayşe", rule, name, 12, first, until, NEW)


def test_a_period_is_taken_away(project: Project) -> None:
    facts.set_figure("ayşe", "akis-kalite", "members_tr", 12, 2026, 2027, NEW)
    facts.clear_figure("ayşe", "akis-kalite", "members_tr", 2026)
    assert text_of("rules/akis-kalite.yml") == project.read("knowledge/rules/akis-kalite.yml")
    with pytest.raises(KnowledgeError, match="en az bir dönem"):
        facts.clear_figure("ayşe", "akis-avrupa", "label_countries", 2020)
    with pytest.raises(LearningError, match="2030 yılında başlayan bir dönem yok"):
        facts.clear_figure("ayşe", "akis-kalite", "members_tr", 2030)


def test_coordinators_are_imported_replaced_hidden_and_shown(
    project: Project, tmp_path: Path
) -> None:
    file = tmp_path / "rehber.csv"
    file.write_text(
        "il;ad;kaynak;tarih\nVan;Bir;yazı;2026-01-01\nVan;İki;yazı;2026-01-01\n", encoding="utf-8"
    )
    assert facts.import_coordinators("ayşe", file).what == "Koordinatörler: 2 kayıt, 1 il"
    assert [record.name for record in coordinators()] == ["Bircan KELEŞ", "Bir", "İki"]
    facts.hide_coordinators("ayşe", "van")
    assert [record.hidden for record in coordinators()] == [False, True, True]
    facts.hide_coordinators("ayşe", "van", hidden=False)
    row = {"name": "Üç", "source": "yazı", "as_of": "2026-02-01", "phone": "0432 111 22 33"}
    facts.set_coordinators("ayşe", "Van", [row])
    assert [record.name for record in coordinators()] == ["Bircan KELEŞ", "Üç"]
    facts.set_coordinators("ayşe", "Van", [])
    assert len(coordinators()) == 1
    assert text_of("coordinators.csv") == project.read("knowledge/coordinators.csv")
    assert len(edits()) == 5


def test_a_directory_with_one_fault_changes_nothing(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "rehber.csv"
    file.write_text("il;ad;kaynak;tarih\nNarnia;Bir;yazı;2026-01-01\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"rehber\.csv:2"):
        facts.import_coordinators("ayşe", file)
    with pytest.raises(LearningError, match="“narnia” diye bir il yok"):
        facts.hide_coordinators("ayşe", "narnia")
    with pytest.raises(LearningError, match="Ankara kaydı yok"):
        facts.hide_coordinators("ayşe", "ankara")
    with pytest.raises(KnowledgeError, match="“12” telefon değil"):
        facts.set_coordinators(
            "ayşe", "van", [{"name": "x", "source": "y", "as_of": "2026", "phone": "12"}]
        )
    assert edits() == []


def test_the_banner_is_live_at_once(project: Project) -> None:
    now = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=TURKIYE)
    facts.set_banner("ayşe", "ESEP bakımda.", until="2026-11-20")
    assert banner_now(live().knowledge, now) == "ESEP bakımda."
    facts.set_banner("ayşe", "")
    assert banner_now(live().knowledge, now) is None
    with pytest.raises(KnowledgeError, match="“yarın” zaman değil"):
        facts.set_banner("ayşe", "Bakım", until="yarın")


# --- entries


def test_an_answer_is_corrected_within_its_sources(project: Project) -> None:
    old = current().entries["proje-07"].answer
    edit_entry("ayşe", "proje-07", answer=old.replace("en fazla", "en çok"), seen=old)
    assert "en çok" in current().entries["proje-07"].answer
    with pytest.raises(LearningError, match="başkası da değiştirdi"):
        edit_entry("veli", "proje-07", answer="Başka.", seen=old)


def test_a_new_fact_needs_a_source_that_states_it(project: Project) -> None:
    old = current().entries["ke-03"]
    answer = old.answer + "\n\nBu kural 15 Ocak 2027'den beri geçerlidir."
    with pytest.raises(KnowledgeError, match="ke-03 yanıtındaki 2027-01-15 kaynağında yazmıyor"):
        edit_entry("ayşe", "ke-03", answer=answer)
    both = [Citation("sss-2020", "Kalite Etiketi 3"), NEW]
    edit_entry("ayşe", "ke-03", answer=answer, citations=both)
    entry = current().entries["ke-03"]
    assert entry.as_of.iso() == "2027-01-15"
    assert current().documents[NEW.document].places["Tarihler"].dates == (PartialDate(2027, 1, 15),)


def test_a_fact_that_is_dropped_needs_a_reason(project: Project) -> None:
    answer = current().entries["genel-04"].answer.replace("83", "her")
    with pytest.raises(KnowledgeError, match="Faaliyet 4: 83 hiçbir yanıtta"):
        edit_entry("ayşe", "genel-04", answer=answer)
    edit_entry("ayşe", "genel-04", answer=answer, left_out={"83": "Sayı eskidi."})
    place = current().documents["sss-2020"].places["Faaliyet 4"]
    assert place.figures == ("81",)
    assert [(one.value, one.reason) for one in place.left_out] == [("83", "Sayı eskidi.")]


def test_only_an_entry_s_own_fields_are_changed(project: Project) -> None:
    edit_entry("ayşe", "ke-03", {"title": "Eski okulum", "review_by": "2028-01-31"})
    assert current().entries["ke-03"].title == "Eski okulum"
    with pytest.raises(LearningError, match="“id” alanı"):
        edit_entry("ayşe", "ke-03", {"id": "ke-99"})
    with pytest.raises(LearningError, match="“ke-99” diye bir kayıt yok"):
        edit_entry("ayşe", "ke-99", {"title": "x"})


DRAFT = Draft(
    "ke",
    "Etiket için kaç öğrenci gerekir",
    "Kalite Etiketi için **en az 12 öğrenci** gerekir.",
    (NEW,),
    "2028-12-31",
    ("kaç öğrenci gerekir",),
)


def test_a_draft_becomes_an_entry_with_its_source(project: Project) -> None:
    entry, source = entry_changes(DRAFT, "ke-07")
    assert (entry.file, entry.path) == ("faq/ke.yml", ("ke-07",))
    assert entry.after["as_of"] == "2027-01-15"
    assert len(entry.after["see_also"]) == 2
    assert source.after["places"] == {"Tarihler": {"figures": ["12"]}}


def test_a_draft_without_a_source_is_refused(project: Project) -> None:
    with pytest.raises(LearningError, match="bir kaynak yazın"):
        entry_changes(DRAFT._replace(citations=()), "ke-07")
    with pytest.raises(LearningError, match="tarih değil"):
        entry_changes(DRAFT._replace(citations=(NEW._replace(date="dün"),)), "ke-07")


def test_ids_go_on_within_a_chapter(project: Project) -> None:
    base = knowledge().base
    assert next_id(base, "ke") == "ke-07"
    assert next_id(base, "ke", ["ke-07", "proje-13"]) == "ke-08"
    assert next_id(base, "okul-etiketi") == "okul-etiketi-04"
    with pytest.raises(LearningError, match="“yok” diye bir bölüm yok"):
        next_id(base, "yok")


def test_the_likest_entries_are_proposed(project: Project) -> None:
    draft = DRAFT._replace(title="Sertifikada eski okulum", phrases=())
    assert likest(knowledge().base, draft)[0] == "ke-03"


@pytest.mark.parametrize(
    ("title", "date", "key"),
    [
        ("Kalite Etiketi 2027 duyurusu", "2027-01-15", "kalite-etiketi-duyurusu-2027"),
        ("Üst yazı", "2026", "ust-yazi-2026"),
    ],
)
def test_a_document_gets_a_key(title: str, date: str, key: str) -> None:
    assert document_key(title, date) == key
