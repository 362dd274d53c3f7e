"""Titles of the flows and the guides: complete, and refused where they are broken."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError, load
from bot.knowledge.guides import load_guides
from bot.knowledge.rendering import answer_text
from bot.knowledge.whole import check_knowledge
from bot.settings import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_whole_folder_is_sound() -> None:
    check_knowledge(ROOT / "knowledge")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("flows.yml", "genel-01", "genel-99", "“genel-99” diye bir kayıt yok"),
        ("flows.yml", "title: Ben", "titel: Ben", "“title” mi demek istediniz"),
        ("flows.yml", "[proje-08]", "[proje-08, ke-01]", "iki akışta birden"),
        ("flows.yml", "Ben üye olabilir miyim, hesaplayalım", "x" * 41, "40 karakterden uzun"),
        ("guides/akis-esep.yml", "track: eski}", "track: yok}", "“yok” diye bir yol yok"),
        ("guides/akis-esep.yml", "start: hesap", "start: yok", "“yok” diye bir soru yok"),
        ("guides/akis-esep.yml", "next_flow: akis-koordinator", "next_flow: akis-x", "“akis-x”"),
        ("guides/akis-esep.yml", 'place: "3"', 'place: "99"', "diye bir kaynak yok"),
        ("guides/akis-davet.yml", "stuck:", "takildi:", "akis-davet.yml"),
        ("guides/akis-davet.yml", "see: genel-10", "see: genel-99", "“genel-99” diye bir kayıt"),
        ("coordinators.csv", "Mersin", "Mersinn", "diye bir il yok"),
        ("rules/akis-yas.yml", "afterwards: carried", "afterwards: belki", "akis-yas.yml"),
        ("calendar.yml", "2020-09-21", "2020-09-31", "calendar.yml"),
    ],
)
def test_a_broken_file_is_named(copy: Path, file: str, old: str, new: str, words: str) -> None:
    change(copy / file, old, new)
    with pytest.raises(KnowledgeError) as error:
        check_knowledge(copy)
    assert words in str(error.value)
    assert file.rsplit("/", maxsplit=1)[-1] in str(error.value)


def test_a_file_of_flows_that_is_no_table_is_refused(copy: Path) -> None:
    (copy / "flows.yml").write_text("- akis-kalite\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="akış tablosu değil"):
        load(copy)


def test_every_entry_beside_a_flow_offers_it_and_no_other(base: KnowledgeBase) -> None:
    for flow in base.flows.values():
        for entry in flow.entries:
            assert base.flow_beside(entry) == flow
    assert base.flow_beside("linkler-01") is None


def test_every_step_has_a_source_line(base: KnowledgeBase) -> None:
    for guide in load_guides(ROOT / "knowledge", base).values():
        for track in guide.tracks.values():
            assert all(step.sources for step in track.steps)


def test_answers_stay_as_they_were(base: KnowledgeBase) -> None:
    assert "Kaynak:" in answer_text(base, base.entries["genel-04"])
