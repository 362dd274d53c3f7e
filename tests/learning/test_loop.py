"""The whole loop on a started assistant: refused, taught, asked otherwise, taken back."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.learning import facts, servers, teaching, worker
from bot.learning.entries import edit_entry
from bot.learning.sources import Citation
from bot.settings import settings
from bot.training import current_model
from tests.learning.conftest import DRAFT, settle
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]

#: None of them was taught; the first is asked before, the others after.
ASKED = "Aynı projeye iki şubeyle katılabilir miyim?"
OTHERWISE = ("iki sube ayni projede olsa", "Projede birden fazla sınıfım yer alabilir mi?")
ANSWER = "birden çok sınıfınızla"
NEW = Citation("ke-duyurusu-2026", "Tarihler", "KE 2026 duyurusu", "Duyuru", "2026-01-15")


@pytest.fixture(scope="module")
def server(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        folder = settle(trained, tmp_path_factory.mktemp("loop"), patch)
        started = Server(folder, BOT_VAR_DIR=str(settings().var_dir), BOT_TODAY="2026-11-20")
        # What runs in this process works for that server.
        patch.setenv("BOT_PORT", str(started.port))
        settings.cache_clear()
        try:
            started.wait_ready()
            yield started
        finally:
            started.stop()
    settings.cache_clear()


def said(server: Server, text: str, sender: str) -> str:
    return "\n".join(reply.get("text") or "" for reply in server.ask(text, sender))


def answers(server: Server, text: str, sender: str) -> bool:
    try:
        return ANSWER in said(server, text, sender)
    except OSError:
        return False


def test_what_it_refused_it_answers_in_other_words_once_it_was_taught(server: Server) -> None:
    assert "Takip kodunuz" in said(server, ASKED, "önce")
    old = current_model()
    assert old is not None

    made = teaching.propose("ayşe", drafts=[DRAFT])
    worker.work()
    taught = teaching.read(made.id)
    assert taught.state == "live", taught.message
    assert [state for state, _ in taught.steps] == [
        *("queued", "training", "evaluating", "activating", "live"),
    ]
    assert 0 < taught.seconds < 90
    assert [one.model for one in servers.running()] == [taught.model]
    for number, text in enumerate((ASKED, *OTHERWISE)):
        assert ANSWER in said(server, text, f"sonra-{number}"), text
        assert "UDS yanıtı Yanıt 1 (20 Kasım 2026)" in said(server, text, f"kaynak-{number}")

    # A server that is killed comes back with the model in use, not the one it began with.
    os.kill(server.children()["rasa"], signal.SIGKILL)
    wait_for(lambda: answers(server, ASKED, "yeniden"))

    worker.rollback("veli")
    assert [one.model for one in servers.running()] == [old.name]
    assert "Takip kodunuz" in said(server, ASKED, "geri")


def test_edits_are_live_in_the_running_assistant(server: Server) -> None:
    question = "sertifikada eski okulum yazıyor"
    before = said(server, question, "bir")
    assert "değişiklik yapılamaz" in before
    answer = "Belgedeki okul adı **değiştirilemez**; projeye katılırken seçtiğiniz okul yazar."
    edit_entry("ayşe", "ke-03", answer=answer)
    assert "değiştirilemez" in said(server, question, "iki")

    case = "22 aktif projem var yeni proje kurabilir miyim"
    assert "2 bitmeli" not in said(server, "merhaba", "üç")
    assert "20" in said(server, case, "üç")
    facts.set_figure("ayşe", "akis-proje-siniri", "active_projects", 30, 2026, 2026, NEW)
    verdict = said(server, case, "dört")
    assert "30" in verdict
    assert "Duyuru" in verdict

    facts.set_coordinators(
        "ayşe", "Van", [{"name": "Deneme Kişi", "source": "Yazı", "as_of": "2026-09-01"}]
    )
    assert "Deneme Kişi" in said(server, "van il koordinatörü kim", "beş")
    day = facts.set_day("ayşe", "appeal_until", 2026, date(2026, 12, 1), NEW._replace(stated=True))
    assert day.what.endswith("1 Aralık 2026")
