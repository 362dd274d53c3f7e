"""Which files are in use: the project's own, or a copy of them with the staff's changes.

`bot.learning` makes the copies and names one of them in a small file; every process reads
that file's state before it trusts what it has in memory, and so follows a change at once.
"""

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from bot.settings import Settings, settings

FOLDER = "learning"
POINTER = "live.json"
VERSIONS = "versions"

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Live(NamedTuple):
    """The folders in use. `version` is empty for the project's own files."""

    version: str
    knowledge: Path
    data: Path


def learning_dir(chosen: Settings) -> Path:
    """Return the folder of everything the staff changed and taught."""
    return chosen.var_dir / FOLDER


def read_pointer(chosen: Settings) -> dict[str, Any]:
    """Return what names the version in use; empty if there is none for these folders.

    Raises:
        ValueError: if the file is not what was written.
    """
    try:
        text = (learning_dir(chosen) / POINTER).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    found = json.loads(text)
    if not isinstance(found, dict) or not isinstance(found.get("version"), str):
        raise ValueError(f"{POINTER} names no version")  # noqa: TRY004 - of a file's content
    # Other folders than the copies were made from: a test's, or a candidate's.
    ours = [str(chosen.knowledge_dir), str(chosen.data_dir)]
    return found if found.get("made_from") == ours else {}


def live_of(chosen: Settings) -> Live:
    """Return the folders in use, read anew.

    Raises:
        ValueError: if the file that names them is not what was written.
    """
    version = read_pointer(chosen).get("version", "")
    if not version:
        return Live("", chosen.knowledge_dir, chosen.data_dir)
    folder = learning_dir(chosen) / VERSIONS / version
    data = folder / "data"
    return Live(version, folder / "knowledge", data if data.is_dir() else chosen.data_dir)


_known: tuple[Any, Live | None] = (None, None)


def live() -> Live:
    """Return the folders in use. Costs one look at a file's state; made to be asked often."""
    global _known  # noqa: PLW0603 - the one memory of the process
    chosen = settings()
    try:
        state = (learning_dir(chosen) / POINTER).stat()
        stamp: Any = (chosen, state.st_mtime_ns, state.st_ino)
    except OSError:
        stamp = (chosen, 0, 0)
    before, found = _known
    if found is None or before != stamp:
        try:
            found = live_of(chosen)
        except ValueError:
            logger.exception("the file that names the version in use cannot be read")
            found = found or Live("", chosen.knowledge_dir, chosen.data_dir)
        _known = (stamp, found)
    return found


class Following(Generic[T]):
    """A value made from the files in use, made anew when they change.

    If that fails, it is logged and the value before stays; the first time it is raised.
    """

    def __init__(self, make: Callable[[Live], T]) -> None:
        """Take what makes the value."""
        self._make = make
        self._lock = threading.Lock()
        self._seen: Live | None = None
        self._value: T

    def __call__(self) -> T:
        """Return the value for the files as they are now."""
        now = live()
        if now != self._seen:
            with self._lock:
                if now != self._seen:
                    self._follow(now)
        return self._value

    def _follow(self, now: Live) -> None:
        try:
            self._value = self._make(now)
        except Exception:
            if self._seen is None:
                raise
            logger.exception("version %s cannot be used; the one before stays", now.version)
        self._seen = now
