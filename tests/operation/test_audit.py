import json
from pathlib import Path

import pytest

from bot.operation import audit
from bot.operation.audit import AuditError, Finding, Reason, findings, locked, outdated, reasons

RECORD = """
id: PYSEC-1
aliases: [CVE-1]
affected:
- package: {name: Sanic, ecosystem: PyPI}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: "0"}, {fixed: "21.12.2"}, {introduced: "22.0"}, {fixed: "22.6.1"}]
  versions: ["19.3"]
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "vulns/sanic"
    folder.mkdir(parents=True)
    (folder / "PYSEC-1.yaml").write_text(RECORD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("21.12.1", True),
        ("21.12.2", False),
        ("21.12.10", False),
        ("22.3", True),
        ("22.6.1", False),
        ("19.3", True),
    ],
)
def test_a_version_is_concerned_inside_a_range(database: Path, version: str, found: bool) -> None:
    expected = [Finding("sanic", version, "PYSEC-1", ("CVE-1",))] if found else []
    assert findings([("sanic", version), ("other", "1")], database) == expected


def test_osv_archives_are_read_too(tmp_path: Path) -> None:
    affected = [{"package": {"name": "sanic"}, "ranges": [], "versions": ["1"]}]
    for name, more in (("A", {}), ("B", {"withdrawn": "2024-01-01"})):
        record = {"id": name, "affected": affected, **more}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    assert [one.advisory for one in findings([("sanic", "1")], tmp_path)] == ["A"]


def test_a_folder_without_advisories_finds_nothing_wrong_by_no_means(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="no advisories"):
        findings([("sanic", "1")], tmp_path)


def test_a_record_that_cannot_be_read_is_named(database: Path) -> None:
    (database / "vulns/sanic/PYSEC-2.yaml").write_text("affected: [", encoding="utf-8")
    with pytest.raises(AuditError, match="PYSEC-2"):
        findings([("sanic", "1")], database)


def test_the_lock_is_read_for_this_machine(tmp_path: Path) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text(
        "a.b==1.0 \\\n    --hash=sha256:00\n"
        "c==2 ; sys_platform == 'never' \\\n    --hash=sha256:1\n"
    )
    assert locked([lock]) == {("a-b", "1.0")}


def test_every_advisory_that_stays_has_a_reason_for_the_version_locked() -> None:
    known = reasons()
    assert list(outdated(known, locked(audit.LOCKS))) == []
    assert all(len(one.reason) > 20 for one in known)


def test_a_new_advisory_fails_and_a_reason_lets_it_stay(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "locked", lambda _: {("sanic", "22.3")})
    monkeypatch.setattr(audit, "reasons", list)
    assert audit.main([str(database)]) == 1
    assert "sanic 22.3: PYSEC-1, CVE-1\n  NEW" in capsys.readouterr().out
    stays = Reason("CVE-1", "sanic", "22.3", "never served from a folder")
    monkeypatch.setattr(audit, "reasons", lambda: [stays])
    assert audit.main([str(database)]) == 0
    monkeypatch.setattr(audit, "locked", lambda _: {("sanic", "22.6.1")})
    assert audit.main([str(database)]) == 1
    assert "is not installed" in capsys.readouterr().out
    assert audit.main([""]) == 2
