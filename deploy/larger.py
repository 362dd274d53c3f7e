"""The larger set-up on one machine, for trials and tests: `python -m deploy.larger up | down`.

PostgreSQL, Redis and nginx from Debian's packages with their data in one folder, several
Rasa and action servers, desk and reader, all under one supervisor. The same programs and
settings as on many machines.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bot.operation.nginx import write_local
from bot.serving import (
    READY_SECONDS,
    answers,
    guarded_actions,
    guarded_rasa,
    program,
    write_supervision,
)
from bot.settings import ROOT, Settings
from bot.training import current_model, train

FOLDER = ROOT / "var/larger"
#: PostgreSQL refuses to run as root.
_ORDINARY = "nobody" if os.geteuid() == 0 else ""
_SETTINGS = "settings.json"


class LargerError(Exception):
    """The set-up cannot be started; the message says how to mend it."""


class Larger:
    """A larger set-up in a folder of its own, on free ports."""

    def __init__(self, folder: Path = FOLDER, rasa: int = 2, actions: int = 2) -> None:
        """Choose ports; start nothing."""
        ports = _free_ports()
        self.folder = folder
        self.rasa_ports = [next(ports) for _ in range(rasa)]
        self.action_ports = [next(ports) for _ in range(actions)]
        self.port, self.postgres_port, self.redis_port, self._actions_port = (
            next(ports) for _ in range(4)
        )
        database = f"postgresql://assistant@127.0.0.1:{self.postgres_port}"
        self.environment = {
            "BOT_VAR_DIR": str(folder / "var"),
            "BOT_TRACKER_DATABASE": f"{database}/tracker",
            "BOT_DESK_DATABASE": f"{database}/desk",
            "BOT_REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "BOT_ACTIONS_URL": f"http://127.0.0.1:{self._actions_port}/webhook",
            "BOT_RASA_URLS": ",".join(f"http://127.0.0.1:{port}" for port in self.rasa_ports),
            "BOT_WEB_PER_ADDRESS": "6000",
            # Behind nginx: the caller's address is the one it sets.
            "SANIC_PROXIES_COUNT": "1",
            "BOT_WEB_PER_MINUTE": "600",
            "BOT_DESK_PORT": str(next(ports)),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the assistant answers."""
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Start everything and wait until every Rasa process is ready.

        Raises:
            LargerError: if a program is missing or something does not start.
        """
        model = current_model() or train()
        logs = self.folder / "log"
        for folder in (logs, self.folder / "var", self.folder / "redis", self.folder / "nginx"):
            folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # PostgreSQL's user goes through it
        self._create_databases()
        configuration = write_supervision(self.folder, self._programs(model, logs))
        with (logs / "supervisor.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        kept = {"pid": self._process.pid, "address": self.address}
        (self.folder / _SETTINGS).write_text(json.dumps(kept), encoding="utf-8")
        self.wait_ready()

    def _programs(self, model: Path, logs: Path) -> Iterator[str]:
        nginx = write_local(
            self.folder / "nginx",
            self.port,
            self._actions_port,
            self.rasa_ports,
            self.action_ports,
        )
        postgres = [*_as_ordinary(), found("postgres"), "-D", str(self.folder / "postgres")]
        redis = [
            *(found("redis-server"), "--port", str(self.redis_port), "--bind", "127.0.0.1"),
            *("--dir", str(self.folder / "redis"), "--appendonly", "yes"),
        ]
        yield program("postgres", postgres, logs / "postgres.log")
        yield program("redis", redis, logs / "redis.log")
        yield program("nginx", [found("nginx"), "-c", str(nginx)], logs / "nginx.log")
        for number, port in enumerate(self.action_ports):
            own = self._settings(BOT_ACTIONS_PORT=str(port))
            yield program(f"actions-{number}", guarded_actions(own), logs / f"actions-{number}.log")
        for number, port in enumerate(self.rasa_ports):
            named = {"BOT_PORT": str(port)}
            command = guarded_rasa(self._settings(**named), model)
            yield program(f"rasa-{number}", command, logs / f"rasa-{number}.log", named)
        python = (sys.executable, "-m", "bot", "desk")
        yield program("desk", [*python, "serve"], logs / "desk.log")
        yield program("reader", [*python, "read"], logs / "reader.log")

    def _settings(self, **more: str) -> Settings:
        return Settings.read({**self.environment, **more})

    def _create_databases(self) -> None:
        data = self.folder / "postgres"
        if data.exists():
            return
        data.mkdir(mode=0o700)
        if _ORDINARY:
            shutil.chown(data, _ORDINARY)
            for above in (self.folder, *self.folder.parents):
                if not os.access(above, os.X_OK) or not above.stat().st_mode & 0o001:
                    raise LargerError(
                        f"PostgreSQL “{_ORDINARY}” kullanıcısıyla çalışır ve {above} klasörüne "
                        "giremez. Başka bir klasör seçin: --folder"
                    )
        _run([found("initdb"), "-D", data, "-U", "assistant", "-A", "trust", "-E", "UTF8"])
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(
                f"port = {self.postgres_port}\nlisten_addresses = '127.0.0.1'\n"
                "unix_socket_directories = ''\nmax_connections = 200\n"
            )
        pg_ctl = [found("pg_ctl"), "-D", data, "-w", "-l", data / "first.log"]
        _run([*pg_ctl, "start"])
        for name in ("tracker", "desk"):
            _run(
                [
                    *(found("createdb"), "-h", "127.0.0.1", "-p", str(self.postgres_port)),
                    *("-U", "assistant", name),
                ]
            )
        migrate = [sys.executable, "-m", "bot", "desk", "migrate"]
        environment = {**os.environ, **self.environment}
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
        _run([*pg_ctl, "stop"])

    def wait_ready(self) -> None:
        """Wait until every Rasa process is ready.

        Raises:
            LargerError: if one never is.
        """
        deadline = time.monotonic() + READY_SECONDS
        for port in (*self.rasa_ports, self.port):
            while not answers(f"http://127.0.0.1:{port}/hazir"):
                if time.monotonic() > deadline:
                    raise LargerError(f"{port} hazır olmadı. Kayıtlar: {self.folder / 'log'}")
                time.sleep(0.2)

    def down(self) -> None:
        """Stop everything; the data stay."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(30)


def found(name: str) -> str:
    """Return a program's path; PostgreSQL's lie beside the PATH on Debian.

    Raises:
        LargerError: if it is not installed.
    """
    beside = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))]
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin") or next(iter(beside), "")
    if not path:
        raise LargerError(f"{name} kurulu değil. Kurun: postgresql redis-server nginx")
    return path


def _free_ports() -> Iterator[int]:
    """Yield free ports, none twice."""
    held = []
    while True:
        probe = socket.socket()
        probe.bind(("127.0.0.1", 0))
        held.append(probe)
        yield int(probe.getsockname()[1])


def _as_ordinary() -> list[str]:
    if not _ORDINARY:
        return []
    return [found("setpriv"), f"--reuid={_ORDINARY}", "--clear-groups", "--pdeathsig", "INT"]


def _run(command: list[object]) -> None:
    parts = [*_as_ordinary(), *(str(part) for part in command)]
    done = subprocess.run(parts, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise LargerError(f"{command[0]} olmadı: {done.stderr.strip()[-500:]}")


def main() -> int:
    """Start or remove the set-up."""
    parser = argparse.ArgumentParser(prog="python -m deploy.larger", description=__doc__)
    parser.add_argument("work", choices=("up", "down"))
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--rasa", type=int, default=2)
    parser.add_argument("--actions", type=int, default=2)
    options = parser.parse_args()
    kept = options.folder / _SETTINGS
    try:
        if options.work == "up":
            if kept.exists():
                raise LargerError("Zaten kurulu. Önce: make down")
            larger = Larger(options.folder.resolve(), options.rasa, options.actions)
            larger.up()
            print(f"Hazır: {larger.address}  Masa: {larger.environment['BOT_DESK_PORT']} kapısında")
        elif kept.exists():
            pid = json.loads(kept.read_text(encoding="utf-8"))["pid"]
            try:
                os.kill(pid, signal.SIGTERM)
                while True:
                    os.kill(pid, 0)
                    time.sleep(0.2)
            except ProcessLookupError:
                pass
            shutil.rmtree(options.folder)
            print("Kaldırıldı")
    except LargerError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
