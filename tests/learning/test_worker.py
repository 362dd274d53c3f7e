"""The background work for real, on a small set of phrases: refused, killed, done."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.evaluation import read_rows
from bot.knowledge import KnowledgeError
from bot.learning import LearningError, candidate, store, teaching, worker
from bot.learning.entries import Draft
from bot.learning.phrases import read_phrases
from bot.learning.proposals import Proposal
from bot.learning.sources import Citation
from bot.live import live
from bot.nlu.archive import linear_model
from bot.settings import ROOT, settings
from bot.training import current_model
from tests.learning.conftest import Project
from tests.servers import free_port, wait_for

pytestmark = pytest.mark.model

#: So many phrases of each label: a training takes seconds.
PHRASES = 14
ASKED = ("ke-03", "ke-04", "oos")
QUESTIONS = 25
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
NEW = Citation("uds-yaniti-2026", "Yanıt 1", "Destek servisi yanıtları", "UDS yanıtı", "2026-11-20")
DRAFT = Draft(
    "proje",
    "Projeye birden çok sınıfla katılmak",
    "Bir projeye **birden çok sınıfınızla** katılabilirsiniz.",
    (NEW,),
    "2028-12-31",
    (
        "projeme iki ayrı sınıfla katılabilir miyim",
        "iki şubeyle aynı projede olmak",
        "birden fazla sınıfımı projeye dahil edebilir miyim",
        "projeyi 5a ve 5b ile birlikte yürütsem olur mu",
        "aynı projede iki sınıfım olabilir mi",
    ),
)


def trimmed(data: Path) -> None:
    """Leave the first phrases of each label only."""
    for path in (data / "nlu").glob("*.yml"):
        gone, seen = set(), dict.fromkeys((p.label for p in read_phrases(data)), 0)
        for phrase in read_phrases(data):
            if phrase.file == path.name:
                seen[phrase.label] += 1
                if seen[phrase.label] > PHRASES * (5 if phrase.label == "oos" else 1):
                    gone.add(phrase.line)
        lines = path.read_text(encoding="utf-8").split("\n")
        kept = [line for number, line in enumerate(lines, 1) if number not in gone]
        path.write_text("\n".join(kept), encoding="utf-8")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with its model."""
    folder = tmp_path_factory.mktemp("small")
    small = Project(folder)
    trimmed(small.data)
    environment = {
        "BOT_KNOWLEDGE_DIR": str(small.knowledge),
        "BOT_DATA_DIR": str(small.data),
        "BOT_VAR_DIR": str(small.var),
        "BOT_MODELS_DIR": str(folder / "models"),
    }
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot", "train"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def small(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The small project with folders of the test's own, and a few questions to measure by."""
    shutil.copytree(trained / "models", tmp_path / "models")
    for name, folder in (
        *(("KNOWLEDGE", trained / "knowledge"), ("DATA", trained / "data")),
        *(("MODELS", tmp_path / "models"), ("VAR", tmp_path / "var")),
    ):
        monkeypatch.setenv(f"BOT_{name}_DIR", str(folder))
    monkeypatch.setenv("BOT_RASA_URLS", f"http://127.0.0.1:{free_port()}")
    settings.cache_clear()
    rows = [row for row in read_rows([candidate.QUESTIONS]) if row.accept[0] in ASKED]
    chosen = [row for key in ASKED for row in [r for r in rows if r.accept[0] == key][:QUESTIONS]]
    questions, baseline = tmp_path / "dev.jsonl", tmp_path / "baseline.json"
    lines = [json.dumps(row._asdict(), ensure_ascii=False) for row in chosen]
    questions.write_text("\n".join(lines), encoding="utf-8")
    baseline.write_text('{"rows": 1, "good": 1, "entries": {}}', encoding="utf-8")
    monkeypatch.setattr(candidate, "QUESTIONS", questions)
    monkeypatch.setattr(candidate, "BASELINE", baseline)
    yield tmp_path
    settings.cache_clear()


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


def test_a_new_entry_is_taught_and_found_by_other_words(small: Path) -> None:
    made = teaching.propose("ayşe", drafts=[DRAFT])
    assert made.entries == ["proje-13"]
    worker.work()
    found = teaching.read(made.id)
    assert found.state == "live", found.message
    assert found.seconds > 0
    assert [step for step, _ in found.steps] == [
        *("queued", "training", "evaluating", "activating", "live"),
    ]
    model = current_model()
    assert model is not None
    assert model.name == found.model
    asked = "Projemize 5-A ile 5-B sınıfları beraber girebilir mi?"
    assert linear_model(model).ranking(asked)[0][0] == "faq/proje-13"


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
