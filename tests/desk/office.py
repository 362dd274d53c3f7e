"""A started assistant with its desk, people and questions: for browsers and pictures."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from typing_extensions import Self

from bot.settings import ROOT
from tests.channels.pages import Page
from tests.desk.store import PASSWORD
from tests.servers import Server, wait_for

NAME = "ayse"
ROLES = ("gorevli", "editor", "yonetici", "gozlemci")
#: What no document answers, asked by several teachers in their own words.
QUESTIONS = (
    "ödül töreni bu yıl hangi şehirde yapılacak",
    "bu yıl ödül töreni hangi şehirde",
    "Ödül töreni hangi şehirde yapılacak?",
    "yarın ankarada hava nasıl olacak",
    "okul müdürüm öğle arasında fotokopi çektirmiyor ne yapayım",
    "görevliyle görüşmek istiyorum, numaram 0532 111 22 33",
)


class DeskServer(Server):
    """`python -m bot run` with a user who has every role."""

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder, BOT_WEB_PER_ADDRESS="6000", **settings)
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.desk_port}"

    def __enter__(self) -> Self:
        super().__enter__()
        try:
            self.add_user(NAME, *ROLES)
        except BaseException:
            self.stop()
            raise
        return self

    def add_user(self, name: str, *roles: str) -> None:
        """Add a user as the guide says: by command."""
        options = [part for role in roles for part in ("--rol", role)]
        subprocess.run(
            [sys.executable, "-m", "bot", "desk", "user", name, "--ad", "Ayşe Er", *options],
            cwd=ROOT,
            env={**os.environ, "BOT_VAR_DIR": str(self.var_dir)},
            input=f"{PASSWORD}\n",
            text=True,
            check=True,
            capture_output=True,
            timeout=60,
        )

    def ask_all(self, questions: Sequence[str]) -> None:
        """Let each question be asked by a teacher of its own, and wait for the cases."""
        wanted = self.cases() + len(questions)
        for question in questions:
            self.teacher().say(question)
        wait_for(lambda: self.cases() >= wanted, self.logs)

    def cases(self) -> int:
        """Return how many cases the desk has made."""
        with closing(sqlite3.connect(self.var_dir / "desk.db")) as database:
            return int(database.execute("SELECT count(*) FROM desk_case").fetchone()[0])

    def teacher(self) -> Page:
        """Return a page of the website with a conversation of its own."""
        return Page(self, f"http://127.0.0.1:{self.port}").begin()

    def logs(self) -> str:
        """Return everything the servers have logged."""
        files = self.var_dir.glob("run-*/log/*.log")
        return "\n".join(file.read_text(encoding="utf-8") for file in files)
