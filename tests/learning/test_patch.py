"""The patch: `git apply` puts all of it in, and the next start needs none of it any more."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import load
from bot.learning import facts, store, versions
from bot.learning.changes import Change
from bot.learning.checks import check_whole
from bot.learning.edits import make_edit, record_of, seen
from bot.learning.entries import Draft, edit_entry, entry_changes
from bot.learning.patch import left_to_do, patch
from bot.learning.phrases import Taught
from bot.learning.sources import Citation
from bot.live import live, read_pointer
from bot.settings import settings
from bot.training import fingerprint
from tests.learning.conftest import Project

NEW = Citation("ke-duyurusu-2027", "Tarihler", "KE 2027 duyurusu", "Duyuru", "2027-01-15")
DRAFT = Draft(
    "ke",
    "Etiket için kaç öğrenci gerekir",
    "Kalite Etiketi için **en az 12 öğrenci** gerekir.\n\n- Koşul budur.",
    (NEW._replace(stated=True),),
    "2028-12-31",
    (),
)


def git(folder: Path, *arguments: str, given: str = "") -> str:
    return subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments],
        cwd=folder,
        input=given,
        text=True,
        check=True,
        capture_output=True,
    ).stdout


@pytest.fixture
def clone(project: Project, tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    folder.mkdir()
    shutil.copytree(project.knowledge, folder / "knowledge")
    shutil.copytree(project.data, folder / "data")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "x")
    return folder


def teach(*phrases: Taught, changes: tuple[Change, ...] = ()) -> None:
    """Have a teaching stand, as if it had gone live."""
    records = store.journal()
    record = record_of("teach", records, "ayşe", "x")
    found = seen(live().knowledge, changes)
    record |= {
        "phrases": [phrase.as_dict() for phrase in phrases],
        "changes": [change.as_dict() for change in found],
    }
    store.append(record)
    versions.refresh()


def test_without_changes_there_is_no_patch(project: Project) -> None:
    assert patch() == ""
    assert left_to_do() == []


def test_everything_is_put_in_by_git_apply(project: Project, clone: Path, tmp_path: Path) -> None:
    facts.set_day("ayşe", "application_until", 2027, date(2027, 6, 1), NEW)
    facts.set_figure("ayşe", "akis-kalite", "members_tr", 12, 2026, 2027, NEW._replace(stated=True))
    facts.set_banner("ayşe", "Bakım: “ESEP” kapalı", until="2026-11-20")
    file = tmp_path / "r.csv"
    file.write_text("il;ad;kaynak;tarih\nVan;Bir;yazı;2026-01-01\n", encoding="utf-8")
    facts.import_coordinators("ayşe", file)
    edit_entry("ayşe", "ke-03", {"title": "Eski okulum"})
    teach(
        Taught("faq/ke-01", "etiket takvimi değişti mi acaba"),
        Taught("faq/ke-02", "son başvuru günü", (("faq/ke-01", "son başvuru günü"),)),
        *(Taught("faq/ke-07", f"etikete {n} öğrenci yeter mi ki") for n in ("beş", "altı")),
        changes=entry_changes(DRAFT, "ke-07"),
    )
    git(clone, "apply", "--check", "-", given=patch())
    git(clone, "apply", "-", given=patch())
    for name, used in (("knowledge", live().knowledge), ("data", live().data)):
        done = subprocess.run(["diff", "-r", str(clone / name), str(used)], check=False)
        assert done.returncode == 0
    check_whole(clone / "knowledge")
    assert load(clone / "knowledge").entries["ke-07"].answer == DRAFT.answer
    assert fingerprint(clone / "data") == fingerprint(live().data)
    assert [line.split(":")[0] for line in left_to_do()] == ["ke-07"]
    assert git(clone, "diff", "--stat").count("|") == 7


def test_once_released_the_changes_fall_away(project: Project, clone: Path) -> None:
    edit_entry("ayşe", "ke-03", {"title": "Eski okulum"})
    facts.set_day("ayşe", "application_until", 2027, date(2027, 6, 1), NEW)
    teach(Taught("faq/ke-01", "etiket takvimi değişti mi acaba"))
    git(clone, "apply", "-", given=patch())
    for name, home in (("knowledge", project.knowledge), ("data", project.data)):
        shutil.rmtree(home)
        shutil.copytree(clone / name, home)
    assert versions.refresh() is True
    pointer = read_pointer(settings())
    assert (pointer["conflicts"], pointer["set_aside"]) == ([], {})
    assert len(pointer["contained"]) == 4
    assert patch() == ""
    assert live().data == project.data


def test_lines_around_a_change_are_left_as_they_are(project: Project) -> None:
    edit_entry("ayşe", "ke-03", {"review_by": "2029-01-31"})
    lines = [
        line for line in patch().splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert lines == ["-  review_by: 2027-06-30", "+  review_by: 2029-01-31"]


def test_a_file_without_a_line_feed_at_its_end_can_be_patched(
    project: Project, clone: Path
) -> None:
    for home in (project.knowledge, clone / "knowledge"):
        path = home / "banner.yml"
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    git(clone, "commit", "-qam", "y")
    facts.set_banner("ayşe", "Bakım")
    git(clone, "apply", "--check", "-", given=patch())


def test_a_file_the_project_lacks_is_new_in_the_patch(project: Project, clone: Path) -> None:
    for home in (project.knowledge, clone / "knowledge"):
        (home / "banner.yml").unlink()
    git(clone, "commit", "-qam", "y")
    make_edit("ayşe", "x", [Change("banner.yml", (), {"text": "Bakım", "from": None})])
    assert "new file mode 100644\n--- /dev/null\n+++ b/knowledge/banner.yml" in patch()
    git(clone, "apply", "-", given=patch())
    assert (clone / "knowledge/banner.yml").exists()
