"""The folder of what the staff changed and taught: locks, whole files, a growing journal."""

import contextlib
import datetime
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.clock import TURKIYE
from bot.files import replace_text
from bot.live import learning_dir
from bot.settings import settings

JOURNAL = "journal.jsonl"
#: Held while the files in use change: moments.
LIVE = "live"
#: Held while a candidate is trained: a minute. Never taken by who holds the other one.
TRAINING = "training"


def folder(*parts: str) -> Path:
    """Return the folder, or one inside it, made if it is not there."""
    path = learning_dir(settings()).joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def now() -> str:
    """Return the moment as it is stored."""
    return datetime.datetime.now(TURKIYE).isoformat(timespec="seconds")


@contextlib.contextmanager
def locked(name: str, *, wait: bool = True) -> Iterator[bool]:
    """Hold a lock among all processes; it falls when its holder dies.

    Without `wait` the value is False at once if somebody else holds it.
    """
    with (folder() / f"{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def write_json(path: Path, data: Any) -> None:
    """Write a JSON file in one step."""
    replace_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n", 0o600)


def read_json(path: Path) -> Any:
    """Return a JSON file's content, None if there is none or it is broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def append(record: dict[str, Any]) -> None:
    """Add a record to the journal, on the disk before this returns.

    A line that a crash cut short is ended first, and read by nobody.
    """
    path = folder() / JOURNAL
    line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
    with path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)


def journal() -> list[dict[str, Any]]:
    """Return the journal's records, the oldest first."""
    try:
        lines = (learning_dir(settings()) / JOURNAL).read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    records = []
    for line in lines:
        with contextlib.suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                records.append(record)
    return records
