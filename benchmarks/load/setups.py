"""The set-ups that are measured, each started for a block: embedded, larger, stock Rasa."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.load import stock
from benchmarks.load.processes import Process, descendants
from benchmarks.load.telegram import Relay
from bot.serving import answers
from deploy.larger import Larger
from tests.channels.telegram.people import settings_of
from tests.servers import Server, free_port, wait_for

#: All senders come from one address here and write without a pause.
_UNLIMITED = {"BOT_WEB_PER_ADDRESS": "60000", "BOT_WEB_PER_MINUTE": "600"}
#: TensorFlow takes its time.
STOCK_SECONDS = 180


@dataclass
class Running:
    """A started set-up."""

    address: str
    #: The processes all others of it come from.
    roots: tuple[int, ...]
    #: The conversations' database, as SQLAlchemy writes it.
    database: str = ""
    #: Addresses of the Rasa processes that count their times; stock's does not.
    servers: list[str] = field(default_factory=list)
    #: Where the Telegram senders write.
    relay: str = ""
    start_seconds: float = 0.0

    def counted(self) -> list[str]:
        """Return what each Rasa process has counted so far."""
        return [_page(f"{server}/metrics") for server in self.servers]

    def processes(self, kind: str = "") -> list[Process]:
        """Return its processes, or those of a kind."""
        return [one for one in descendants(self.roots) if kind in {"", one.kind}]

    def restart_seconds(self) -> float:
        """Kill a Rasa process; return how long it took until the new one was ready."""
        ready = f"{self.servers[0]}/hazir"
        before = time.monotonic()
        port = self.servers[0].rpartition(":")[2]
        mine = (one for one in self.processes("rasa") if f"--port {port}" in one.command)
        os.kill(next(mine).pid, signal.SIGKILL)
        wait_for(lambda: not answers(ready), pause=0.01)
        wait_for(lambda: answers(ready), pause=0.05)
        return time.monotonic() - before

    @contextmanager
    def without_reader(self) -> Iterator[None]:
        """Let the desk's reader rest for a block: what is put in there is no news to it."""
        readers = [one.pid for one in self.processes("reader")]
        for reader in readers:
            os.kill(reader, signal.SIGSTOP)
        try:
            yield
        finally:
            # Not woken: it would read what was put in until it is stopped with the rest.
            for reader in readers:
                os.kill(reader, signal.SIGKILL)


@contextmanager
def embedded() -> Iterator[Running]:
    """Start what `make run` starts: one Rasa process, SQLite."""
    with TemporaryDirectory() as folder, Relay() as relay:
        begun = time.monotonic()
        server = Server(Path(folder), **settings_of(relay, **_UNLIMITED))
        try:
            address = f"http://127.0.0.1:{server.port}"
            wait_for(lambda: answers(f"{address}/hazir"), server.said)
            seconds = time.monotonic() - begun
            server.wait_ready()
            wait_for(lambda: relay.webhook, server.said)
            relay.begin()
            yield Running(
                address,
                (server.process.pid,),
                f"sqlite:///{server.var_dir / 'tracker.db'}",
                [address],
                relay.relay,
                seconds,
            )
        finally:
            server.stop()


@contextmanager
def larger(rasa: int) -> Iterator[Running]:
    """Start what `make up` starts, with so many Rasa processes."""
    # PostgreSQL's user has to go through the folder.
    with TemporaryDirectory() as folder, Relay() as relay:
        Path(folder).chmod(0o711)
        setup = Larger(Path(folder) / "larger", rasa=rasa, actions=min(rasa, 2))
        settings = settings_of(relay, **_UNLIMITED)
        setup.environment |= {
            name: text.replace("{port}", str(setup.port)) for name, text in settings.items()
        }
        begun = time.monotonic()
        try:
            setup.up()
            seconds = time.monotonic() - begun
            wait_for(lambda: relay.webhook)
            relay.begin()
            pid = json.loads((setup.folder / "settings.json").read_text(encoding="utf-8"))["pid"]
            servers = [f"http://127.0.0.1:{port}" for port in setup.rasa_ports]
            database = setup.environment["BOT_TRACKER_DATABASE"]
            yield Running(setup.address, (pid,), database, servers, relay.relay, seconds)
        finally:
            setup.down()


@contextmanager
def stock_rasa(results: Path) -> Iterator[Running]:
    """Start stock Rasa and its action server; train it before, unless that was done."""
    folder = stock.prepared(results)
    port, actions = free_port(), free_port()
    (folder / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n", encoding="utf-8"
    )
    quiet = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    actions_command = [
        str(stock.PYTHON),
        "-m",
        "rasa_sdk",
        "--actions",
        "actions",
        "--port",
        str(actions),
    ]
    rasa_command = stock.rasa("run", "--port", str(port), "-i", "127.0.0.1")
    begun = time.monotonic()
    with (folder / "run.log").open("wb") as log:

        def start(command: list[str]) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                command, cwd=folder, env=quiet, stdout=log, stderr=log, start_new_session=True
            )

        with _ended(start(actions_command)) as other, _ended(start(rasa_command)) as server:
            address = f"http://127.0.0.1:{port}"
            deadline = begun + STOCK_SECONDS
            while not answers(f"{address}/"):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"stock Rasa is not ready: {folder / 'run.log'}")
                time.sleep(0.1)
            seconds = time.monotonic() - begun
            wait_for(lambda: answers(f"http://127.0.0.1:{actions}/health"))
            yield Running(address, (server.pid, other.pid), start_seconds=seconds)


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End a process after a block."""
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as reply:  # noqa: S310 - our own http
        return str(reply.read().decode())
