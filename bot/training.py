"""Train the model of the project as it lies there, and know whether one is current."""

import contextlib
import hashlib
import importlib.util
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.settings import ROOT, settings

#: What a model is made from; a change of any of these needs a new one. The answers in
#: `knowledge/` are read at run time and need none.
_INPUTS = ("config.yml", "domain.yml", "data", "bot/nlu", "bot/text", "setup/run.txt")


class TrainingError(Exception):
    """No model could be made; the message says why."""


def fingerprint() -> str:
    """Return 16 hex digits that name the inputs of training."""
    digest = hashlib.sha256()
    for name in _INPUTS:
        start = ROOT / name
        paths = [start] if start.is_file() else sorted(start.rglob("*"))
        for path in paths:
            if path.is_file() and path.suffix in {".yml", ".py", ".txt"}:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    digest.update(settings().language_model.encode())
    return digest.hexdigest()[:16]


def current_model() -> Path | None:
    """Return the model made from the inputs as they are now, if there is one."""
    path = settings().models_dir / f"{fingerprint()}.tar.gz"
    return path if path.is_file() else None


def train() -> Path:
    """Train understanding and rules, and put the model into the models folder.

    The file appears there in one step when it is whole; an interrupted training leaves
    nothing behind.

    Raises:
        TrainingError: if Rasa made no model.
    """
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException
    from rasa.utils.log_utils import configure_structlog

    print("» Model eğitiliyor (yaklaşık bir dakika)", flush=True)
    configure_structlog(logging.WARNING)
    logging.basicConfig(format="  %(message)s")
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)

    warnings.simplefilter("ignore", DeprecationWarning)  # of third parties, in a terminal
    target = settings().models_dir / f"{fingerprint()}.tar.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    with _quiet(), tempfile.TemporaryDirectory(dir=target.parent, prefix=".training-") as folder:
        try:
            result = rasa_train(
                domain=str(ROOT / "domain.yml"),
                config=str(_config(Path(folder))),
                training_files=[str(ROOT / "data")],
                output=folder,
                force_training=True,
                fixed_model_name=target.name,
            )
        except RasaException as error:
            # Rasa wraps what a component says into "error running graph component".
            raise TrainingError(f"Eğitim durdu: {error.__cause__ or error}") from error
        if result.code != 0 or not result.model:
            raise TrainingError("Eğitim bitmedi; nedeni yukarıdaki satırlarda")
        Path(result.model).replace(target)
    return target


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Train with one line a component: Rasa's progress bars show only below this level.

    Only while training: servers started after it in this environment log as ever.
    """
    given = os.environ.get("LOG_LEVEL")
    os.environ["LOG_LEVEL"] = given or "WARNING"
    try:
        yield
    finally:
        if given is None:
            del os.environ["LOG_LEVEL"]


def _config(folder: Path) -> Path:
    """Return the configuration to train with, a larger model put into it if one is set.

    Raises:
        TrainingError: if the environment cannot run a larger model.
    """
    weights = settings().language_model
    if not weights:
        return ROOT / "config.yml"
    if not all(importlib.util.find_spec(name) for name in ("tensorflow", "transformers")):
        raise TrainingError(
            "BOT_LANGUAGE_MODEL bu ortamda çalışmaz. `make setup TENSORFLOW=1` ile tam ortamı "
            "kurup programı oradan başlatın ya da ayarı boş bırakın."
        )
    path = folder / "config.yml"
    yaml = YAML()
    config = yaml.load((ROOT / "config.yml").read_text(encoding="utf-8"))
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(with_language_model(config, weights), stream)
    return path


def with_language_model(config: dict[str, Any], weights: str) -> dict[str, Any]:
    """Return a configuration whose classifier reads a BERT's sentence vectors besides.

    `weights` is a folder or a name that `transformers` can load.
    """
    pipeline = [dict(component) for component in config["pipeline"]]
    at = next(i for i, one in enumerate(pipeline) if one["name"].endswith("QuestionClassifier"))
    pipeline[at]["dense"] = True
    encoder = {"name": "bot.nlu.encoder.SentenceEncoder", "weights": weights}
    return {**config, "pipeline": [*pipeline[:at], encoder, *pipeline[at:]]}
