"""The files in use: the project's own with the staff's edits and teachings put in.

A version is a whole copy of `knowledge/`, and of `data/` if phrases were added. It is made
beside the others, checked, and then named by the pointer (`bot.live`) in one step, so that
readers see the old one or the new one. What it is made of is the journal; a version can be
made anew at any time.
"""

import hashlib
import logging
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.knowledge import KnowledgeError
from bot.learning import store
from bot.learning.changes import Change, put_changes
from bot.learning.checks import check_whole, named_as_in_the_project
from bot.learning.phrases import Taught, put_phrases
from bot.live import POINTER, VERSIONS, read_pointer
from bot.settings import settings

#: Readers may still hold the folder before the last one.
KEPT = 3
GONE = "Değiştirdiği yer proje dosyalarında artık yok"

logger = logging.getLogger(__name__)


class Unit(NamedTuple):
    """What one act of the staff changes: an edit, or a teaching. It stands or falls whole.

    `expected` are questions of the tests, off-topic so far, that it is meant to answer.
    """

    id: str
    changes: tuple[Change, ...] = ()
    phrases: tuple[Taught, ...] = ()
    expected: tuple[str, ...] = ()

    @property
    def new_labels(self) -> tuple[str, ...]:
        """The labels of the entries it makes."""
        made = [c.path[0] for c in self.changes if c.file.startswith("faq/") and len(c.path) == 1]
        return tuple(f"faq/{key}" for key in made)


class Made(NamedTuple):
    """A version that was made, and what did not go into it as it was meant.

    `contained` places the project's files say already, `conflicts` places where they say
    something else that is new, `set_aside` units that cannot be used, with the reason.
    """

    knowledge: Path
    data: Path
    contained: tuple[str, ...]
    conflicts: tuple[str, ...]
    set_aside: dict[str, str]


def units_of(records: Iterable[dict[str, Any]]) -> list[Unit]:
    """Return what stands of a journal, in its order; a teaching rolled back does not."""
    units: dict[str, Unit] = {}
    for record in records:
        changes = tuple(Change.of(change) for change in record.get("changes", ()))
        phrases = tuple(Taught.of(phrase) for phrase in record.get("phrases", ()))
        if record["kind"] == "rollback":
            units.pop(record["of"], None)
        elif changes or phrases:
            expected = tuple(record.get("expected", ()))
            units[record["id"]] = Unit(record["id"], changes, phrases, expected)
    return list(units.values())


def make(folder: Path, units: Sequence[Unit]) -> Made:
    """Make a folder of the project's files with these units in, and check it.

    Raises:
        KnowledgeError: if the whole cannot be used.
    """
    chosen = settings()
    knowledge, data = folder / "knowledge", folder / "data"
    shutil.copytree(chosen.knowledge_dir, knowledge)
    with named_as_in_the_project(knowledge):
        put = put_changes(knowledge, [change for unit in units for change in unit.changes])
        check_whole(knowledge)
    contained = [change.where for change in put.contained]
    conflicts = [change.where for change in put.conflicts]
    gone = {(change.file, change.path) for change in put.lost}
    aside = {unit.id: GONE for unit in units if gone & {(c.file, c.path) for c in unit.changes}}
    taught = [phrase for unit in units for phrase in unit.phrases]
    if taught:
        shutil.copytree(chosen.data_dir, data)
        labels = [label for unit in units for label in unit.new_labels]
        taken = put_phrases(data, taught, labels)
        contained += [f"“{phrase.text}”" for phrase in taken.contained]
        conflicts += [f"“{phrase.text}” ({phrase.label})" for phrase in taken.conflicts]
        if not taken.changed:
            shutil.rmtree(data)
    in_use = data if data.is_dir() else chosen.data_dir
    return Made(knowledge, in_use, tuple(contained), tuple(conflicts), aside)


def _make_of_the_sound(folder: Path, units: Sequence[Unit]) -> Made:
    """Make a folder of the units that can be used, if not of all.

    Raises:
        KnowledgeError: if the project's own files cannot be used.
    """
    try:
        return make(folder, units)
    except KnowledgeError:
        shutil.rmtree(folder)
    sound: list[Unit] = []
    aside: dict[str, str] = {}
    for unit in units:
        try:
            make(folder, [*sound, unit])
            sound.append(unit)
        except KnowledgeError as error:
            aside[unit.id] = str(error)
            logger.error("%s is set aside: %s", unit.id, error)  # noqa: TRY400
        shutil.rmtree(folder)
    made = make(folder, sound)
    return made._replace(set_aside={**aside, **made.set_aside})


def publish(units: Sequence[Unit], covers: int, *, sound_only: bool = False, **more: Any) -> Made:
    """Make a version and put it in use; the caller holds the lock.

    `covers` is how many records of the journal it is made of; `more` is noted with it.

    Raises:
        KnowledgeError: if the whole cannot be used; nothing changes then. With `sound_only`
            what cannot be used is set aside instead.
    """
    chosen = settings()
    if not units:
        (store.folder() / POINTER).unlink(missing_ok=True)
        return Made(chosen.knowledge_dir, chosen.data_dir, (), (), {})
    versions = store.folder(VERSIONS)
    names = sorted(path.name for path in versions.iterdir() if path.name.isdecimal())
    name = f"{int(names[-1]) + 1 if names else 1:06d}"
    draft = versions / f".{name}"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        made = (_make_of_the_sound if sound_only else make)(draft, units)
        draft.rename(versions / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    pointer = {
        "version": name,
        "made_from": [str(chosen.knowledge_dir), str(chosen.data_dir)],
        "files": _digest(),
        "covers": covers,
        "contained": made.contained,
        "conflicts": made.conflicts,
        "set_aside": made.set_aside,
        **more,
    }
    store.write_json(store.folder() / POINTER, pointer)
    for old in names[: -KEPT + 1]:
        shutil.rmtree(versions / old, ignore_errors=True)
    home = versions / name
    data = home / "data"
    return made._replace(
        knowledge=home / "knowledge", data=data if data.is_dir() else chosen.data_dir
    )


def refresh() -> bool:
    """Make the version in use anew if the project's files or the journal say otherwise.

    To be called when a program starts: after a new release, or a crash. Return whether a
    new one was made.

    Raises:
        KnowledgeError: if the project's own files cannot be used.
    """
    with store.locked(store.LIVE):
        return refresh_locked()


def refresh_locked() -> bool:
    """Do what `refresh` does, by somebody who holds the lock."""
    records = store.journal()
    units = units_of(records)
    try:
        pointer = read_pointer(settings())
    except ValueError:
        pointer = {}
    if not units and not pointer:
        return False
    fresh = pointer.get("covers") == len(records) and pointer.get("files") == _digest()
    whole = (store.folder(VERSIONS) / pointer.get("version", "-") / "knowledge").is_dir()
    if fresh and whole and "pending" not in pointer:
        return False
    publish(units, len(records), sound_only=True)
    return True


def _digest() -> str:
    """Return hex digits that name the project's knowledge and phrases as they are now."""
    digest = hashlib.sha256()
    for start in (settings().knowledge_dir, settings().data_dir):
        for path in sorted(start.rglob("*")):
            if path.is_file():
                name = str(path.relative_to(start)).encode()
                digest.update(name + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
