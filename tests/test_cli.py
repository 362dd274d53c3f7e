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

pytestmark = pytest.mark.model


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
        BOT_PORT="58231",
        BOT_ACTIONS_PORT="58232",
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
    assert list((tmp_path / "models").iterdir()) == []


def test_a_broken_setting_is_said_with_the_mend() -> None:
    done = bot("ask", "soru", BOT_PORT="çok")
    assert done.returncode == 2
    assert "BOT_PORT=çok olmaz" in done.stderr


def test_a_missing_question_file_is_said(model: Path) -> None:
    done = bot("evaluate", "yok.jsonl")
    assert done.returncode == 2
    assert "yok.jsonl" in done.stderr
