"""The background process that trains, measures and activates, one teaching after another.

Only who holds the training lock works; whoever starts while another works waits for it and
then looks what is left.
"""

import logging
import resource
import subprocess
import sys
import time

from bot.knowledge import KnowledgeError
from bot.learning import LearningError, activation, store, versions
from bot.learning.candidate import candidate, measure, train
from bot.learning.teaching import DONE, WAITING, Teaching, new_id, read, report_path, teachings
from bot.settings import ROOT
from bot.training import model_of

LOG = "worker.log"
_POLL_SECONDS = 0.25

logger = logging.getLogger(__name__)


def start() -> None:
    """Begin to work on the queue in the background."""
    log = store.folder() / LOG
    with log.open("ab") as output:
        subprocess.Popen(
            [sys.executable, "-m", "bot", "learn", "work"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def work() -> int:
    """Work on the queue until it is empty; return how many teachings were taken."""
    count = 0
    with store.locked(store.TRAINING):
        recover_locked()
        while waiting := [one for one in teachings() if one.state in WAITING]:
            _take(waiting[0])
            count += 1
    return count


def recover() -> bool:
    """Bring the states back to the truth if nobody is at work; return whether somebody waits.

    To be called when a program starts, and by who shows a state that does not move.
    """
    with store.locked(store.TRAINING, wait=False) as free:
        if not free:
            return False
        recover_locked()
    return any(one.state in WAITING for one in teachings())


def recover_locked() -> None:
    """Do what `recover` does, by who holds the training lock."""
    with store.locked(store.LIVE):
        activation.recover_locked()


def rollback(by: str, note: str = "") -> Teaching:
    """Take the last teaching back; return the step, live already if its model is kept.

    Otherwise that model is trained in the background first, as after a new release.

    Raises:
        LearningError: if there is nothing to take back, or a server did not take the model.
    """
    with store.locked(store.LIVE):
        versions.refresh_locked()
        last = activation.last_taught()
        if last is None:
            raise LearningError("Geri alınacak bir öğretme yok")
        step = Teaching(new_id(), by, store.now(), kind="rollback", of=last, note=note)
        with candidate(step) as made:
            model = model_of(made.data)
        step.model = model.name
        if model.is_file():
            try:
                activation.activate_locked(step)
            except (LearningError, KnowledgeError) as error:
                step.enter("failed", str(error))
                raise
            return step
        step.enter("queued")
    start()
    return step


def _take(teaching: Teaching) -> None:
    """Bring one teaching to its end, whatever that is; its file says which."""
    before = _machine_seconds()
    try:
        _work_on(teaching)
    except (LearningError, KnowledgeError) as error:
        teaching.enter("failed", str(error))
        logger.error("%s failed: %s", teaching.id, error)  # noqa: TRY400 - a sentence
    except Exception:
        teaching.enter("failed", "Beklenmeyen bir hata oldu; ayrıntısı sunucunun kayıtlarında")
        logger.exception("%s failed", teaching.id)
    teaching.seconds = round(_machine_seconds() - before, 1)
    teaching.save()
    activation.prune_models()


def _machine_seconds() -> float:
    """Return the processor time that this process and its finished children took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _work_on(teaching: Teaching) -> None:
    teaching.enter("training")
    with candidate(teaching) as made:
        model = train(teaching, made)
        if teaching.kind == "teach":
            teaching.enter("evaluating")
            report = measure(teaching, made, model)
            store.write_json(report_path(teaching.id), report)
            if report["reasons"]:
                teaching.enter("refused", "\n".join(report["reasons"]))
                return
    activation.activate(teaching)


def wait_for(teaching: str) -> Teaching:
    """Return a teaching once it has come to its end, whoever works on it."""
    while (found := read(teaching)).percent < DONE:
        time.sleep(_POLL_SECONDS)
    return found
