"""Write what this version leaves behind, for the tests of later ones to start from.

Usage: python -m tests.operation.earlier FOLDER, with a trained model. Starts the assistant
in an empty folder, talks, waits for the cases, and writes its databases as SQL text.
"""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.channels.pages import QUESTION, SITE, Page
from tests.servers import Server, wait_for

OFF_TOPIC = "ödül törenine salon kiralayan firma hangisi"
FILES = ("tracker", "desk")


def main(target: Path) -> None:
    """Make the files `tracker.sql` and `desk.sql`."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), BOT_WEB_ORIGINS=SITE)
        try:
            server.wait_ready()
            page = Page(server).begin()
            page.say(QUESTION, "onceki-ileti-1")
            page.say(OFF_TOPIC, "onceki-ileti-2")
            wait_for(lambda: cases(server.var_dir / "desk.db"))
        finally:
            server.stop()
        target.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            with closing(sqlite3.connect(server.var_dir / f"{name}.db")) as database:
                text = "\n".join(database.iterdump())
                (target / f"{name}.sql").write_text(text + "\n", encoding="utf-8")


def cases(path: Path) -> list[tuple[str, str]]:
    """Return the references and texts of the desk's cases."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT reference, text FROM desk_case ORDER BY id").fetchall()


def rebuild(source: Path, folder: Path) -> None:
    """Make the databases anew from the SQL text."""
    folder.mkdir(parents=True)
    for name in FILES:
        with closing(sqlite3.connect(folder / f"{name}.db")) as database:
            database.executescript((source / f"{name}.sql").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
