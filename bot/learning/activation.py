"""A model goes live, or back: the files in use, the servers and the journal in one act.

The files are switched first, then the servers load the model, then the journal says so. What
fails or is killed on the way is undone: until the journal says otherwise the old model is the
one in use, and the one the next start takes.
"""

import logging

from bot.learning import LearningError, servers, store, versions
from bot.learning.edits import record_of
from bot.learning.teaching import RUNNING, Teaching, read, teachings
from bot.live import CHOICE, POINTER, live, read_pointer
from bot.settings import settings
from bot.training import current_model, model_of

#: Models of so many teachings before the one in use are kept, to go back to.
KEPT_MODELS = 5
MEANWHILE = "Bu sırada başka bir değişiklik yayına girdi. Yeniden başlatın"
INTERRUPTED = "Yarıda kaldı: program ya da makine kapanmış. Yeniden başlatın"

logger = logging.getLogger(__name__)


def activate(teaching: Teaching) -> None:
    """Put a measured teaching, or a step back, in use everywhere.

    Raises:
        LearningError: if a server did not take the model, or the files in use have changed
            since it was trained; all is then as it was.
        KnowledgeError: if the whole would be broken.
    """
    with store.locked(store.LIVE):
        activate_locked(teaching)


def activate_locked(teaching: Teaching) -> None:
    """Do what `activate` does, by somebody who holds the lock."""
    versions.refresh_locked()
    records = store.journal()
    record = _record(teaching, records)
    teaching.enter("activating")
    units = versions.units_of([*records, record])
    try:
        made = versions.publish(units, len(records), pending=teaching.id)
        model = model_of(made.data)
        if model.name != teaching.model or not model.is_file():
            raise LearningError(MEANWHILE)
        results = servers.load_everywhere(model)
    except BaseException:
        versions.publish(versions.units_of(records), len(records), sound_only=True)
        raise
    store.append(record)
    # What was chosen by name was chosen for other files.
    (store.folder() / CHOICE).unlink(missing_ok=True)
    _confirm(len(records) + 1)
    _settle(teaching, servers.idle_in(results))
    logger.info("%s is live with %s", teaching.id, teaching.model)


def _settle(teaching: Teaching, message: str = "") -> None:
    """Write down that a teaching is in use; the one it takes back no longer is."""
    teaching.enter("live", message)
    if teaching.kind == "rollback":
        read(teaching.of).enter("rolled_back")


def units_with(teaching: Teaching) -> list[versions.Unit]:
    """Return what would stand if a teaching went live now."""
    records = store.journal()
    return versions.units_of([*records, _record(teaching, records)])


def last_taught() -> str | None:
    """Return the id of the teaching in use that went live last, None if there is none."""
    taught = [unit.id for unit in versions.units_of(store.journal()) if unit.phrases]
    return taught[-1] if taught else None


def recover_locked() -> None:
    """Bring every state back to the truth after a crash; for who holds both locks."""
    written = {(record["kind"], record.get("of") or record["id"]) for record in store.journal()}
    for teaching in teachings():
        if teaching.state in RUNNING:
            if (teaching.kind, teaching.of or teaching.id) in written:
                _settle(teaching)
            else:
                teaching.enter("failed", INTERRUPTED)
    versions.refresh_locked()
    model = current_model()
    if model is not None:
        servers.follow(model)


def prune_models() -> None:
    """Delete the models of teachings that nobody goes back to any more."""
    made = [one for one in teachings() if one.model and one.kind == "teach"]
    wanted = {one.model for one in made if one.state in {"live", "rolled_back", *RUNNING}}
    recent = [one.model for one in made if one.model in wanted][-KEPT_MODELS - 1 :]
    kept = {*recent, model_of().name, *live().choice.models}
    for one in made:
        if one.model not in kept:
            (settings().models_dir / one.model).unlink(missing_ok=True)


def _record(teaching: Teaching, records: list[dict[str, object]]) -> dict[str, object]:
    """Return what the journal says once a teaching is live."""
    if teaching.kind == "rollback":
        what = f"Geri alındı: {teaching.of}"
        return record_of("rollback", records, teaching.by, what, teaching.note, of=teaching.of)
    what = f"Öğretildi: {len(teaching.phrases)} cümle, {len(teaching.entries)} yeni kayıt"
    record = record_of("teach", records, teaching.by, what, teaching.note)
    return {
        **record,
        "id": teaching.id,
        "changes": [change.as_dict() for change in teaching.changes],
        "phrases": [phrase.as_dict() for phrase in teaching.phrases],
        "expected": teaching.expected,
    }


def _confirm(covers: int) -> None:
    """Say of the version in use that the journal holds all of it."""
    pointer = read_pointer(settings())
    if pointer:
        pointer.pop("pending", None)
        store.write_json(store.folder() / POINTER, {**pointer, "covers": covers})
