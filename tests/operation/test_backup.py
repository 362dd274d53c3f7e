import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.sessions import Sessions
from bot.operation.backup import LIST, back_up, backups, restore
from bot.operation.postgresql import BackupError
from bot.settings import ROOT, Settings
from tests.channels.pages import QUESTION, SITE, Page, texts
from tests.operation.earlier import OFF_TOPIC, cases, rebuild
from tests.servers import Server, wait_for

EARLIER = Path(__file__).parent / "earlier"
ADDRESS = os.environ.get("DESK_TEST_DATABASE", "")


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


def bot(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    ports = {
        "BOT_PORT": str(server.port),
        "BOT_ACTIONS_PORT": str(server.actions_port),
        "BOT_DESK_PORT": str(server.desk_port),
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**os.environ, **ports, "BOT_VAR_DIR": str(server.var_dir)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def reopened(server: Server) -> Page:
    """Return a page on the conversation of the earlier version, by a private link."""
    with closing(sqlite3.connect(server.var_dir / "tracker.db")) as database:
        ((conversation,),) = database.execute("SELECT DISTINCT sender_id FROM events LIMIT 1")
    secret = (server.var_dir / "web-secret").read_text()
    page = Page(server)
    link = Sessions(secret, 24, 180).link(conversation).token
    page.token = page.call("POST", "/sessions", {"link": link}).body["session"]
    return page


@pytest.mark.model
@pytest.mark.server
def test_an_earlier_versions_data_goes_on_and_outlives_the_loss_of_the_machine(
    model: Path, tmp_path: Path
) -> None:
    rebuild(EARLIER, tmp_path / "boşluklu klasör")
    first = Server(tmp_path, BOT_WEB_ORIGINS=SITE)
    try:
        first.wait_ready()
        page = reopened(first)
        history = page.history()
        assert [line["text"] for line in history if line["author"] == "user"] == [
            QUESTION,
            OFF_TOPIC,
        ]
        repeated = page.say(QUESTION, "onceki-ileti-1")
        assert page.history() == history
        assert texts(repeated)
        assert page.say("merhaba", "yeni-ileti-1").status == 200
        known = cases(first.var_dir / "desk.db")
        assert [text for _, text in known] == [OFF_TOPIC]
        assert bot(first, "restore", str(tmp_path)).stderr.startswith("Asistan çalışıyor")
        made = bot(first, "backup", str(tmp_path / "yedek"))  # while it runs
        assert made.returncode == 0, made.stderr
    finally:
        first.stop()
    whole = page.token, history
    shutil.rmtree(first.var_dir)

    (source,) = backups(tmp_path / "yedek")
    done = bot(first, "restore", str(source))
    assert (done.returncode, done.stderr) == (0, "")
    second = Server(tmp_path, BOT_WEB_ORIGINS=SITE)
    try:
        second.wait_ready()
        back = Page(second)
        back.token = whole[0]  # the session of before: its secret came back
        assert back.history()[: len(history)] == history
        before = len(back.history())
        assert texts(back.say("merhaba", "yeni-ileti-1"))  # answered already: no second time
        assert len(back.history()) == before
        back.say("müze kartı öğretmene ücretsiz mi")
        wait_for(lambda: len(cases(second.var_dir / "desk.db")) == 2, second.said)
        assert cases(second.var_dir / "desk.db")[0] == known[0]
    finally:
        second.stop()


@pytest.mark.skipif(not ADDRESS, reason="DESK_TEST_DATABASE names no database")
def test_postgresql_comes_back_whole_or_not_at_all(chosen: Settings, tmp_path: Path) -> None:
    import psycopg2

    def ask(statement: str) -> list[tuple[str, ...]]:
        with closing(psycopg2.connect(ADDRESS)) as database, database, database.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    ask("DROP TABLE IF EXISTS backup_probe; CREATE TABLE backup_probe (id serial, text text)")
    ask("INSERT INTO backup_probe (text) VALUES ('ilk')")
    larger = replace(chosen, desk_database=ADDRESS)
    made = back_up(larger, tmp_path / "yedek", keep=2)
    assert ADDRESS not in json.dumps([path.name for path in made.rglob("*")])
    ask("DROP TABLE backup_probe; CREATE TABLE later (id int)")
    with pytest.raises(BackupError, match="--replace"):
        restore(larger, made, replace=False)
    restore(larger, made, replace=True)
    ask("INSERT INTO backup_probe (text) VALUES ('sonra')")
    assert ask("SELECT id, text FROM backup_probe ORDER BY id") == [(1, "ilk"), (2, "sonra")]
    assert ask("SELECT to_regclass('later')") == [(None,)]
    ask("DROP TABLE backup_probe")
