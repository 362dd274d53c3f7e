"""One larger set-up for all tests that need it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.larger import Larger


@pytest.fixture(scope="package")
def larger(model: Path) -> Iterator[Larger]:
    # Not pytest's folder: PostgreSQL runs as another user and could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="larger-"))
    folder.chmod(0o755)
    started = Larger(folder / "kurulum")
    # Models of its own: the tests put others in use.
    models = folder / "models"
    models.mkdir()
    shutil.copy2(model, models)
    started.environment["BOT_MODELS_DIR"] = str(models)
    try:
        started.up()
        yield started
    finally:
        started.down()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def second_model(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model that answers as the trained one does, with another name and identity."""
    from bot.nlu.archive import linear_model, with_linear_model

    target = tmp_path_factory.mktemp("model") / "ikinci.tar.gz"
    return with_linear_model(model, linear_model(model), target)
