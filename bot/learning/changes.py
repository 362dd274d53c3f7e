"""A change of one value in `knowledge/`, and many of them put into a copy of the folder.

The project's files change too, with every release. So a change remembers what it found:
where a release already says the same it falls away, and where both changed the same value
the staff's stands and the conflict is reported.
"""

import copy
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.files import replace_text
from bot.knowledge import KnowledgeError
from bot.knowledge.coordinators import (
    COLUMNS,
    Coordinator,
    load_coordinators,
    merged,
    read_coordinators,
    write_coordinators,
)
from bot.knowledge.coordinators import FILE as COORDINATORS
from bot.knowledge.writing import NoPlaceError, put, read_text, same, value_at, written

#: The value before is not known yet.
UNSEEN = ...


class Change(NamedTuple):
    """A value at a path of a file, before and after; None for none.

    `path` names an entry by its id, anything else by its keys; a province of the directory
    by its name. Values are JSON's. `before` is what whoever made the change saw.
    """

    file: str
    path: tuple[str | int, ...]
    after: Any
    before: Any = UNSEEN

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Change":
        """Read what `as_dict` wrote."""
        return cls(data["file"], tuple(data["path"]), data["after"], data["before"])

    def as_dict(self) -> dict[str, Any]:
        """Return JSON values."""
        return {**self._asdict(), "path": list(self.path)}

    @property
    def where(self) -> str:
        """The place as people read it: `calendar.yml: appeal_until 2027`."""
        keys = [str(key) for key in self.path if key not in {"years", "documents", "places"}]
        return f"{self.file}: {' '.join(keys)}".rstrip(": ")


class Put(NamedTuple):
    """What became of the changes put into a folder.

    `contained` are those the files say already, `conflicts` those made although the files
    say something new there, `lost` those whose place is gone.
    """

    contained: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    lost: tuple[Change, ...]


def read_value(folder: Path, file: str, path: Sequence[str | int]) -> Any:
    """Return the value a knowledge folder has at a path, None for none."""
    if file == COORDINATORS:
        return _rows(load_coordinators(folder), str(path[0]))
    source = folder / file
    return value_at(_parsed(source), path) if source.exists() else None


def fold(changes: Iterable[Change]) -> list[Change]:
    """Return one change for each place: the first one's `before`, the last one's `after`.

    A change inside something an earlier one made becomes part of that one.
    """
    folded: dict[tuple[str, tuple[str | int, ...]], Change] = {}
    for change in changes:
        around = next(
            (
                known
                for (file, path), known in folded.items()
                if file == change.file
                and len(path) < len(change.path)
                and change.path[: len(path)] == path
                and isinstance(known.after, dict)
            ),
            None,
        )
        if around is None:
            first = folded.get((change.file, change.path))
            before = first.before if first else change.before
            folded[change.file, change.path] = change._replace(before=before)
            continue
        after = copy.deepcopy(around.after)
        _set(after, change.path[len(around.path) :], change.after)
        folded[change.file, around.path] = around._replace(after=after)
    return list(folded.values())


def _set(value: dict[Any, Any], path: Sequence[str | int], after: Any) -> None:
    *around, last = path
    for key in around:
        value = value.setdefault(key, {})
    if after is None:
        value.pop(last, None)
    else:
        value[last] = after


def put_changes(folder: Path, changes: Iterable[Change]) -> Put:
    """Make changes in a knowledge folder, every other line left as it is."""
    contained: list[Change] = []
    conflicts: list[Change] = []
    lost: list[Change] = []
    files: dict[str, Any] = {}
    for change in fold(changes):
        if change.file == COORDINATORS:
            found = read_value(folder, change.file, change.path)
        else:
            path = folder / change.file
            if change.file not in files:
                files[change.file] = _parsed(path) if path.exists() else read_text("{}\n")
            found = value_at(files[change.file], change.path)
        if same(found, change.after):
            contained.append(change)
            continue
        if found is not None and _is_entry(change):
            conflicts.append(change)
            continue
        try:
            if change.file == COORDINATORS:
                _put_rows(folder, str(change.path[0]), change.after or [])
            else:
                put(files[change.file], change.path, change.after)
        except NoPlaceError:
            lost.append(change)
            continue
        if not same(found, change.before):
            conflicts.append(change)
    for file, data in files.items():
        text = written(data)
        replace_text(folder / file, _spaced(text) if file.startswith("faq/") else text)
    return Put(tuple(contained), tuple(conflicts), tuple(lost))


def _is_entry(change: Change) -> bool:
    """Tell whether a change makes a whole entry.

    If a release has one of its id, that is the one the developers made of it, or another:
    the project's stands.
    """
    return change.file.startswith("faq/") and len(change.path) == 1 and change.before is None


def _parsed(path: Path) -> Any:
    return read_text(path.read_text(encoding="utf-8"))


def _spaced(text: str) -> str:
    """Put the blank line before an entry that was added at the end of a file."""
    lines = text.split("\n")
    for at in range(len(lines) - 1, 0, -1):
        if lines[at].startswith("- id:") and lines[at - 1].strip():
            lines.insert(at, "")
    return "\n".join(lines)


def _rows(records: Iterable[Coordinator], province: str) -> list[dict[str, Any]] | None:
    """Return a province's records as JSON values."""
    rows = [
        {**record._asdict(), "as_of": record.as_of.iso()}
        for record in records
        if record.province == province
    ]
    return rows or None


def rows_by_province(records: Iterable[Coordinator]) -> dict[str, list[dict[str, Any]] | None]:
    """Return the records of each province as JSON values."""
    known = tuple(records)
    return {record.province: _rows(known, record.province) for record in known}


def _put_rows(folder: Path, province: str, rows: Sequence[dict[str, Any]]) -> None:
    others = [r for r in load_coordinators(folder) if r.province != province]
    write_coordinators(folder, merged(others, _records(folder, rows)))


def _records(folder: Path, rows: Sequence[dict[str, Any]]) -> tuple[Coordinator, ...]:
    """Return rows as records, checked as the file of an import is."""
    if not rows:
        return ()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        hidden = "evet" if row.get("hidden") else ""
        writer.writerow([*(row.get(name) or "" for name in COLUMNS[:-1]), hidden])
    draft = folder / f".{COORDINATORS}"
    draft.write_text(text.getvalue(), encoding="utf-8")
    try:
        return read_coordinators(draft)
    except KnowledgeError as error:
        path = folder / COORDINATORS
        raise KnowledgeError([fault._replace(path=path) for fault in error.faults]) from error
    finally:
        draft.unlink()
