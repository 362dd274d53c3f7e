"""Which files are in use: the project's own, or a copy of them with the staff's changes.

`bot.learning` makes the copies and names one of them in a small file; `bot model` names a
model in another. Every process reads the state of both before it trusts what it has in
memory, and so follows a change at once.
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
CHOICE = "model.json"
VERSIONS = "versions"

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Choice(NamedTuple):
    """Models that were put in use by name, the one in use last, and who did it when.

    It stands for the files it was made for: `inputs` is their name (`bot.training`).
    """

    inputs: str = ""
    models: tuple[str, ...] = ()
    by: str = ""
    at: str = ""

    @property
    def model(self) -> str:
        """The file name of the chosen model; empty if there is none."""
        return self.models[-1] if self.models else ""


class Live(NamedTuple):
    """The folders in use. `version` is empty for the project's own files."""

    version: str
    knowledge: Path
    data: Path
    choice: Choice = Choice()


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


def read_choice(chosen: Settings) -> Choice:
    """Return which models were put in use by name; an empty choice if none was.

    Raises:
        ValueError: if the file is not what was written.
    """
    try:
        text = (learning_dir(chosen) / CHOICE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Choice()
    try:
        found = Choice(**json.loads(text))
        return found._replace(models=tuple(found.models))
    except TypeError as error:
        raise ValueError(f"{CHOICE} names no model") from error


def live_of(chosen: Settings) -> Live:
    """Return the folders in use, read anew.

    Raises:
        ValueError: if a file that names them is not what was written.
    """
    choice = read_choice(chosen)
    version = read_pointer(chosen).get("version", "")
    if not version:
        return Live("", chosen.knowledge_dir, chosen.data_dir, choice)
    folder = learning_dir(chosen) / VERSIONS / version
    data = folder / "data"
    data = data if data.is_dir() else chosen.data_dir
    return Live(version, folder / "knowledge", data, choice)


_known: tuple[Any, Live | None] = (None, None)


def live() -> Live:
    """Return the folders in use. Costs a look at two files' state; made to be asked often."""
    global _known  # noqa: PLW0603 - the one memory of the process
    chosen = settings()
    stamp = (chosen, *(_state(learning_dir(chosen) / name) for name in (POINTER, CHOICE)))
    before, found = _known
    if found is None or before != stamp:
        try:
            found = live_of(chosen)
        except ValueError:
            logger.exception("the file that names the version in use cannot be read")
            found = found or Live("", chosen.knowledge_dir, chosen.data_dir)
        _known = (stamp, found)
    return found


def _state(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_ino)


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
