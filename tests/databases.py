"""A PostgreSQL server of the tests' own, where its programs are installed."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

#: PostgreSQL refuses to run as root.
_USER = "nobody" if os.geteuid() == 0 else None
INITDB, PG_CTL = shutil.which("initdb"), shutil.which("pg_ctl")


def has_postgres() -> bool:
    return bool(INITDB and PG_CTL)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start a server reached by a socket only; yield the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if _USER:
        shutil.chown(folder, _USER)
    data = folder / "data"
    _run(INITDB, "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    _run(PG_CTL, "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://test@/postgres?host={folder}"
    finally:
        _run(PG_CTL, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _run(*command: object) -> None:
    parts = [str(part) for part in command]
    subprocess.run(parts, check=True, capture_output=True, cwd="/", user=_USER)
