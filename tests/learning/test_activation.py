"""Going live and back: all servers or none, and the truth after every fault."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import rasa_server
from bot.knowledge.current import current
from bot.learning import LearningError, activation, servers, store, versions, worker
from bot.learning.candidate import candidate
from bot.learning.changes import Change
from bot.learning.edits import edits, make_edit
from bot.learning.phrases import Taught
from bot.learning.teaching import Teaching, new_id, read, teachings
from bot.live import live
from bot.settings import settings
from bot.training import current_model, model_of
from tests.learning.conftest import Project
from tests.learning.rasa_double import RasaDouble
from tests.servers import free_port

SECRET = "s" * 40
ENTRY = {
    "id": "ke-07",
    "title": "Etikette komisyon kaç kişi",
    "answer": "Komisyonda kaç kişi olduğu belgelerde yazmıyor.",
    "sources": [{"document": "sss-2020", "place": "Kalite Etiketi 1"}],
    "as_of": "2020",
    "valid_from": "2020",
    "see_also": ["ke-01", "ke-02"],
    "review_by": "2027-06-30",
}


class World:
    """The project with its models and two servers; models are empty files of the right name."""

    def __init__(self, project: Project, models: Path, doubles: list[RasaDouble]) -> None:
        self.project, self.models, self.doubles = project, models, doubles

    def put_model(self, model: Path) -> Path:
        model.write_bytes(b"")
        return model

    def trained(self, *phrases: Taught, entry: bool = False) -> Teaching:
        """Return a teaching whose model lies there, as after a good training."""
        changes = [Change("faq/ke.yml", ("ke-07",), ENTRY, None)] if entry else []
        teaching = Teaching(new_id(), "ayşe", store.now(), phrases=list(phrases), changes=changes)
        teaching.entries = ["ke-07"] if entry else []
        teaching.enter("evaluating")
        with candidate(teaching) as made:
            teaching.model = self.put_model(model_of(made.data)).name
        return teaching

    def running(self) -> list[str | None]:
        return [one.model for one in servers.running()]


@pytest.fixture
def world(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    models = tmp_path / "models"
    models.mkdir()
    monkeypatch.setenv("BOT_MODELS_DIR", str(models))
    monkeypatch.setenv("BOT_STAFF_SECRET", SECRET)
    settings.cache_clear()
    first = model_of()
    doubles = [RasaDouble(SECRET, str(first)) for _ in range(2)]
    monkeypatch.setenv("BOT_RASA_URLS", ",".join(double.url for double in doubles))
    settings.cache_clear()
    made = World(project, models, doubles)
    made.put_model(first)
    yield made
    for double in doubles:
        double.stop()


ONE = Taught("faq/ke-01", "komisyon takvimi etikete göre mi belirleniyor")
TWO = Taught("faq/ke-02", "etiket eğitimlerine kayıt nereden yapılır")


def test_a_teaching_goes_live_everywhere(world: World) -> None:
    before = current_model()
    teaching = world.trained(ONE)
    activation.activate(teaching)
    assert teaching.state == read(teaching.id).state == "live"
    assert current_model() == world.models / teaching.model != before
    assert world.running() == [teaching.model] * 2
    assert ONE.text in (live().data / "nlu/ke.yml").read_text(encoding="utf-8")
    assert [edit.kind for edit in edits()] == ["teach"]


def test_a_server_started_again_runs_the_model_in_use(world: World) -> None:
    # The supervisor starts a killed server with the command of its own start.
    command = ["run", "--model", str(current_model()), "--port", "5005"]
    teaching = world.trained(ONE)
    activation.activate(teaching)
    started = ["run", "--model", str(world.models / teaching.model), "--port", "5005"]
    assert rasa_server.with_model(command) == started
    assert rasa_server.with_model(["shell"]) == ["shell"]


def test_a_new_entry_is_known_with_its_model(world: World) -> None:
    teaching = world.trained(*[ONE._replace(label="faq/ke-07")], entry=True)
    assert "ke-07" not in current().entries
    activation.activate(teaching)
    assert current().entries["ke-07"].title == ENTRY["title"]


def test_a_server_that_fails_keeps_all_at_the_old_model(world: World) -> None:
    old = current_model()
    teaching = world.trained(ONE, entry=False)
    world.doubles[1].fails = 1
    with pytest.raises(LearningError, match="yeni modeli almadı \\(HTTP 500\\)"):
        activation.activate(teaching)
    assert old is not None
    assert current_model() == old
    assert world.running() == [old.name] * 2
    # The first had it for a moment and was given the old one back.
    assert world.doubles[0].loaded == [teaching.model, old.name]
    assert edits() == []
    assert live().version == ""


def test_a_server_that_answers_too_late_is_a_failure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "LOAD_SECONDS", 0.2)
    teaching = world.trained(ONE)
    world.doubles[0].hangs = 0.6
    with pytest.raises(LearningError, match="almadı"):
        activation.activate(teaching)
    assert edits() == []


def test_a_server_that_does_not_run_starts_with_the_model_in_use(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("BOT_RASA_URLS", f"{world.doubles[0].url},{idle}")
    settings.cache_clear()
    teaching = world.trained(ONE)
    activation.activate(teaching)
    assert teaching.state == "live"
    assert f"{idle} çalışmıyor" in teaching.message
    assert world.running() == [teaching.model, None]


def test_a_wrong_secret_changes_nothing(world: World) -> None:
    world.doubles[0].token = "another"
    with pytest.raises(LearningError, match="HTTP 401") as error:
        activation.activate(world.trained(ONE))
    assert SECRET not in str(error.value)
    assert live().version == ""


def test_what_was_trained_on_other_files_does_not_go_live(world: World) -> None:
    first, second = world.trained(ONE), world.trained(TWO)
    activation.activate(first)
    with pytest.raises(LearningError, match="Bu sırada başka bir değişiklik"):
        activation.activate(second)
    assert world.running() == [first.model] * 2
    assert current_model() == world.models / first.model


def test_an_edit_meanwhile_is_no_obstacle(world: World) -> None:
    teaching = world.trained(ONE)
    make_edit("veli", "x", [Change("faq/ke.yml", ("ke-03", "title"), "Eski okul")])
    activation.activate(teaching)
    assert current().entries["ke-03"].title == "Eski okul"
    assert current_model() == world.models / teaching.model


# --- back


def test_one_call_goes_back_to_the_model_before(world: World) -> None:
    old = current_model()
    teaching = world.trained(*[ONE._replace(label="faq/ke-07")], entry=True)
    activation.activate(teaching)
    step = worker.rollback("veli", "yanlış öğretildi")
    assert old is not None
    assert (step.state, read(teaching.id).state) == ("live", "rolled_back")
    assert current_model() == old
    assert world.running() == [old.name] * 2
    assert "ke-07" not in current().entries
    assert [edit.kind for edit in edits()] == ["teach", "rollback"]
    with pytest.raises(LearningError, match="Geri alınacak bir öğretme yok"):
        worker.rollback("veli")


def test_steps_back_go_one_teaching_at_a_time_and_keep_edits(world: World) -> None:
    first = world.trained(ONE)
    activation.activate(first)
    second = world.trained(TWO)
    activation.activate(second)
    make_edit("veli", "x", [Change("faq/ke.yml", ("ke-03", "title"), "Eski okul")])
    worker.rollback("veli")
    assert current_model() == world.models / first.model
    worker.rollback("veli")
    assert world.running() == [model_of(world.project.data).name] * 2
    assert current().entries["ke-03"].title == "Eski okul"


def test_a_step_back_that_fails_leaves_the_teaching_live(world: World) -> None:
    teaching = world.trained(ONE)
    activation.activate(teaching)
    world.doubles[0].fails = 1
    with pytest.raises(LearningError, match="almadı"):
        worker.rollback("veli")
    assert read(teaching.id).state == "live"
    assert world.running() == [teaching.model] * 2
    assert current_model() == world.models / teaching.model


def test_only_some_models_are_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activation, "KEPT_MODELS", 1)
    own = current_model()
    made = []
    for number in range(4):
        phrase = ONE._replace(text=f"{ONE.text} {'abcd'[number]}")
        made.append(world.trained(phrase))
        activation.activate(made[-1])
        activation.prune_models()
    refused = world.trained(TWO)
    refused.enter("refused")
    activation.prune_models()
    kept = {path.name for path in world.models.iterdir()}
    assert own is not None
    assert kept == {own.name, made[2].model, made[3].model}


# --- killed


def test_killed_in_training_the_old_model_stays_and_the_state_says_so(world: World) -> None:
    old = current_model()
    teaching = world.trained(ONE)
    for state in ("training", "evaluating"):
        teaching.enter(state)  # type: ignore[arg-type]
        worker.recover()
        found = read(teaching.id)
        assert (found.state, found.message) == ("failed", activation.INTERRUPTED)
        assert current_model() == old


@pytest.mark.parametrize("after", ["files", "first server", "servers"])
def test_killed_while_going_live_everything_goes_back(
    world: World, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """The process dies after the step named: nothing behind it runs, not even its repair."""
    old = current_model()
    teaching = world.trained(ONE)
    pid = os.fork()
    if pid == 0:  # the worker that will die
        calls = 0

        def load(url: str, model: Path) -> servers.Result:
            nonlocal calls
            calls += 1
            if after == "files" or (after == "first server" and calls == 2):
                os._exit(9)
            return real(url, model)

        real = servers.load
        servers.load = load
        store.append = lambda record: os._exit(9)
        activation.activate(teaching)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 9
    assert read(teaching.id).state == "activating"
    worker.recover()
    assert old is not None
    assert read(teaching.id).state == "failed"
    assert current_model() == old
    assert world.running() == [old.name] * 2
    assert edits() == []


def test_killed_after_the_journal_says_live_it_is_live(world: World) -> None:
    teaching = world.trained(ONE)
    pid = os.fork()
    if pid == 0:
        activation._confirm = lambda covers: os._exit(9)
        activation.activate(teaching)
        os._exit(0)
    os.waitpid(pid, 0)
    assert read(teaching.id).state == "activating"
    worker.recover()
    assert read(teaching.id).state == "live"
    assert current_model() == world.models / teaching.model
    assert world.running() == [teaching.model] * 2


def test_nobody_mends_while_somebody_works(world: World) -> None:
    teaching = world.trained(ONE)
    teaching.enter("training")
    with store.locked(store.TRAINING):
        assert worker.recover() is False
    assert read(teaching.id).state == "training"


def test_what_waits_is_told_at_a_start(world: World) -> None:
    teaching = world.trained(ONE)
    teaching.enter("queued")
    assert worker.recover() is True
    assert [one.state for one in teachings()] == ["queued"]


# --- the next release


def test_a_teaching_survives_a_release(world: World) -> None:
    teaching = world.trained(ONE)
    activation.activate(teaching)
    world.project.change(
        "data/nlu/ke.yml", "etikete ne zaman başvurulur", "etikete hangi ay girilir"
    )
    assert versions.refresh() is True
    text = (live().data / "nlu/ke.yml").read_text(encoding="utf-8")
    assert ONE.text in text
    assert "etikete hangi ay girilir" in text
    # The phrases changed, so the model is made anew at the next start.
    assert current_model() is None


def test_a_release_that_holds_the_teaching_needs_no_model_of_its_own(world: World) -> None:
    teaching = world.trained(ONE)
    activation.activate(teaching)
    text = (live().data / "nlu/ke.yml").read_text(encoding="utf-8")
    (world.project.data / "nlu/ke.yml").write_text(text, encoding="utf-8")
    versions.refresh()
    assert live().data == world.project.data
    # The same phrases have the same name wherever they lie: nothing to train.
    assert current_model() == world.models / teaching.model
