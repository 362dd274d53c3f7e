import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest

from bot.channels.sessions import Sessions
from bot.operation.backup import LIST, back_up, backups, restore
from bot.operation.postgresql import BackupError, load
from bot.settings import ROOT, Settings
from tests.channels.pages import QUESTION, SITE, Page, texts
from tests.databases import postgres
from tests.operation.earlier import OFF_TOPIC, cases, rebuild
from tests.servers import Server, free_ports, wait_for

SECRET = "earlier-installation-secret-of-the-tests"
EARLIER = Path(__file__).parent / "earlier"


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    """An installation with a database, a secret and a learned file."""
    var, knowledge = tmp_path / "var", tmp_path / "knowledge"
    (var / "ogrenilen").mkdir(parents=True)
    knowledge.mkdir()
    (knowledge / "banner.yml").write_text("text: duyuru\n")
    (var / "web-secret").write_text("sır")
    (var / "ogrenilen/ke-01.yml").write_text("- soru\n")
    (var / "run-5005/log").mkdir(parents=True)
    (var / "run-5005/log/rasa.log").write_text("kayıt")
    with closing(sqlite3.connect(var / "tracker.db")) as database:
        database.execute("CREATE TABLE events (text TEXT)")
        database.execute("INSERT INTO events VALUES ('ilk')")
        database.commit()
    return Settings(var_dir=var, knowledge_dir=knowledge)


def stored(chosen: Settings) -> list[str]:
    with closing(sqlite3.connect(chosen.var_dir / "tracker.db")) as database:
        return [text for (text,) in database.execute("SELECT text FROM events")]


def test_what_was_destroyed_comes_back(chosen: Settings, tmp_path: Path) -> None:
    made = back_up(chosen, tmp_path / "yedek", keep=3)
    shutil.rmtree(chosen.var_dir)
    restore(chosen, made, replace=False)
    assert stored(chosen) == ["ilk"]
    assert (chosen.var_dir / "web-secret").read_text() == "sır"
    assert (chosen.var_dir / "ogrenilen/ke-01.yml").read_text() == "- soru\n"
    assert not (chosen.var_dir / "run-5005").exists()
    assert (made / "knowledge/banner.yml").read_text() == "text: duyuru\n"


def test_a_database_in_use_is_copied_as_it_was_committed(chosen: Settings, tmp_path: Path) -> None:
    with closing(sqlite3.connect(chosen.var_dir / "tracker.db")) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO events VALUES ('yazıldı')")
        writer.commit()
        writer.execute("INSERT INTO events VALUES ('yarım')")
        made = back_up(chosen, tmp_path / "yedek", keep=3)
    copy = replace(chosen, var_dir=made / "var")
    assert stored(copy) == ["ilk", "yazıldı"]


def test_only_its_owner_reads_a_backup(chosen: Settings, tmp_path: Path) -> None:
    made = back_up(chosen, tmp_path / "yedek", keep=3)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_only_the_newest_stay(chosen: Settings, tmp_path: Path) -> None:
    made = [back_up(chosen, tmp_path / "yedek", keep=2) for _ in range(4)]
    assert backups(tmp_path / "yedek") == made[2:]
    assert sorted((tmp_path / "yedek").iterdir()) == made[2:]


def test_what_is_there_is_moved_aside_only_when_told(chosen: Settings, tmp_path: Path) -> None:
    made = back_up(chosen, tmp_path / "yedek", keep=2)
    (chosen.var_dir / "web-secret").write_text("yeni sır")
    with pytest.raises(BackupError, match="--replace"):
        restore(chosen, made, replace=False)
    assert (chosen.var_dir / "web-secret").read_text() == "yeni sır"
    restore(chosen, made, replace=True)
    assert (chosen.var_dir / "web-secret").read_text() == "sır"
    (aside,) = chosen.var_dir.glob("onceki-*")
    assert (aside / "web-secret").read_text() == "yeni sır"
    again = back_up(chosen, tmp_path / "yedek", keep=2)
    assert not list((again / "var").glob("onceki-*"))


def test_a_broken_backup_changes_nothing(chosen: Settings, tmp_path: Path) -> None:
    made = back_up(chosen, tmp_path / "yedek", keep=2)
    (made / "var/web-secret").write_text("başka")
    with pytest.raises(BackupError, match="bozulmuş: var/web-secret"):
        restore(chosen, made, replace=True)
    (made / LIST).unlink()
    with pytest.raises(BackupError, match="bir yedek değil"):
        restore(chosen, made, replace=True)
    assert stored(chosen) == ["ilk"]
    assert not list(chosen.var_dir.glob("onceki-*"))


def test_a_backup_that_fails_leaves_nothing(chosen: Settings, tmp_path: Path) -> None:
    (chosen.var_dir / "desk.db").write_bytes(b"SQLite format 3\0 bozuk")
    with pytest.raises(BackupError, match="alınamadı"):
        back_up(chosen, tmp_path / "yedek", keep=2)
    assert list((tmp_path / "yedek").iterdir()) == []


def test_a_backup_of_another_kind_of_installation_is_refused(
    chosen: Settings, tmp_path: Path
) -> None:
    made = back_up(chosen, tmp_path / "yedek", keep=2)
    larger = replace(chosen, desk_database="postgresql://kim@127.0.0.1:1/masa")
    with pytest.raises(BackupError, match="hiçbiri"):
        restore(larger, made, replace=True)


def bot(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings, "BOT_VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.model
@pytest.mark.server
def test_an_earlier_versions_data_goes_on_and_outlives_the_loss_of_the_machine(
    model: Path, tmp_path: Path
) -> None:
    var = tmp_path / "boşluklu klasör"
    rebuild(EARLIER, var)
    (var / "web-secret").write_text(SECRET)
    made = bot(var, "backup", str(tmp_path / "yedek"))
    assert (made.returncode, made.stderr) == (0, "")
    shutil.rmtree(var)
    (source,) = backups(tmp_path / "yedek")
    done = bot(var, "restore", str(source), **free_ports())
    assert (done.returncode, done.stderr) == (0, "")

    with closing(sqlite3.connect(var / "tracker.db")) as database:
        ((conversation,),) = database.execute("SELECT DISTINCT sender_id FROM events")
    known = cases(var / "desk.db")
    assert [text for _, text in known] == [OFF_TOPIC]
    server = Server(tmp_path, BOT_WEB_ORIGINS=SITE)
    try:
        server.wait_ready()
        page = Page(server)
        # A private link of before still opens the conversation: its secret came back.
        link = Sessions(SECRET, 24, 180).link(conversation).token
        page.token = page.call("POST", "/sessions", {"link": link}).body["session"]
        history = page.history()
        assert [line["text"] for line in history if line["author"] == "user"] == [
            QUESTION,
            OFF_TOPIC,
        ]
        # A message answered before the loss is answered from the record, not once more.
        assert texts(page.say(QUESTION, "onceki-ileti-1"))
        assert page.history() == history
        page.say("müze kartı öğretmene ücretsiz mi")
        assert page.history()[: len(history)] == history
        wait_for(lambda: len(cases(var / "desk.db")) == 2, server.said)
        assert cases(var / "desk.db")[0] == known[0]
        ports = {"BOT_PORT": str(server.port)}
        assert "Asistan çalışıyor" in bot(var, "restore", str(source), **ports).stderr
    finally:
        server.stop()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgres() as started:
        yield started


def test_postgresql_comes_back_whole_or_not_at_all(
    chosen: Settings, tmp_path: Path, address: str
) -> None:
    def ask(statement: str) -> list[tuple[object, ...]]:
        with closing(psycopg2.connect(address)) as database, database, database.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    ask("DROP TABLE IF EXISTS backup_probe; CREATE TABLE backup_probe (id serial, text text)")
    ask("INSERT INTO backup_probe (text) VALUES ('ilk')")
    larger = replace(chosen, desk_database=address)
    made = back_up(larger, tmp_path / "yedek", keep=2)
    ask("DROP TABLE backup_probe; CREATE TABLE later (id int)")
    with pytest.raises(BackupError, match="--replace"):
        restore(larger, made, replace=False)
    restore(larger, made, replace=True)
    ask("INSERT INTO backup_probe (text) VALUES ('sonra')")
    assert ask("SELECT id, text FROM backup_probe ORDER BY id") == [(1, "ilk"), (2, "sonra")]
    assert ask("SELECT to_regclass('later')") == [(None,)]
    # A dump that breaks off in the middle changes nothing.
    whole = (made / "desk_database.dump").read_bytes()
    (made / "desk_database.dump").write_bytes(whole[: len(whole) - 40])
    with pytest.raises(BackupError):
        load(address, made / "desk_database.dump")
    assert len(ask("SELECT id FROM backup_probe")) == 2
