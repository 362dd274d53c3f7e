"""Edits of the knowledge: checked like the files, live at once, and remembered."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.knowledge.writing import same
from bot.learning import LearningError, store, versions
from bot.learning.changes import UNSEEN, Change, read_value
from bot.live import live_of
from bot.settings import settings

logger = logging.getLogger(__name__)


class Edit(NamedTuple):
    """What somebody changed, when and why. `what` names the act in Turkish."""

    id: str
    at: str
    by: str
    kind: str
    what: str
    note: str
    changes: tuple[Change, ...]


def make_edit(
    by: str,
    what: str,
    changes: Sequence[Change],
    note: str = "",
    *,
    kind: str = "edit",
    key: str = "",
) -> Edit:
    """Make changes live and remember them; those that change nothing are left out.

    What each change finds is kept as its `before`; one that says what it expects is held
    to it. Another `kind` than an edit may change nothing: that somebody looked at `key`.

    Raises:
        KnowledgeError: with the loader's own sentences, if the whole would be broken.
        LearningError: if nothing would change, or somebody else was quicker.
    """
    with store.locked(store.LIVE):
        versions.refresh_locked()
        found = live_of(settings()).knowledge
        real = [change for change in seen(found, changes) if not same(change.before, change.after)]
        if not real and kind == "edit":
            raise LearningError("Değişen bir şey yok: yazdığınız, kayıtlı olanla aynı")
        records = store.journal()
        edit = record_of(kind, records, by, what, note, changes=[c.as_dict() for c in real])
        edit |= {"key": key} if key else {}
        made = versions.publish(versions.units_of([*records, edit]), len(records) + 1)
        store.append(edit)
        _warn(made)
    logger.info("%s: %s (%s)", edit["id"], what, by)
    return edit_of(edit)


def seen(folder: Path, changes: Iterable[Change]) -> list[Change]:
    """Return changes with the values they find in a knowledge folder.

    Raises:
        LearningError: if somebody else has changed one since it was read.
    """
    found = []
    for change in changes:
        before = read_value(folder, change.file, change.path)
        if change.before is not UNSEEN and not same(change.before, before):
            raise LearningError(f"Siz düzenlerken başkası da değiştirdi: {change.where}. Yenileyin")
        found.append(change._replace(before=before))
    return found


def _warn(made: versions.Made) -> None:
    for place in made.conflicts:
        logger.warning("changed by the staff and by a release: %s", place)


def record_of(
    kind: str, records: Sequence[dict[str, Any]], by: str, what: str, note: str = "", **more: Any
) -> dict[str, Any]:
    """Return the journal's next record."""
    head = {"id": f"{len(records) + 1:06d}", "at": store.now(), "kind": kind}
    return {**head, "by": by, "what": what, "note": note, **more}


def edit_of(record: dict[str, Any]) -> Edit:
    """Return a record of the journal as an edit."""
    changes = tuple(Change.of(change) for change in record.get("changes", ()))
    named = {name: str(record[name]) for name in Edit._fields if name != "changes"}
    return Edit(**named, changes=changes)


def edits() -> list[Edit]:
    """Return everything that was changed, taught, taken back or reviewed, the oldest first."""
    return [edit_of(record) for record in store.journal()]


def take_release(by: str, where: str) -> Edit:
    """Settle a conflict for the project's files: their value becomes the staff's.

    `where` is the place as the conflict names it.

    Raises:
        LearningError: if there is no such conflict.
        KnowledgeError: if the whole would be broken.
    """
    chosen = settings()
    units = versions.units_of(store.journal())
    changes = [change for unit in units for change in unit.changes if change.where == where]
    if not changes:
        raise LearningError(f"“{where}” diye bir değişiklik yok")
    file, path = changes[-1].file, changes[-1].path
    after = read_value(chosen.knowledge_dir, file, path)
    return make_edit(by, f"Sürümdeki değer alındı: {where}", [Change(file, path, after)])
