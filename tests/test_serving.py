"""`python -m bot run` as `make run` starts it: real servers, killed and stopped for real."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.rest import NO_REPLY
from bot.settings import ROOT
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]


def answers(server: Server) -> bool:
    try:
        return "Kaynak:" in server.ask("sertifikada eski okulum yazıyor")[0]["text"]
    except OSError:
        return False


def desk_answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.desk_port}/saglik/") as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as server:
        yield server


def test_it_says_what_to_open(server: Server) -> None:
    assert f"http://127.0.0.1:{server.port}/webhooks/rest/webhook" in server.said()
    assert f"Masa      http://127.0.0.1:{server.desk_port}" in server.said()
    # Nobody can sign in yet: how to change that is said, too.
    wait_for(lambda: "python -m bot desk user ADI --rol yonetici" in server.said())


def test_a_question_over_rest_brings_the_answer_with_its_source(server: Server) -> None:
    reply = server.ask("Kalite Etiketi başvurusu ne zaman yapılır?")[0]
    assert "her yıl bir son başvuru tarihi" in reply["text"]
    assert "Kaynak: SSS Kalite Etiketi 1 (2020)" in reply["text"]
    assert len(reply["buttons"]) == 3


def test_a_button_and_a_number_work_over_rest(server: Server) -> None:
    payload = server.ask("sertifikada eski okulum yazıyor", "dugme")[0]["buttons"][0]["payload"]
    assert "Portal 2" in server.ask(payload, "dugme")[0]["text"]


@pytest.mark.parametrize("text", ["", "😀", "a" * 10_000, "\x00", "çok " * 300])
def test_broken_input_gets_a_sentence_and_loses_nothing(server: Server, text: str) -> None:
    sender = f"bozuk-{len(text)}-{ord(text[0]) if text else 0}"
    server.ask("sertifikada eski okulum yazıyor", sender)
    assert server.ask(text, sender)[0]["text"]
    assert "Portal 2" in server.ask("ilki", sender)[0]["text"]


def test_only_this_machine_is_served(server: Server) -> None:
    listening = subprocess.check_output(["ps", "-ww", "-eo", "args"], text=True)
    assert re.search(rf"-i 127\.0\.0\.1 .*--port {server.port}\b", listening)
    for port in (server.port, server.actions_port, server.desk_port):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) == 0
        with socket.socket() as other:
            # Another address of this machine: nobody answers there.
            assert other.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.parametrize("name", ["actions", "rasa", "desk", "reader"])
def test_a_killed_server_is_started_again(server: Server, name: str) -> None:
    old = server.children()[name]
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: server.children().get(name, old) != old and answers(server))
    wait_for(lambda: desk_answers(server))


def test_a_hung_or_dead_action_server_is_said_not_kept_silent(server: Server) -> None:
    actions = server.children()["actions"]
    os.kill(actions, signal.SIGSTOP)  # no other one is started while it lives
    ended = threading.Timer(2, os.kill, (actions, signal.SIGKILL))
    ended.start()
    replies = server.ask("sertifikada eski okulum yazıyor")
    assert [reply["text"] for reply in replies] == [NO_REPLY]
    ended.join()
    wait_for(lambda: answers(server))


def test_a_taken_port_is_said_with_the_mend(server: Server) -> None:
    taken = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**os.environ, "BOT_PORT": str(server.port)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert taken.returncode == 2
    assert f"127.0.0.1:{server.port} açılamıyor" in taken.stderr
    assert "BOT_PORT" in taken.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_and_leaves_no_orphan(
    model: Path, tmp_path: Path, number: signal.Signals
) -> None:
    server = Server(tmp_path)
    try:
        server.wait_ready()
        assert len(server.children()) == 4
        # Ctrl-C reaches the whole foreground group of a terminal, kill only the parent.
        if number is signal.SIGINT:
            os.killpg(server.process.pid, number)
        else:
            server.process.send_signal(number)
        server.process.wait(30)
        assert server.children() == {}
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is of Linux")
def test_a_killed_supervisor_leaves_no_orphan(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.wait_ready()
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(10)
    wait_for(lambda: server.children() == {})
