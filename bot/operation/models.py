"""The model that answers people: put in use by name, taken back, listed; `python -m bot model`.

Every server takes the model while it answers, or none does. Then the choice is written down:
a server that is started later takes it from there. The models before stay where they are.
"""

import datetime
import filecmp
import re
import shutil
import tarfile
from pathlib import Path

from bot.clock import TURKIYE
from bot.knowledge.current import current
from bot.learning import servers, store
from bot.live import CHOICE, Choice, live
from bot.nlu.archive import linear_model
from bot.nlu.labels import target_id
from bot.settings import settings
from bot.training import current_model, fingerprint, trained_model

#: So many models can be gone back to.
KEPT = 10
NO_MODEL = "Kullanılan dosyalardan eğitilmiş model yok. Önce: python -m bot train"
NO_WAY_BACK = (
    "Geri dönülecek bir model yok. Son değişiklik bir öğretmeyse: python -m bot learn rollback"
)


class ModelError(Exception):
    """A model cannot be put in use; nothing has changed."""


def use(wanted: str, by: str) -> str:
    """Put a model in use on all servers: a file, or the one of the files in use if none is named.

    Returns what became of it, in a sentence.

    Raises:
        ModelError: if it is no model, or not one of this knowledge.
        ServerError: if a server did not take it; all go on with the model they had.
    """
    with store.locked(store.LIVE):
        model = _file(wanted) if wanted else trained_model()
        if model is None:
            raise ModelError(NO_MODEL)
        _check(model)
        kept, brought = _kept(model)
        models = _used()
        if models[-1:] != [kept.name]:
            models.append(kept.name)
        try:
            return _put_in_use(kept, models, by)
        except servers.ServerError:
            if brought:
                kept.unlink()
            raise


def back(by: str) -> str:
    """Put the model before in use on all servers; returns and raises as `use` does."""
    with store.locked(store.LIVE):
        models = _used()[:-1]
        if not models:
            raise ModelError(NO_WAY_BACK)
        model = settings().models_dir / models[-1]
        _check(model)
        return _put_in_use(model, models, by)


def listing() -> str:
    """Return a table of the models, the newest first, and of what each server runs."""
    models = _used()
    in_use = current_model()
    marks = dict.fromkeys(models[-2:-1], "bir önceki")
    if in_use is not None:
        marks[in_use.name] = "kullanımda"
    lines = [
        f"{path.name}  {_moment(path)}  {marks.get(path.name, '')}".rstrip()
        for path in sorted(
            settings().models_dir.glob("*.tar.gz"), key=lambda one: -one.stat().st_mtime
        )
    ]
    choice = live().choice
    if in_use is not None and choice.model == in_use.name:
        lines.append(f"Kullanıma alan: {choice.by}, {choice.at}")
    lines += [f"Sunucu {one.url}: {one.model or 'çalışmıyor'}" for one in servers.running()]
    return "\n".join(lines)


def _put_in_use(model: Path, models: list[str], by: str) -> str:
    results = servers.load_everywhere(model)
    choice = Choice(fingerprint(), tuple(models[-KEPT - 1 :]), by, store.now())
    store.write_json(store.folder() / CHOICE, choice._asdict())
    # One that started meanwhile took the model from before.
    stray = servers.follow(model)
    said = [f"Kullanımda: {model.name}", servers.idle_in(results)]
    if stray:
        said.append(f"{', '.join(stray)} yeni modeli almadı; yeniden başlatın")
    return "\n".join(filter(None, said))


def _used() -> list[str]:
    """Return the names of the models used one after the other, the one in use last.

    What the servers run counts, not what they should: a training may have come between.
    """
    runs = next((one.model for one in servers.running() if one.model), None)
    if runs is None:
        in_use = current_model()
        runs = in_use.name if in_use else None
    models = list(live().choice.models)
    while models and models[-1] != runs:
        models.pop()
    return models or ([runs] if runs else [])


def _file(wanted: str) -> Path:
    """Return a model by its name among the models, or its path.

    Raises:
        ModelError: if there is none.
    """
    found = settings().models_dir / wanted  # a path from the root stays what it is
    if not found.is_file():
        found = Path(wanted).resolve()
    if not re.fullmatch(r"\w[\w.-]*\.tar\.gz", found.name) or not found.is_file():
        raise ModelError(f"{wanted} diye bir model yok. Adlar: python -m bot model list")
    return found


def _kept(model: Path) -> tuple[Path, bool]:
    """Return a model among the others, and whether it was copied there from elsewhere.

    Raises:
        ModelError: if another one has its name.
    """
    kept = settings().models_dir / model.name
    if not kept.is_file():
        part = kept.with_name(f".{kept.name}")
        shutil.copyfile(model, part)
        part.replace(kept)
        return kept, True
    if not filecmp.cmp(model, kept, shallow=False):
        raise ModelError(f"{kept.name} adında başka bir model var; dosyanın adını değiştirin")
    return kept, False


def _check(model: Path) -> None:
    """See that a file is a model, and knows no entry that the knowledge lacks.

    Raises:
        ModelError: if it is not.
    """
    if not model.is_file():
        raise ModelError(f"{model.name} silinmiş; geri dönülemez")
    try:
        labels = linear_model(model).labels
    except (OSError, ValueError, KeyError, tarfile.TarError, EOFError) as error:
        raise ModelError(f"{model.name} bir model değil ya da bozuk") from error
    base = current()
    known = {*base.entries, *base.flows}
    gone = sorted({target for label in labels if (target := target_id(label))} - known)
    if gone:
        raise ModelError(
            f"{model.name} bilgi bankasında olmayan kayıtları biliyor ({', '.join(gone[:5])}); "
            "bu sürümün modeli değil"
        )


def _moment(path: Path) -> str:
    made = datetime.datetime.fromtimestamp(path.stat().st_mtime, TURKIYE)
    return made.isoformat(" ", "minutes")[:16]
