"""A started assistant for tests: `python -m bot run` with its own ports and folder."""

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from typing_extensions import Self

from bot.settings import ROOT

READY_SECONDS = 60
#: What tells a server's command line.
PROGRAMS = {
    "rasa": "bot.rasa_server",
    "actions": "rasa_sdk",
    "desk": "bot.desk.wsgi",
    "reader": "desk read",
}


#: Below those the system gives to connections, and other ones for each that tests beside us:
#: a port is free when it is chosen, and still so when the server binds it.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_ports = itertools.count(10_000 + 4_000 * _WORKER + os.getpid() % 3_000)


def free_port() -> int:
    for port in _ports:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def free_ports() -> dict[str, str]:
    """Return the settings of an assistant on free ports."""
    return {f"BOT_{name}PORT": str(free_port()) for name in ("", "ACTIONS_", "DESK_")}


class Server:
    """A started assistant with its own ports and folder; `{port}` in a setting is its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port, self.actions_port, self.desk_port = free_port(), free_port(), free_port()
        self.output, self.var_dir = folder / "terminal.txt", folder / "boşluklu klasör"
        environment = {
            **os.environ,
            "BOT_PORT": str(self.port),
            "BOT_ACTIONS_PORT": str(self.actions_port),
            "BOT_DESK_PORT": str(self.desk_port),
            "BOT_VAR_DIR": str(self.var_dir),
            **{name: text.replace("{port}", str(self.port)) for name, text in settings.items()},
        }
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        """Wait until it is ready; it is stopped at the end, ready or not."""
        try:
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def log(self) -> str:
        """Return what the Rasa server wrote."""
        path = self.var_dir / f"run-{self.port}" / "log" / "rasa.log"
        return path.read_text(encoding="utf-8")

    def wait_ready(self) -> None:
        wait_for(lambda: "asistanı hazır" in self.said(), self.said)

    def ask(self, message: str, sender: str = "test") -> list[dict[str, Any]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/webhooks/rest/webhook",
            data=json.dumps({"sender": sender, "message": message}).encode(),
        )
        with urllib.request.urlopen(request, timeout=20) as reply:
            return list(json.load(reply))

    def children(self) -> dict[str, int]:
        """Return the process ids of the servers by name; a server's own workers are none."""
        found: dict[str, int] = {}
        listing = ["ps", "-ww", "-eo", "pid,sid,args"]
        for line in subprocess.check_output(listing, text=True).splitlines():
            pid, session, command = line.split(maxsplit=2)
            if session != str(self.process.pid):
                continue  # another assistant's; this one's all stay in its session
            for name, part in PROGRAMS.items():
                if part in command and "bot.guard" not in command:
                    found.setdefault(name, int(pid))
        return found

    def stop(self) -> None:
        """Stop the servers, if they still run."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(30)


def wait_for(condition: Any, explain: Any = str, pause: float = 0.1) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not condition():
        assert time.monotonic() < deadline, explain()
        time.sleep(pause)
