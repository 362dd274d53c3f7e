"""Train the model of the files in use, and know whether one is current."""

import contextlib
import hashlib
import importlib.util
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.live import live
from bot.settings import ROOT, settings

#: What a model is made from; a change of any of these needs a new one. The answers in
#: `knowledge/` are read at run time and need none.
_INPUTS = ("config.yml", "domain.yml", "bot/nlu", "bot/text", "setup/run.txt")


class TrainingError(Exception):
    """No model could be made; the message says why."""


def fingerprint(data: Path | None = None) -> str:
    """Return 16 hex digits that name the inputs of training.

    `data` is the folder of the phrases, the one in use if none is given. Wherever it lies,
    the same phrases have the same name.
    """
    digest = hashlib.sha256()
    folder = data or live().data
    for start, beside in [*((ROOT / name, ROOT) for name in _INPUTS), (folder, folder.parent)]:
        paths = [start] if start.is_file() else sorted(start.rglob("*"))
        for path in paths:
            if path.is_file() and path.suffix in {".yml", ".py", ".txt"}:
                digest.update(str(path.relative_to(beside)).encode() + b"\0" + path.read_bytes())
    digest.update(settings().language_model.encode())
    return digest.hexdigest()[:16]


def model_of(data: Path | None = None) -> Path:
    """Return where the model of these phrases (of those in use) is put."""
    return settings().models_dir / f"{fingerprint(data)}.tar.gz"


def trained_model() -> Path | None:
    """Return the model made from the inputs as they are now, if there is one."""
    path = model_of()
    return path if path.is_file() else None


def current_model() -> Path | None:
    """Return the model in use: the one chosen for the inputs as they are now, or made from them."""
    if (chosen := chosen_model()) and live().choice.inputs == fingerprint():
        return chosen
    return trained_model()


def chosen_model() -> Path | None:
    """Return the model that was put in use by name, for whatever inputs, if it is there."""
    name = live().choice.model
    path = settings().models_dir / name
    return path if name and path.is_file() else None


def train() -> Path:
    """Train understanding and rules, and put the model into the models folder.

    The file appears there in one step when it is whole; an interrupted training leaves
    nothing behind.

    Raises:
        TrainingError: if the phrases do not fit the knowledge, or Rasa made no model.
    """
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException
    from rasa.utils.log_utils import configure_structlog

    from bot.learning.phrases import read_phrases
    from bot.nlu.classifier import fitting_phrases

    try:
        # Said at once, not after the half minute that Rasa needs to come to it.
        fitting_phrases([(phrase.text, phrase.label) for phrase in read_phrases(live().data)])
    except RasaException as error:
        raise TrainingError(f"Eğitim durdu: {error}") from error
    print("» Model eğitiliyor (yaklaşık bir dakika)", flush=True)
    configure_structlog(logging.WARNING)
    logging.basicConfig(format="  %(message)s")
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)

    warnings.simplefilter("ignore", DeprecationWarning)  # of third parties, in a terminal
    target = model_of()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _quiet(), tempfile.TemporaryDirectory(dir=target.parent, prefix=".training-") as folder:
        try:
            result = rasa_train(
                domain=str(ROOT / "domain.yml"),
                config=str(_config(Path(folder))),
                training_files=[str(live().data)],
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


def train_classifier(base: Path) -> Path:
    """Train the classifier alone and put it into a copy of a model; return the copy.

    For phrases that were added to those `base` was made from, while nothing else changed:
    policies and settings come out the same, and Rasa takes as long over them as over the
    classifier. A larger language model needs the whole training.

    Raises:
        TrainingError: if the phrases do not fit the knowledge, or are too few.
    """
    from rasa.shared.exceptions import RasaException
    from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.archive import with_linear_model
    from bot.nlu.classifier import fitting_phrases
    from bot.nlu.fitting import UntrainableError
    from bot.nlu.fitting import train as fit

    config = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
    seed = int(config["pipeline"][_classifier_in(config)].get("seed", 0))
    examples = load_data(str(live().data / "nlu")).intent_examples
    phrases = [(e.get(TEXT), e.get(INTENT_RESPONSE_KEY) or e.get(INTENT)) for e in examples]
    try:
        texts, labels = zip(*fitting_phrases(phrases), strict=True)
        model = fit(texts, labels, seed)
    except (RasaException, UntrainableError) as error:
        raise TrainingError(f"Eğitim durdu: {error}") from error
    target = model_of()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".training-") as folder:
        with_linear_model(base, model, Path(folder) / target.name).replace(target)
    return target


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
    at = _classifier_in(config)
    pipeline[at]["dense"] = True
    encoder = {"name": "bot.nlu.encoder.SentenceEncoder", "weights": weights}
    return {**config, "pipeline": [*pipeline[:at], encoder, *pipeline[at:]]}


def _classifier_in(config: Mapping[str, Any]) -> int:
    """Return the place of the classifier in the pipeline."""
    names = [component["name"] for component in config["pipeline"]]
    return next(i for i, name in enumerate(names) if name.endswith("QuestionClassifier"))
