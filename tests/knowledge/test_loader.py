"""A broken file is refused with its line, the fault and the mend."""

import os
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load

SOURCES = """documents:
  belge:
    title: Bir belge
    short: Belge
    date: 2020
    places:
      Yer 1: {figures: [10]}
"""
ENTRY = """- id: proje-01
  title: Kaç üye olabilir
  answer: En fazla **10** üye.
  sources:
    - {document: belge, place: Yer 1}
  as_of: 2020
  valid_from: 2020
  review_by: 2027-06-30
"""
FLOWS = "akis-deneme: {title: Bir hesap}\n"
SECOND = ENTRY.replace("proje-01", "proje-02").replace("Kaç üye", "Kaç ortak")


def write(folder: Path, entries: str | bytes = ENTRY, sources: str = SOURCES) -> Path:
    (folder / "faq").mkdir(parents=True, exist_ok=True)
    (folder / "sources.yml").write_text(sources, encoding="utf-8")
    (folder / "flows.yml").write_text(FLOWS, encoding="utf-8")
    content = entries if isinstance(entries, bytes) else entries.encode()
    (folder / "faq" / "proje.yml").write_bytes(content)
    return folder


def test_sound_files_load_into_frozen_objects(tmp_path: Path) -> None:
    base = load(write(tmp_path))
    assert base.entries["proje-01"].answer == "En fazla **10** üye."
    with pytest.raises(TypeError):
        setattr(base.entries["proje-01"], "title", "x")  # noqa: B010 - mypy knows it is frozen
    with pytest.raises(TypeError):
        base.entries["x"] = base.entries["proje-01"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("entries", "line", "words"),
    [
        (ENTRY.replace("as_of: 2020\n", "as_of: 2020\n  baslik: x\n"), 7, "“baslik” bilinmeyen"),
        (ENTRY.replace("  as_of", "  asof"), 6, "“as_of” mi demek istediniz"),
        (ENTRY.replace("  title: Kaç üye olabilir\n", ""), 1, "“title” yazılmamış"),
        (ENTRY.replace("Kaç üye olabilir", "u" * 41), 2, "40 karakterden uzun"),
        (ENTRY.replace("place: Yer 1", "place: Yer 2"), 1, "“Yer 1” mi demek istediniz"),
        (ENTRY.replace("document: belge", "document: yok"), 1, "“yok” diye bir belge yok"),
        (ENTRY.replace("valid_from: 2020", "valid_from: 2020-02-30"), 7, "diye bir gün yok"),
        (ENTRY.replace("as_of: 2020", "as_of: 2019"), 1, "as_of: 2020 yazın"),
        (ENTRY.replace("review_by: 2027-06-30", "review_by: 2019"), 1, "review_by"),
        (ENTRY.replace("- id: proje-01", "- id: Proje 1"), 1, "proje-01 gibi"),
        (ENTRY + "  see_also: [proje-09]\n", 1, "“proje-09” diye bir kayıt yok"),
        (ENTRY + "  superseded_by: proje-01\n", 1, "kendisini gösteriyor"),
        (ENTRY + "  superseded_by: [a]\n", 9, "beklenen türde değil"),
        (ENTRY + ENTRY, 9, "ikinci kez kullanılmış"),
        (ENTRY + ENTRY.replace("proje-01", "proje-02"), 9, "proje-01 ile aynı"),
        (
            ENTRY
            + "  superseded_by: proje-02\n"
            + SECOND
            + "  completed_by: proje-03\n"
            + SECOND.replace("-02", "-03").replace("ortak", "kurucu"),
            1,
            "kaydının da yenisi var",
        ),
        (ENTRY.replace("  title:", "  title"), 3, "YAML yazımı bozuk"),
        (ENTRY + "  title: ikinci başlık\n", 9, "YAML yazımı bozuk"),
        ("id: proje-01\n", 1, "kayıt listesi değil"),
        ("- 5\n", 1, "beklenen türde değil"),
        ("", 0, "dosya boş"),
        (ENTRY.encode("utf-16"), 1, "UTF-8 değil"),
        (ENTRY.replace("üye", "\x00ye").encode(), 0, "YAML okunamıyor"),
    ],
)
def test_a_broken_entry_is_named_with_its_line(
    tmp_path: Path, entries: str | bytes, line: int, words: str
) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(write(tmp_path, entries))
    assert words in str(error.value)
    assert any(fault.line == line for fault in error.value.faults)
    assert all(fault.mend for fault in error.value.faults)


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (SOURCES.replace("documents:", "belgeler:"), "yalnızca “documents:”"),
        (SOURCES.replace("    date: 2020\n", ""), "“date” yazılmamış"),
        (SOURCES.replace("figures", "figure"), "“figures” mi demek istediniz"),
        ("documents:\n  belge: {}\n", "“title” yazılmamış"),
        ("", "dosya boş"),
    ],
)
def test_broken_sources_are_refused(tmp_path: Path, sources: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=r"sources\.yml") as error:
        load(write(tmp_path, sources=sources))
    assert words in str(error.value)


def test_every_fault_of_a_run_is_reported(tmp_path: Path) -> None:
    broken = ENTRY.replace("2027-06-30", "yarın") + SECOND.replace("document: belge", "document: b")
    with pytest.raises(KnowledgeError) as error:
        load(write(tmp_path, broken))
    assert len(error.value.faults) == 2


def test_a_missing_folder_and_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="hiç bilgi dosyası yok"):
        load(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "faq" / "proje.yml").chmod(0)
    with pytest.raises(KnowledgeError, match="okunamıyor"):
        load(tmp_path)


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "faq" / "klasor.yml").mkdir()
    with pytest.raises(KnowledgeError, match=r"klasor\.yml: dosya okunamıyor"):
        load(tmp_path)
