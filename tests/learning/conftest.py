"""A place of its own for each test: copies of knowledge and phrases, an empty var folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT, settings


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
