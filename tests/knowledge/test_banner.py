"""The outage notice: when it holds, what is refused, and that a change is seen at once."""

import datetime
from pathlib import Path

import pytest

from bot.clock import TURKIYE
from bot.knowledge import KnowledgeError
from bot.knowledge.banner import FILE, Banner, banner_now, load_banner, write_banner
from bot.settings import ROOT

NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=TURKIYE)


def written(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_project_starts_without_a_notice() -> None:
    assert load_banner(ROOT / "knowledge") == Banner()
    assert banner_now(ROOT / "knowledge", NOON) is None


def test_without_a_file_there_is_no_notice(tmp_path: Path) -> None:
    assert load_banner(tmp_path) == Banner()
    assert banner_now(tmp_path, NOON) is None


@pytest.mark.parametrize(
    ("first", "until", "shown"),
    [
        (None, None, True),
        ("2026-11-20", "2026-11-20", True),
        ("2026-11-20 12:00", None, True),
        ("2026-11-20T12:00", None, True),
        ("2026-11-20 12:01", None, False),
        ("2026-11-21", None, False),
        (None, "2026-11-20 12:01", True),
        (None, "2026-11-20 12:00", False),
        (None, "2026-11-19", False),
    ],
)
def test_a_notice_holds_between_its_moments(
    tmp_path: Path, first: str | None, until: str | None, shown: bool
) -> None:
    write_banner(tmp_path, Banner(text="Platform bakımda.", first=first, until=until))
    assert banner_now(tmp_path, NOON) == ("Platform bakımda." if shown else None)


def test_moments_are_those_of_turkiye(tmp_path: Path) -> None:
    write_banner(tmp_path, Banner(text="Bakım.", until="2026-11-20"))
    last = datetime.datetime(2026, 11, 20, 20, 59, tzinfo=datetime.timezone.utc)
    assert banner_now(tmp_path, last) == "Bakım."
    assert banner_now(tmp_path, last + datetime.timedelta(minutes=1)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("text: Bakım\nuntil: yarın\n", "“yarın” zaman değil"),
        ("text: Bakım\nuntil: 2026-02-30\n", "“2026-02-30” zaman değil"),
        ("text: Bakım\nfrom: 2026-11-20\nuntil: 2026-11-19\n", "sonra olmalı"),
        ("text: Bakım\nfrom: 2026-11-20 14:00\nuntil: 2026-11-20 14:00\n", "sonra olmalı"),
        ("txt: Bakım\n", "“text” mi demek istediniz"),
        (f"text: {'a' * 301}\n", "300 karakterden uzun"),
        ("- Bakım\n", "beklenen türde değil"),
        ("", "dosya boş"),
    ],
)
def test_a_broken_notice_is_refused_with_its_file(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=r"banner\.yml") as error:
        load_banner(written(tmp_path, text))
    assert words in str(error.value)


def test_a_change_is_seen_and_a_broken_one_keeps_the_notice_before(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_banner(tmp_path, Banner(text="Bir."))
    assert banner_now(tmp_path, NOON) == "Bir."
    write_banner(tmp_path, Banner(text="İki."))
    assert banner_now(tmp_path, NOON) == "İki."
    broken = tmp_path / "yeni.yml"
    broken.write_text("text: [\n", encoding="utf-8")
    broken.replace(tmp_path / FILE)
    assert banner_now(tmp_path, NOON) == "İki."
    assert "YAML yazımı bozuk" in caplog.text
    (tmp_path / FILE).unlink()
    assert banner_now(tmp_path, NOON) is None


def test_writing_keeps_the_comments(tmp_path: Path) -> None:
    head = (ROOT / "knowledge" / FILE).read_text(encoding="utf-8").split("text:")[0]
    written(tmp_path, (ROOT / "knowledge" / FILE).read_text(encoding="utf-8"))
    long = "Bakım: “ESEP” bugün kapalı. " * 5
    write_banner(tmp_path, Banner(text=long, until="2026-11-20 18:00"))
    assert (tmp_path / FILE).read_text(encoding="utf-8").startswith(head)
    assert load_banner(tmp_path) == Banner(text=long, until="2026-11-20 18:00")
