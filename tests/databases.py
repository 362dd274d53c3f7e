"""A PostgreSQL server of the tests' own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deploy.larger import found
from tests.servers import free_port

#: PostgreSQL refuses to run as root.
_USER = "nobody" if os.geteuid() == 0 else None


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start a server of this machine only; yield the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if _USER:
        shutil.chown(folder, _USER)
    data = folder / "data"
    _run(found("initdb"), "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")
    port = free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    _run(found("pg_ctl"), "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://test@127.0.0.1:{port}/postgres"
    finally:
        _run(found("pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _run(*command: object) -> None:
    parts = [str(part) for part in command]
    subprocess.run(parts, check=True, capture_output=True, cwd="/", user=_USER)
