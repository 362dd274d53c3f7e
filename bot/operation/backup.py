"""Back up what an installation has gathered, and put it back.

A backup is a folder: the databases (SQLite copied by its own backup, PostgreSQL by pg_dump),
the other files of `var/` (secrets, what the staff taught), the knowledge base as it was,
and a list of them all with their digests.
"""

import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

from bot.operation import postgresql
from bot.operation.postgresql import BackupError
from bot.settings import Settings

FORMAT = 1
LIST = "liste.json"
FILES, KNOWLEDGE = "var", "knowledge"
#: What the last restore found in `var/` is moved there, and never backed up itself.
ASIDE = "onceki-"
_SQLITE = b"SQLite format 3\0"
_COMPANIONS = ("-wal", "-shm", "-journal")


def back_up(chosen: Settings, folder: Path, keep: int) -> Path:
    """Write a backup into a new dated folder, then delete all but the newest `keep`.

    May run while the assistant does. The desk comes before the conversations it reads: put
    back, it reads on where it was, and nothing lies behind its cursor unread.

    Raises:
        BackupError: if something could not be copied; no half backup stays.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H-%M-%S-%f")
    draft = Path(tempfile.mkdtemp(prefix=".yarim-", dir=folder))
    try:
        for name, address in _servers(chosen).items():
            postgresql.dump(address, draft / f"{name}.dump")
        _copy_files(chosen.var_dir, draft / FILES)
        shutil.copytree(chosen.knowledge_dir, draft / KNOWLEDGE)
        _write_list(draft, moment)
        target = draft.rename(folder / moment)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"Yedek alınamadı: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for old in backups(folder)[:-keep]:
        shutil.rmtree(old)
    return target


def backups(folder: Path) -> list[Path]:
    """Return the whole backups in a folder, the oldest first."""
    return sorted(path.parent for path in folder.glob(f"2*/{LIST}"))


def restore(chosen: Settings, source: Path, replace: bool) -> None:
    """Put a backup back; what lies in `var/` is moved aside, not deleted.

    The assistant must not run. With PostgreSQL the databases' content is replaced, all of
    it or nothing.

    Raises:
        BackupError: if the backup is broken or of another kind of installation, or if
            there is something to lose and `replace` does not allow it.
    """
    os.umask(0o077)
    _check(source)
    servers = _servers(chosen)
    dumps = {path.stem for path in source.glob("*.dump")}
    if dumps != set(servers):
        wanted = ", ".join(sorted(dumps)) or "hiçbiri"
        raise BackupError(
            f"Bu yedekteki PostgreSQL veritabanları: {wanted}. Ayarlardakiler başka; "
            "BOT_…_DATABASE ayarlarını yedeğin alındığı kurulumdaki gibi yazın"
        )
    chosen.var_dir.mkdir(parents=True, exist_ok=True)
    there = [path for path in _files(chosen.var_dir) if _is_sqlite(path)]
    if (servers or there) and not replace:
        raise BackupError(
            "Burada veri var; yedek onun yerine geçer. Eminseniz --replace ile yeniden çalıştırın"
        )
    for name, address in servers.items():
        postgresql.load(address, source / f"{name}.dump")
    _move_aside(chosen.var_dir)
    shutil.copytree(source / FILES, chosen.var_dir, dirs_exist_ok=True)


def _servers(chosen: Settings) -> dict[str, str]:
    """Return the PostgreSQL databases by setting, the desk's before the tracker's."""
    found: dict[str, str] = {}
    for name in sorted(item.name for item in fields(chosen)):
        address = str(getattr(chosen, name)) if name.endswith("_database") else ""
        if address and address not in found.values():
            found[name] = address
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Yield what is worth keeping of `var/`, databases in the order they are copied in.

    Folders of running servers hold logs, and hidden files are being written.
    """
    skipped = ("run-", ASIDE, ".")
    for path in sorted(folder.rglob("*")):
        first = path.relative_to(folder).parts[0]
        if first.startswith(skipped) or path.is_symlink() or not path.is_file():
            continue
        if not path.name.endswith(_COMPANIONS):
            yield path


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _copy_files(folder: Path, target: Path) -> None:
    target.mkdir()
    for path in _files(folder):
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if _is_sqlite(path):
            with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as dead:
                live.backup(dead)
        else:
            shutil.copy2(path, copy)


def _write_list(folder: Path, moment: str) -> None:
    digests = {str(path.relative_to(folder)): _digest(path) for path in _all_files(folder)}
    content = {"format": FORMAT, "made": moment, "files": digests}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / LIST).write_text(text + "\n", encoding="utf-8")


def _check(source: Path) -> None:
    try:
        content: dict[str, Any] = json.loads((source / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{source} bir yedek değil: {LIST} okunamıyor") from error
    if content.get("format") != FORMAT:
        raise BackupError(f"{source} başka bir sürümün yedeği; o sürümle geri yükleyin")
    there = {str(path.relative_to(source)): path for path in _all_files(source)}
    there.pop(LIST)
    broken = sorted(
        name
        for name, digest in content["files"].items()
        if name not in there or _digest(there[name]) != digest
    ) + sorted(there.keys() - content["files"].keys())
    if broken:
        raise BackupError(f"Yedek bozulmuş: {', '.join(broken[:5])}. Başka bir yedek seçin")


def _all_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        digest = hashlib.sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _move_aside(folder: Path) -> None:
    """Move what is there into a folder of its own; the marker for git stays."""
    moment = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H-%M-%S-%f")
    old = [path for path in folder.iterdir() if not path.name.startswith((ASIDE, "run-", "."))]
    if old:
        aside = folder / f"{ASIDE}{moment}"
        aside.mkdir()
        for path in old:
            path.rename(aside / path.name)
