"""The background work for real, on a small set of phrases: refused, killed, done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError
from bot.learning import LearningError, store, teaching, worker
from bot.learning.proposals import Proposal
from bot.learning.sources import Citation
from bot.live import live
from bot.settings import ROOT
from bot.training import current_model
from tests.learning.conftest import DRAFT, Project
from tests.servers import wait_for

pytestmark = pytest.mark.model

#: Written like those who ask ke-03, to teach another entry something wrong.
LIKE_KE_03 = (
    "sertifikamda eski okulumun adı çıkmış nasıl düzeltirim",
    "kalite etiketi belgesinde önceki okulum yazıyor, değişir mi",
    "belgede eski kurumum görünüyor yeni okulumu yazdırabilir miyim",
    "okulum değişti ama sertifikada eskisi duruyor",
    "etiket sertifikasındaki okul ismini güncellemek istiyorum",
    "eski görev yerim yazan belgeyi yenileyebilir miyiz",
    "tayin oldum, sertifikamda hâlâ eski okul var",
    "sertifikanın üstündeki okul adı yanlış çıktı ne yapmalıyım",
)


def test_a_teaching_that_makes_another_entry_worse_is_refused_and_named(small: Path) -> None:
    before = current_model()
    made = teaching.propose("ayşe", [Proposal(text, "ke-04") for text in LIKE_KE_03])
    assert worker.work() == 1
    found = teaching.read(made.id)
    assert found.state == "refused"
    assert "ke-03 kötüleşiyor" in found.message
    report = teaching.report_of(made.id)
    assert report is not None
    (worse,) = [one for one in report["worse"] if one["id"] == "ke-03"]
    assert worse["after"] < worse["before"]
    turned = worse["questions"]
    assert all(one["was"] != one["became"] for one in turned)
    assert len(turned) >= worse["before"] - worse["after"]
    # Nothing of it is in use, and nothing is left behind.
    assert current_model() == before
    assert live().version == ""
    assert list((small / "models").iterdir()) == [before]
    assert list((small / "var/learning/candidate").glob("2*")) == []


def test_a_worker_that_is_killed_leaves_the_old_model_and_no_training_behind(small: Path) -> None:
    before = current_model()
    made = teaching.propose("ayşe", [Proposal("etiket takvimi değişti mi acaba", "ke-01")])
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "learn", "work"], cwd=ROOT, start_new_session=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_for(lambda: teaching.read(made.id).state == "training" and children.read_text().split())
    training = int(children.read_text().split()[0])
    assert worker.recover() is False  # somebody is at work
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    wait_for(lambda: not running(training))
    worker.recover()
    found = teaching.read(made.id)
    assert (found.state, found.percent) == ("failed", 100)
    assert "Yarıda kaldı" in found.message
    assert current_model() == before
    assert live().version == ""


def running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2]
    except OSError:
        return False


def test_a_training_that_fails_is_said_in_its_own_words(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = teaching.propose("ayşe", [Proposal("etiket takvimi değişti mi acaba", "ke-01")])
    monkeypatch.setenv("BOT_PORT", "çok")  # every process of the work stops at it
    worker.work()
    found = teaching.read(made.id)
    assert found.state == "failed"
    assert found.message.startswith("BOT_PORT=çok olmaz")


def test_a_phrase_that_means_something_else_meanwhile_stops_the_teaching(small: Path) -> None:
    text = "etiket takvimi değişti mi acaba"
    made = teaching.propose("ayşe", [Proposal(text, "ke-01")])
    other = teaching.propose("veli", [Proposal(text + " bu yıl", "ke-02")])
    records = store.journal()
    store.append(
        {
            "id": "000001",
            "at": "",
            "by": "",
            "kind": "teach",
            "what": "",
            "note": "",
            "phrases": [{"label": "faq/ke-02", "text": text, "moved": []}],
        }
    )
    assert records == []
    other.enter("failed")
    worker.work()
    assert teaching.read(made.id).state == "failed"
    assert "başka bir anlam kazandı" in teaching.read(made.id).message


# --- the queue


def test_what_breaks_a_rule_is_not_queued(project: Project) -> None:
    with pytest.raises(teaching.RefusedProposalsError, match="hedef yok") as error:
        teaching.propose("ayşe", [Proposal("etiket takvimi değişti mi acaba", "ke-99")])
    assert [one.rule for one in error.value.findings] == ["target"]
    with pytest.raises(LearningError, match="bir cümle yok"):
        teaching.propose("ayşe")
    with pytest.raises(KnowledgeError, match="40 karakterden uzun"):
        teaching.propose("ayşe", drafts=[DRAFT._replace(title="u" * 41)])
    known = Citation("sss-2020", "Projeler 1")
    unsupported = DRAFT._replace(answer="En çok 12 sınıf.", citations=(known,))
    with pytest.raises(KnowledgeError, match="proje-13 yanıtındaki 12"):
        teaching.propose("ayşe", drafts=[unsupported])
    assert teaching.teachings() == []


def test_ids_of_waiting_entries_are_not_given_twice(project: Project) -> None:
    first = teaching.propose("ayşe", drafts=[DRAFT])
    phrases = tuple(
        f"{word} ile ortak olma kuralı nedir" for word in ["bir", "iki", "üç", "dört", "beş"]
    )
    other = DRAFT._replace(title="Bambaşka bir başlık", phrases=phrases)
    assert (first.entries, teaching.propose("veli", drafts=[other]).entries) == (
        ["proje-13"],
        ["proje-14"],
    )


def test_a_teaching_is_kept_as_it_was_proposed(project: Project) -> None:
    made = teaching.propose("ayşe", [Proposal("etiket takvimi değişti mi", "ke-01")], [DRAFT], "n")
    assert teaching.read(made.id) == made
    assert [one.id for one in teaching.teachings()] == [made.id]
    assert teaching.report_of(made.id) is None


@pytest.mark.parametrize("name", ["yok", "../live", "", "a/b"])
def test_a_teaching_that_is_not_there_is_said(project: Project, name: str) -> None:
    with pytest.raises(LearningError, match="diye bir öğretme yok"):
        teaching.read(name)


def test_only_what_ended_badly_is_tried_again(project: Project) -> None:
    made = teaching.propose("ayşe", [Proposal("etiket takvimi değişti mi", "ke-01")])
    with pytest.raises(LearningError, match="Yalnız reddedilen"):
        teaching.again(made.id)
    made.enter("refused", "neden")
    again = teaching.again(made.id, ["bir soru"])
    assert (again.state, again.message, again.expected) == ("queued", "", ["bir soru"])
