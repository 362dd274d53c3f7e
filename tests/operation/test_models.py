"""Which model is in use: chosen by name, gone back from, and whatever goes wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import live as live_files
from bot import rasa_server, training
from bot.knowledge.current import current
from bot.learning import LearningError, servers
from bot.operation import models
from bot.operation.models import ModelError, back, listing, use
from bot.settings import settings
from bot.training import current_model, trained_model
from tests.learning.rasa_double import RasaDouble

pytestmark = pytest.mark.model
SECRET = "s" * 40


class World:
    """A folder of models and two servers."""

    def __init__(self, own: Path, doubles: list[RasaDouble]) -> None:
        self.own, self.doubles = own, doubles

    def running(self) -> list[str | None]:
        return [one.model for one in servers.running()]


@pytest.fixture
def world(
    model: Path, second_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    own = tmp_path / "models" / model.name
    own.parent.mkdir()
    shutil.copy2(model, own)
    monkeypatch.setenv("BOT_MODELS_DIR", str(own.parent))
    monkeypatch.setenv("BOT_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("BOT_STAFF_SECRET", SECRET)
    doubles = [RasaDouble(SECRET, str(own)) for _ in range(2)]
    monkeypatch.setenv("BOT_RASA_URLS", ",".join(double.url for double in doubles))
    settings.cache_clear()
    yield World(own, doubles)
    for double in doubles:
        double.stop()
    settings.cache_clear()


def test_a_model_from_elsewhere_is_kept_and_runs_everywhere(
    world: World, second_model: Path
) -> None:
    assert use(str(second_model), "ali") == f"Kullanımda: {second_model.name}"
    kept = world.own.with_name(second_model.name)
    assert kept.read_bytes() == second_model.read_bytes()
    assert current_model() == kept
    assert trained_model() == world.own
    assert world.running() == [kept.name] * 2
    lines = listing().splitlines()
    assert f"{kept.name}  " in lines[0] + lines[1]
    assert [line.split("  ")[-1] for line in sorted(lines[:2])] == ["bir önceki", "kullanımda"]
    assert lines[2].startswith("Kullanıma alan: ali, 20")


def test_one_step_back_after_the_other(world: World, second_model: Path) -> None:
    third = shutil.copy(second_model, second_model.with_name("üçüncü.tar.gz"))
    use(str(second_model), "ali")
    use(str(third), "ali")
    use(str(third), "ali")  # once more is no step
    assert back("ali") == f"Kullanımda: {second_model.name}"
    back("ali")
    assert current_model() == world.own
    assert world.running() == [world.own.name] * 2
    with pytest.raises(ModelError, match="Geri dönülecek bir model yok"):
        back("ali")


def test_a_server_that_fails_keeps_all_at_their_model(world: World, second_model: Path) -> None:
    world.doubles[1].fails = 1
    with pytest.raises(LearningError, match="yeni modeli almadı"):
        use(str(second_model), "ali")
    assert world.running() == [world.own.name] * 2
    assert current_model() == world.own
    assert list(world.own.parent.iterdir()) == [world.own]
    with pytest.raises(ModelError):
        back("ali")


def test_a_server_that_does_not_go_back_is_named(world: World, second_model: Path) -> None:
    world.doubles[1].fails = 2
    message = f"Eski modele dönemeyen: {world.doubles[1].url}; yeniden başlatın"
    with pytest.raises(LearningError, match=message):
        use(str(second_model), "ali")


def test_new_files_end_the_choice_once_they_have_a_model(
    world: World, second_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(str(second_model), "ali")
    monkeypatch.setattr(training, "fingerprint", lambda data=None: "f" * 16)
    assert current_model() is None
    # Until then a server that is started again goes on with what is in use.
    kept = world.own.with_name(second_model.name)
    command = ["run", "--model", str(world.own), "--port", "5005"]
    assert rasa_server.with_model(command)[2] == str(kept)
    new = world.own.rename(world.own.with_name(f"{'f' * 16}.tar.gz"))
    assert current_model() == new
    assert rasa_server.with_model(command)[2] == str(new)
    # The servers go on with the old one until they are told; that is what back goes to.
    monkeypatch.setattr(models, "fingerprint", lambda: "f" * 16)
    use("", "ali")
    assert world.running() == [new.name] * 2
    back("ali")
    assert current_model() == kept


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00cut off"])
def test_what_is_no_model_is_said_and_not_kept(
    world: World, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "bozuk.tar.gz"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"bozuk\.tar\.gz bir model değil ya da bozuk"):
        use(str(file), "ali")
    assert [path.name for path in world.own.parent.iterdir()] == [world.own.name]
    assert world.doubles[0].loaded == []


@pytest.mark.parametrize("wanted", ["yok", "yok.tar.gz", "../", "/etc/passwd", "README.md"])
def test_a_name_that_is_none_is_said(world: World, wanted: str) -> None:
    with pytest.raises(ModelError, match="diye bir model yok"):
        use(wanted, "ali")


def test_a_model_of_other_knowledge_is_refused(
    world: World, second_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = current()
    fewer = {key: entry for key, entry in base.entries.items() if key != "ke-03"}
    monkeypatch.setattr(models, "current", lambda: base.copy(update={"entries": fewer}))
    with pytest.raises(ModelError, match=r"bilgi bankasında olmayan kayıtları biliyor \(ke-03\)"):
        use(str(second_model), "ali")


def test_another_model_of_the_same_name_is_not_written_over(
    world: World, second_model: Path, tmp_path: Path
) -> None:
    twin = shutil.copy(second_model, tmp_path / world.own.name)
    with pytest.raises(ModelError, match="adında başka bir model var"):
        use(str(twin), "ali")


def test_without_a_model_of_the_files_the_mend_is_said(world: World) -> None:
    world.own.unlink()
    with pytest.raises(ModelError, match="python -m bot train"):
        use("", "ali")


def test_a_choice_that_cannot_be_read_counts_for_nothing(
    world: World, second_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(str(second_model), "ali")
    assert current_model() == world.own.with_name(second_model.name)
    (settings().var_dir / "learning/model.json").write_text('{"models": 5}', encoding="utf-8")
    # In memory it stays until a new one is written.
    assert current_model() == world.own.with_name(second_model.name)
    monkeypatch.setattr(live_files, "_known", (None, None))
    assert current_model() == world.own
