"""Places of their own for tests: copies of knowledge and phrases, an empty var folder.

`project` holds all of it, for what needs no model; `small` a part of the phrases, with a
model trained on it in seconds.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.evaluation import read_rows
from bot.learning import candidate
from bot.learning.entries import Draft
from bot.learning.phrases import read_phrases
from bot.learning.sources import Citation
from bot.settings import ROOT, settings
from tests.servers import free_port

#: So many phrases of each label: a training takes seconds.
PHRASES = 14
ASKED = ("ke-03", "ke-04", "oos")
QUESTIONS = 25
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


class Project:
    """The project's files as a release brings them, in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.knowledge, self.data = folder / "knowledge", folder / "data"
        self.var = folder / "var"
        shutil.copytree(ROOT / "knowledge", self.knowledge)
        shutil.copytree(ROOT / "data", self.data)

    def read(self, name: str) -> str:
        return (self.knowledge.parent / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Change a file of the project, as a new release does."""
        path = self.knowledge.parent / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    made = Project(tmp_path)
    monkeypatch.setenv("BOT_KNOWLEDGE_DIR", str(made.knowledge))
    monkeypatch.setenv("BOT_DATA_DIR", str(made.data))
    monkeypatch.setenv("BOT_VAR_DIR", str(made.var))
    settings.cache_clear()
    yield made
    settings.cache_clear()


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


@pytest.fixture(scope="session")
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


def settle(trained: Path, folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Work in the small project with folders of one's own, and few questions to measure by."""
    shutil.copytree(trained / "models", folder / "models")
    for name, place in (
        *(("KNOWLEDGE", trained / "knowledge"), ("DATA", trained / "data")),
        *(("MODELS", folder / "models"), ("VAR", folder / "var")),
    ):
        patch.setenv(f"BOT_{name}_DIR", str(place))
    patch.setenv("BOT_PORT", str(free_port()))
    settings.cache_clear()
    rows = [row for row in read_rows([candidate.QUESTIONS]) if row.accept[0] in ASKED]
    chosen = [row for key in ASKED for row in [r for r in rows if r.accept[0] == key][:QUESTIONS]]
    questions, baseline = folder / "dev.jsonl", folder / "baseline.json"
    lines = [json.dumps(row._asdict(), ensure_ascii=False) for row in chosen]
    questions.write_text("\n".join(lines), encoding="utf-8")
    baseline.write_text('{"rows": 1, "good": 1, "entries": {}}', encoding="utf-8")
    patch.setattr(candidate, "QUESTIONS", questions)
    patch.setattr(candidate, "BASELINE", baseline)
    return folder


@pytest.fixture
def small(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield settle(trained, tmp_path, monkeypatch)
    settings.cache_clear()
