"""Edits: checked like the files, live at once, remembered, and put into the next release."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import KnowledgeError, current
from bot.knowledge.current import knowledge
from bot.learning import LearningError, store, versions
from bot.learning.changes import Change, fold, put_changes, read_value
from bot.learning.edits import edits, make_edit, take_release
from bot.live import Live, live, read_pointer
from bot.settings import settings
from tests.learning.conftest import Project

TITLE = Change("faq/ke.yml", ("ke-03", "title"), "Sertifikada eski okul adı")
REVIEW = Change("faq/ke.yml", ("ke-03", "review_by"), "2030-01-31")


def test_without_an_edit_the_project_s_own_files_are_in_use(project: Project) -> None:
    assert live() == Live("", project.knowledge, project.data)
    assert versions.refresh() is False
    assert not (project.var / "learning/versions").exists()


def test_an_edit_is_live_at_once_and_remembered(project: Project) -> None:
    assert current().entries["ke-03"].title == "Sertifikada eski okulum yazıyor"
    made = make_edit("ayşe", "Başlık", [TITLE], "daha kısa")
    assert current().entries["ke-03"].title == "Sertifikada eski okul adı"
    assert live().data == project.data
    (kept,) = edits()
    assert kept == made
    assert (kept.by, kept.what, kept.note) == ("ayşe", "Başlık", "daha kısa")
    assert kept.changes[0].before == "Sertifikada eski okulum yazıyor"
    assert kept.changes[0].after == "Sertifikada eski okul adı"


def test_the_project_s_own_files_are_left_alone(project: Project) -> None:
    before = project.read("knowledge/faq/ke.yml")
    make_edit("ayşe", "Başlık", [TITLE])
    assert project.read("knowledge/faq/ke.yml") == before


def test_another_process_sees_it(project: Project) -> None:
    make_edit("ayşe", "Başlık", [TITLE])
    # What a process reads that has never seen the folder.
    pointer = json.loads((project.var / "learning/live.json").read_text(encoding="utf-8"))
    folder = project.var / "learning/versions" / pointer["version"] / "knowledge"
    assert "Sertifikada eski okul adı" in (folder / "faq/ke.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("faq/ke.yml", ("ke-03", "title"), "u" * 41), ["faq/ke.yml:34", "40 karakterden"]),
        (Change("faq/ke.yml", ("ke-03", "titel"), "x"), ["“title” mi demek istediniz"]),
        (Change("faq/ke.yml", ("ke-03", "answer"), "En fazla **99** okul."), ["ke-03", "99"]),
        (Change("faq/ke.yml", ("ke-03", "review_by"), "2019"), ["review_by as_of tarihinden önce"]),
        (Change("faq/ke.yml", ("ke-03", "see_also"), ["ke-99"]), ["“ke-99” diye bir kayıt yok"]),
        (Change("faq/proje.yml", ("proje-06", "answer"), "Kanun vardır."), ["Projeler 6: 6698"]),
        (
            Change("calendar.yml", ("appeal_until", "years", 2020, "date"), "2020-09-31"),
            ["knowledge/calendar.yml:6", "diye bir gün yok"],
        ),
        (
            Change("calendar.yml", ("appeal_until", "years", 2020, "date"), "2020-09-22"),
            ["appeal_until 2020: 2020-09-22 kaynağında yazmıyor"],
        ),
        (
            Change("rules/akis-kalite.yml", ("members_tr", "periods"), []),
            ["en az bir dönem gerekir"],
        ),
        (Change("banner.yml", (), {"text": "a" * 301}), ["banner.yml", "300 karakterden"]),
        (
            Change("coordinators.csv", ("Van",), [{"province": "Van", "name": "Biri"}]),
            ["“source” boş"],
        ),
    ],
)
def test_what_the_files_would_refuse_is_refused_and_nothing_changes(
    project: Project, change: Change, words: list[str]
) -> None:
    with pytest.raises(KnowledgeError) as error:
        make_edit("ayşe", "x", [change])
    assert all(word in str(error.value) for word in words), str(error.value)
    assert str(project.var) not in str(error.value)
    assert edits() == []
    assert live().version == ""


def test_an_edit_that_changes_nothing_is_said(project: Project) -> None:
    make_edit("ayşe", "Başlık", [TITLE])
    with pytest.raises(LearningError, match="Değişen bir şey yok"):
        make_edit("ayşe", "Başlık", [TITLE])
    assert len(edits()) == 1


def test_who_saw_something_older_is_told(project: Project) -> None:
    seen = TITLE._replace(before="Sertifikada eski okulum yazıyor", after="Başka")
    make_edit("ayşe", "Başlık", [TITLE])
    with pytest.raises(LearningError, match="başkası da değiştirdi"):
        make_edit("veli", "Başlık", [seen])


def test_several_edits_stand_together(project: Project) -> None:
    make_edit("ayşe", "1", [TITLE])
    make_edit("veli", "2", [REVIEW])
    make_edit("ayşe", "3", [TITLE._replace(after="Belgede eski okul")])
    entry = current().entries["ke-03"]
    assert (entry.title, entry.review_by.iso()) == ("Belgede eski okul", "2030-01-31")


def test_old_versions_are_swept_away(project: Project) -> None:
    for number in range(6):
        make_edit("ayşe", "x", [TITLE._replace(after=f"Başlık {number}")])
    names = sorted(path.name for path in (project.var / "learning/versions").iterdir())
    assert names == ["000004", "000005", "000006"]


# --- the next release


def test_an_edit_survives_a_release_that_changes_something_else(project: Project) -> None:
    make_edit("ayşe", "Başlık", [TITLE])
    project.change("knowledge/faq/ke.yml", "Sertifikadaki okul adında", "Sertifikada okul adında")
    assert versions.refresh() is True
    entry = current().entries["ke-03"]
    assert entry.title == "Sertifikada eski okul adı"
    assert entry.answer.startswith("Sertifikada okul adında")
    assert versions.refresh() is False


def test_an_edit_the_release_contains_falls_away(project: Project) -> None:
    make_edit("ayşe", "Başlık", [TITLE])
    project.change(
        "knowledge/faq/ke.yml", "title: Sertifikada eski okulum yazıyor", f"title: {TITLE.after}"
    )
    versions.refresh()
    pointer = read_pointer(settings())
    assert pointer["contained"] == ["faq/ke.yml: ke-03 title"]
    assert pointer["conflicts"] == []
    assert (live().knowledge / "faq/ke.yml").read_text(encoding="utf-8") == project.read(
        "knowledge/faq/ke.yml"
    )


def test_where_both_changed_the_staff_s_stands_and_is_reported(project: Project) -> None:
    make_edit("ayşe", "Başlık", [TITLE])
    project.change("knowledge/faq/ke.yml", "Sertifikada eski okulum yazıyor", "Eski okul")
    versions.refresh()
    assert current().entries["ke-03"].title == TITLE.after
    assert read_pointer(settings())["conflicts"] == ["faq/ke.yml: ke-03 title"]
    take_release("veli", "faq/ke.yml: ke-03 title")
    assert current().entries["ke-03"].title == "Eski okul"
    assert read_pointer(settings())["conflicts"] == []


def test_an_edit_whose_place_is_gone_is_set_aside_and_the_others_stand(project: Project) -> None:
    make_edit("ayşe", "1", [Change("rules/akis-yas.yml", ("group_4", "review_by"), "2030-01-31")])
    make_edit("ayşe", "2", [TITLE])
    text = project.read("knowledge/rules/akis-yas.yml")
    head, _, tail = text.partition("group_4:")
    (project.knowledge / "rules/akis-yas.yml").write_text(head, encoding="utf-8")
    assert "19" in tail
    project.change("knowledge/sources.yml", "15, 16, 19, 2]", "15, 16, 19, 2]")
    versions.refresh()
    assert current().entries["ke-03"].title == TITLE.after
    assert read_pointer(settings())["set_aside"] == {"000001": versions.GONE}


def test_an_edit_that_a_release_breaks_is_set_aside_and_the_others_stand(project: Project) -> None:
    make_edit("ayşe", "1", [Change("faq/ke.yml", ("ke-03", "see_also"), ["portal-02", "ke-04"])])
    make_edit("ayşe", "2", [TITLE._replace(after="Başvuru dili hangisi")])
    project.change(
        "knowledge/faq/ke.yml", "'Başvuru dili: Türkçe mi, İngilizce mi'", "Başvuru dili hangisi"
    )
    versions.refresh()
    (aside,) = read_pointer(settings())["set_aside"].items()
    assert aside[0] == "000002"
    assert "başlığı" in aside[1]
    assert current().entries["ke-03"].see_also == ("portal-02", "ke-04")


# --- faults


def test_a_crash_between_journal_and_pointer_is_mended(project: Project) -> None:
    make_edit("ayşe", "1", [TITLE])
    records = store.journal()
    change = REVIEW._replace(before="2027-06-30").as_dict()
    store.append({**records[0], "id": "000002", "changes": [change]})
    assert current().entries["ke-03"].review_by.iso() == "2027-06-30"
    assert versions.refresh() is True
    assert current().entries["ke-03"].review_by.iso() == "2030-01-31"


def test_a_line_cut_short_is_ended_and_skipped(project: Project) -> None:
    make_edit("ayşe", "1", [TITLE])
    path = project.var / "learning/journal.jsonl"
    with path.open("ab") as file:
        file.write(b'{"id": "000002", "ki')
    make_edit("ayşe", "2", [REVIEW])
    assert [edit.what for edit in edits()] == ["1", "2"]


def test_a_broken_pointer_keeps_what_was_in_use(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    make_edit("ayşe", "1", [TITLE])
    assert current().entries["ke-03"].title == TITLE.after
    (project.var / "learning/live.json").write_text("{", encoding="utf-8")
    assert current().entries["ke-03"].title == TITLE.after
    assert "cannot be read" in caplog.text
    assert versions.refresh() is True


def test_a_version_that_cannot_be_loaded_keeps_the_one_before(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    make_edit("ayşe", "1", [TITLE])
    assert knowledge().base.entries["ke-03"].title == TITLE.after
    pointer = read_pointer(settings())
    store.write_json(store.folder() / "live.json", {**pointer, "version": "000099"})
    assert knowledge().base.entries["ke-03"].title == TITLE.after
    assert "the one before stays" in caplog.text


def test_files_are_for_their_owner_only(project: Project) -> None:
    make_edit("ayşe", "1", [TITLE])
    modes = {path.name: path.stat().st_mode & 0o777 for path in store.folder().iterdir()}
    assert modes["journal.jsonl"] == modes["live.json"] == 0o600
    assert (project.var / "learning").stat().st_mode & 0o777 == 0o700


# --- changes


def test_changes_of_one_place_are_folded() -> None:
    assert fold([TITLE._replace(before="a", after="b"), TITLE._replace(before="b", after="c")]) == [
        TITLE._replace(before="a", after="c")
    ]


def test_a_change_inside_something_new_becomes_part_of_it() -> None:
    new = Change("faq/ke.yml", ("ke-07",), {"id": "ke-07", "title": "Bir"}, None)
    inside = Change("faq/ke.yml", ("ke-07", "title"), "İki", "Bir")
    assert fold([new, inside]) == [new._replace(after={"id": "ke-07", "title": "İki"})]
    gone = Change("faq/ke.yml", ("ke-07", "title"), None, "İki")
    assert fold([new, inside, gone]) == [new._replace(after={"id": "ke-07"})]


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        ("faq/ke.yml", ("ke-03", "title"), "Sertifikada eski okulum yazıyor"),
        ("faq/ke.yml", ("ke-99", "title"), None),
        ("calendar.yml", ("appeal_until", "years", 2020, "date"), "2020-09-21"),
        ("yok.yml", ("a",), None),
        ("coordinators.csv", ("Van",), None),
    ],
)
def test_a_value_is_read_at_its_place(
    project: Project, file: str, path: tuple[Any, ...], value: Any
) -> None:
    assert read_value(project.knowledge, file, path) == value


def test_an_entry_that_a_release_brings_under_the_same_id_is_the_release_s(
    project: Project,
) -> None:
    mine = Change("faq/ke.yml", ("ke-06",), {"id": "ke-06", "title": "Benimki"}, None)
    put = put_changes(project.knowledge, [mine])
    assert put.conflicts == (mine,)
    assert "Avrupa Kalite Etiketi nasıl alınır" in project.read("knowledge/faq/ke.yml")


def test_a_province_s_rows_are_put_in_and_taken_away(project: Project) -> None:
    row = {"province": "Van", "name": "Deneme Kişi", "source": "yazı", "as_of": "2026-01-01"}
    change = Change("coordinators.csv", ("Van",), [row], None)
    assert put_changes(project.knowledge, [change]).conflicts == ()
    assert "Van,Deneme Kişi,,,yazı,2026-01-01," in project.read("knowledge/coordinators.csv")
    put_changes(project.knowledge, [Change("coordinators.csv", ("Van",), None, [row])])
    assert "Van" not in project.read("knowledge/coordinators.csv")


def test_the_same_file_of_a_release_makes_the_same_version(project: Project) -> None:
    make_edit("ayşe", "1", [TITLE])
    first = {path.name: path.read_bytes() for path in Path(live().knowledge).glob("*/*.yml")}
    make_edit("ayşe", "2", [REVIEW])
    make_edit("ayşe", "3", [REVIEW._replace(after="2027-06-30")])
    assert first == {
        path.name: path.read_bytes() for path in Path(live().knowledge).glob("*/*.yml")
    }
