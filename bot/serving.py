"""`python -m bot run`: action server, Rasa and desk under one supervisor (supervisord).

supervisord starts them in order, starts a killed one again, passes Ctrl-C on to the
whole process groups and waits for them.
"""

import getpass
import json
import os
import shlex
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.error import URLError

from bot.settings import ROOT, Settings, on_this_machine, settings

READY_SECONDS = 120
#: Who cannot reach Telegram shall not wait for the rest.
TELEGRAM_SECONDS = 15
TELEGRAM_SILENT = "henüz bağlanamadı; ne olduğu kayıtlarda yazar"
LOG_BYTES = 10_000_000
TERMINAL = "/dev/fd/1"
LOGS = "log"
_PROGRAM = """
[program:{name}]
command={command}
directory={root}
environment={environment}
autorestart={restart}
startsecs={startsecs}
startretries=5
stopasgroup=true
killasgroup=true
stopwaitsecs=10
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes={log_bytes}
stdout_logfile_backups=5
"""


class ServingError(Exception):
    """The servers cannot start; the message says why and how to mend it."""


def check_ports(chosen: Settings) -> None:
    """See that nobody holds the ports.

    Raises:
        ServingError: naming the port and its setting.
    """
    for host, port, name in (
        (chosen.host, chosen.port, "BOT_PORT"),
        ("127.0.0.1", chosen.actions_port, "BOT_ACTIONS_PORT"),
        (chosen.desk_host, chosen.desk_port, "BOT_DESK_PORT"),
    ):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise ServingError(
                    f"{host}:{port} açılamıyor ({error.strerror}). Orada başka bir program "
                    f"çalışıyor olabilir; onu kapatın ya da {name} ile başka bir kapı seçin"
                ) from error


def run(model: Path) -> None:
    """Become the supervisor of the servers; does not return.

    Raises:
        ServingError: if a port is taken.
    """
    chosen = settings()
    check_ports(chosen)
    # supervisord cuts its file at such signs; the settings refuse them already.
    if any(sign in f"{ROOT}{sys.executable}{model}" for sign in ";%\n"):
        raise ServingError(f"“{ROOT}” yolunda noktalı virgül ya da % var. Klasörü taşıyın")
    # Conversations lie here: nobody else's to read.
    os.umask(0o077)
    chosen.var_dir.mkdir(parents=True, exist_ok=True)
    chosen.telegram_state.unlink(missing_ok=True)
    configuration = write_configuration(chosen, model)
    sys.stdout.flush()
    os.execv(
        sys.executable,
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
    )


def write_configuration(chosen: Settings, model: Path) -> Path:
    """Write the supervisor's file for these settings; return it."""
    own = chosen.run_dir
    logs = own / LOGS
    logs.mkdir(parents=True, exist_ok=True)
    python = sys.executable
    programs = (
        program("actions", guarded_actions(chosen), logs / "actions.log"),
        program("rasa", guarded_rasa(chosen, model), logs / "rasa.log"),
        program("desk", [python, "-m", "bot", "desk", "serve"], logs / "desk.log"),
        program("reader", [python, "-m", "bot", "desk", "read"], logs / "reader.log"),
        program("ready", [python, "-m", "bot", "wait-ready"], None),
    )
    return write_supervision(own, programs)


def write_supervision(own: Path, programs: Iterable[str]) -> Path:
    """Write the supervisor's file for these programs into a folder; return it."""
    user = f"user={getpass.getuser()}\n" if os.geteuid() == 0 else ""
    head = (
        "[supervisord]\nnodaemon=true\numask=077\nloglevel=error\nlogfile=/dev/null\nlogfile_maxbytes=0\n"
        f"pidfile={own / 'supervisord.pid'}\n{user}"
    )
    path = own / "supervisord.conf"
    path.write_text(head + "".join(programs), encoding="utf-8")
    return path


def guarded_rasa(chosen: Settings, model: Path) -> list[str]:
    """Return the command of a Rasa process that is ended when it hangs."""
    url = f"http://{on_this_machine(chosen.host)}:{chosen.port}/saglik"
    return [sys.executable, "-m", "bot.guard", url, *ends_with_us(rasa_server(chosen, model))]


def guarded_actions(chosen: Settings) -> list[str]:
    """Return the command of an action server that is ended when it hangs."""
    url = f"http://{on_this_machine(chosen.actions_host)}:{chosen.actions_port}/health"
    return [sys.executable, "-m", "bot.guard", url, *ends_with_us(action_server(chosen))]


def ends_with_us(command: list[str]) -> list[str]:
    """Return a command that ends with its parent, where the kernel can do that."""
    guard = shutil.which("setpriv")
    return [guard, "--pdeathsig", "TERM", *command] if guard else command


def rasa_server(chosen: Settings, model: Path) -> list[str]:
    """Return the command of a Rasa process."""
    return [
        *(sys.executable, "-m", "bot.rasa_server", "run", "--model", str(model)),
        *("--endpoints", str(ROOT / "endpoints.yml"), "-i", chosen.host),
        *("--credentials", str(ROOT / "credentials.yml"), "--port", str(chosen.port)),
    ]


def action_server(chosen: Settings) -> list[str]:
    """Return the command of an action server. It listens where SANIC_HOST says."""
    return [
        *("/usr/bin/env", f"SANIC_HOST={chosen.actions_host}"),
        *(sys.executable, "-m", "rasa_sdk", "--actions", "actions.actions"),
        *("--port", str(chosen.actions_port), "--cors", f"http://{chosen.host}:{chosen.port}"),
    ]


def become(command: list[str]) -> None:
    """Become one of the servers; does not return."""
    os.umask(0o077)
    settings().var_dir.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(command[0], command)


def program(
    name: str, command: list[str], log: Path | None, environment: Mapping[str, str] | None = None
) -> str:
    """Return one program's section; without a log file it is a single run that prints."""
    named = {"PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1", **(environment or {})}
    return _PROGRAM.format(
        name=name,
        # If the supervisor itself is killed, its children end too.
        command=shlex.join(ends_with_us(command)),
        root=ROOT,
        environment=",".join(f'{key}="{value}"' for key, value in named.items()),
        restart="true" if log else "false",
        startsecs=2 if log else 0,
        log=log or TERMINAL,
        log_bytes=LOG_BYTES if log else 0,
    )


def wait_ready() -> bool:
    """Wait until the servers answer, then say what to open; False if they never do."""
    chosen = settings()
    logs = chosen.run_dir / LOGS
    base = f"http://{chosen.host}:{chosen.port}"
    desk = f"http://{on_this_machine(chosen.desk_host)}:{chosen.desk_port}"
    wanted = [
        f"http://127.0.0.1:{chosen.actions_port}/health",
        f"{base}/webhooks/rest/",
        f"{desk}/saglik/",
    ]
    deadline = time.monotonic() + READY_SECONDS
    while wanted and time.monotonic() < deadline:
        if answers(wanted[0]):
            wanted.pop(0)
        else:
            time.sleep(0.2)
    if wanted:
        print(f"Sunucu hazır olmadı: {wanted[0]} yanıt vermiyor. Kayıtlar: {logs}", flush=True)
        return False
    page = f"  Sayfa     {base}/\n" if chosen.demo else ""
    example = json.dumps({"sender": "deneme", "message": "esep nedir"}, ensure_ascii=False)
    print(
        f"""
Yardım asistanı hazır.
{page}  REST      {base}/webhooks/rest/webhook
  Deneyin   curl -s {base}/webhooks/rest/webhook -d '{example}'
  Uçbirim   python -m bot chat
  Masa      {chosen.desk_url or desk}{_telegram(chosen)}
  Kayıtlar  {logs}
  Durdurun  Ctrl-C
""",
        flush=True,
    )
    return True


def _telegram(chosen: Settings) -> str:
    """Return a line on the Telegram bot; nothing if none is set."""
    if not chosen.telegram_names():
        return ""
    deadline = time.monotonic() + TELEGRAM_SECONDS
    while not chosen.telegram_state.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    known = chosen.telegram_state.exists()
    said = chosen.telegram_state.read_text(encoding="utf-8") if known else TELEGRAM_SILENT
    return f"\n  Telegram  {said}"


def answers(url: str) -> bool:
    """Tell whether a server of ours says that all is well."""
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:  # noqa: S310 - our own http
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False
