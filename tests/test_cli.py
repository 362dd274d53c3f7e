"""The command line as a person meets it: real processes, their words and exit codes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.conftest import FULL
from tests.servers import free_ports

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command leaves is the test's own: a second run finds nothing of the first."""
    monkeypatch.setenv("BOT_VAR_DIR", str(tmp_path / "var"))


def bot(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_ask_prints_the_answer_and_nothing_else(model: Path) -> None:
    done = bot("ask", "etiket belgemde eski okul yaziyo napicam")
    assert done.returncode == 0
    assert done.stdout.startswith("Sertifikadaki okul adında değişiklik yapılamaz.")
    assert done.stdout.rstrip().endswith("Kaynak: SSS Kalite Etiketi 3 (2020)")
    assert done.stderr == "" or FULL


def test_ask_json_names_outcome_ids_scores_answer_and_sources(model: Path) -> None:
    done = bot("ask", "--json", "türkiyeden en fazla kaç üye olabilir 2023 başvurusu için")
    result = json.loads(done.stdout)
    assert result["outcome"] == "answer"
    assert result["ids"] == ["esep-10"]
    assert result["scores"]["esep-10"] > 0.5
    assert "en fazla 10" in result["answer"]
    assert result["sources"] == [
        {"document": "esep-2022", "title": "ESEP'e geçiş duyurusu", "place": "10", "date": "2022"}
    ]
    assert result["phrases"][0]["id"] == "esep-10"
    assert 0.0 < result["phrases"][0]["likeness"] <= 1.0
    assert [word for word, share in result["words"] if share > 0]


def test_chat_presses_buttons_and_leaves(model: Path) -> None:
    done = bot("chat", typed="sertifikada eski okulum yazıyor\n#1\n#99\nçık\nbuna gelmez\n")
    assert done.returncode == 0
    assert "[#1] Okul değiştirdim" in done.stdout
    assert "Okul Ekle" in done.stdout
    assert "buna gelmez" not in done.stdout


def test_evaluate_prints_the_table_and_writes_json(model: Path, tmp_path: Path) -> None:
    rows = [
        {"text": "sertifikada eski okulum yazıyor", "accept": ["ke-03"], "style": "clean"},
        {"text": "slm", "accept": ["selamlama"]},
        {"text": "yarın ankarada hava nasıl", "accept": ["oos"]},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = bot("evaluate", str(file), "--json", str(tmp_path / "out.json"))
    assert done.returncode == 0, done.stderr
    assert "toplam" in done.stdout
    assert "answer 0." in done.stdout
    result = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert result["in_scope"]["n"] == 2
    assert result["in_scope"]["right"] == 1.0
    assert result["oos"] == {"n": 1, "answered": 0.0, "offered": 0.0, "refused": 1.0}
    assert len(result["rows"]) == 3


def test_a_missing_model_is_said_with_the_mend(tmp_path: Path) -> None:
    done = bot("ask", "soru", BOT_MODELS_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.endswith("Güncel model yok. Önce şunu çalıştırın: python -m bot train\n")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["ask", "soru"], ["run"], ["train"]])
def test_a_broken_knowledge_file_stops_every_command_with_its_line(
    tmp_path: Path, command: list[str]
) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    path = tmp_path / "knowledge/faq/ke.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1), "utf-8")
    done = bot(
        *command,
        BOT_KNOWLEDGE_DIR=str(tmp_path / "knowledge"),
        **free_ports(),
    )
    assert done.returncode == 2
    assert "ke.yml:2" in done.stderr
    assert "“title” mi demek istediniz" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_entry_without_phrases_stops_the_training(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    path = tmp_path / "knowledge/faq/ke.yml"
    entry = path.read_text(encoding="utf-8").split("\n- id:")[0]
    new = entry.replace("ke-01", "ke-07").replace("Kalite Etiketi'ne ne zaman", "Bambaşka ne")
    path.write_text(path.read_text(encoding="utf-8") + "\n" + new + "\n", encoding="utf-8")
    done = bot(
        "train",
        "--force",
        BOT_KNOWLEDGE_DIR=str(tmp_path / "knowledge"),
        BOT_MODELS_DIR=str(tmp_path / "models"),
    )
    assert done.returncode == 2
    assert "entries without phrases in data/nlu: ke-07" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "models").exists()


def test_a_broken_setting_is_said_with_the_mend() -> None:
    done = bot("ask", "soru", BOT_PORT="çok")
    assert done.returncode == 2
    assert "BOT_PORT=çok olmaz" in done.stderr


def test_a_missing_question_file_is_said(model: Path) -> None:
    done = bot("evaluate", "yok.jsonl")
    assert done.returncode == 2
    assert "yok.jsonl" in done.stderr


def test_ask_json_shows_flow_facts_and_verdict(model: Path) -> None:
    done = bot("ask", "--json", "projemizde 14 türk öğretmen var, başvursam kabul olur mu")
    result = json.loads(done.stdout)
    assert result["ids"] == ["akis-kalite"]
    assert result["flow"] == "akis-kalite"
    assert result["facts"] == {"members": 14}
    assert result["verdict"]["outcome"] == "no"
    assert result["verdict"]["checks"][0]["figure"] == "10"
    assert result["verdict"]["checks"][0]["sources"][0] == "esep-2022 10"


def test_the_clock_can_be_set_and_the_answer_changes(model: Path) -> None:
    text = "okulumuz 12 Mart 2024'te kayıt oldu, ne zaman aday oluruz"

    def state(day: str) -> str:
        done = bot("ask", "--json", text, BOT_TODAY=day)
        checks = json.loads(done.stdout)["verdict"]["checks"]
        return str(next(check["state"] for check in checks if check["rule"] == "registered"))

    assert state("2026-03-12") == "failed"
    assert state("2026-03-13") == "passed"


def test_replay_plays_dialogues_with_what_must_be_beside(model: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    dialogue = {
        "name": "sayılar",
        "turns": [
            {
                "user": "22 aktif projem var yeni proje kurabilir miyim",
                "must": "onaylanmaz, 2 bitmeli",
            },
            {"user": "3 tanesi bitse"},
        ],
    }
    file.write_text(json.dumps(dialogue, ensure_ascii=False), encoding="utf-8")
    done = bot("replay", str(file))
    assert done.returncode == 0, done.stderr
    assert "=== 1. sayılar" in done.stdout
    assert "? olmalı: onaylanmaz, 2 bitmeli" in done.stdout
    assert "22 → 19" in done.stdout


@pytest.mark.parametrize("text", ["{}", "[1]", '{"name": "x", "turns": []}', "", "{bozuk"])
def test_a_file_that_holds_no_dialogues_is_said(model: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "d.jsonl"
    file.write_text(text, encoding="utf-8")
    done = bot("replay", str(file))
    assert done.returncode == 2
    assert "d.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_coordinators_are_imported_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge"))
    before = (folder / "coordinators.csv").read_bytes()
    rows = "il;ad;kaynak;tarih\nVan;Deneme Kişi;yazı;2026-01-01\n"
    file = tmp_path / "yeni.csv"
    environment = {"BOT_KNOWLEDGE_DIR": str(folder)}

    file.write_text(rows + "Narnia;Biri;yazı;2026-01-01\n", encoding="utf-8")
    done = bot("coordinators", "import", str(file), **environment)
    assert done.returncode == 2
    assert "yeni.csv:3" in done.stderr
    assert (folder / "coordinators.csv").read_bytes() == before

    file.write_text(rows, encoding="utf-8")
    assert bot("coordinators", "import", str(file), **environment).returncode == 0
    listed = bot("coordinators", "list", **environment).stdout
    assert "Mersin" in listed
    assert "Deneme Kişi" in listed
    assert bot("coordinators", "hide", "van", **environment).returncode == 0
    assert "gizli" in bot("coordinators", "list", **environment).stdout
    assert bot("coordinators", "show", "van", **environment).returncode == 0
    assert bot("coordinators", "hide", "narnia", **environment).returncode == 2
    assert bot("coordinators", "hide", "ankara", **environment).returncode == 2


def test_the_banner_is_set_shown_and_cleared(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "k")
    where = {"BOT_KNOWLEDGE_DIR": str(tmp_path / "k")}
    done = bot("banner", "set", "ESEP bakımda.", "--until", "2026-11-20", **where)
    assert (done.returncode, done.stderr) == (0, "")
    assert bot("banner", "show", **where).stdout == "ESEP bakımda.\nşimdi → 2026-11-20\n"
    assert bot("banner", "clear", **where).returncode == 0
    assert bot("banner", "show", **where).stdout == "Duyuru yok\n"
    done = bot("banner", "set", "ESEP bakımda.", "--until", "yarın", **where)
    assert done.returncode == 2
    assert "“yarın” zaman değil" in done.stderr
    assert "Traceback" not in done.stderr


def test_chat_writes_a_calendar_file(model: Path, tmp_path: Path) -> None:
    talk = (
        "okulumuz 1 ocak 2020'de kaydoldu 3 öğretmen katıldı okul etiketine aday olur muyuz\n"
        "5 mayıs 2026\ntarihi takvimime ekle\nçık\n"
    )
    done = bot("chat", typed=talk, BOT_VAR_DIR=str(tmp_path), BOT_TODAY="2026-11-20")
    assert done.returncode == 0
    (file,) = tmp_path.glob("*.ics")
    assert file.read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
