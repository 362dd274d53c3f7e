"""A PostgreSQL database into a file and back, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

#: A country's conversations take minutes, not hours.
LIMIT_SECONDS = 4 * 3_600
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


class BackupError(Exception):
    """A backup could not be made or put back; the message says why."""


def dump(address: str, target: Path) -> None:
    """Write a database into a file, as it is at one moment.

    Raises:
        BackupError: if pg_dump is not there or says no.
    """
    _run(address, "pg_dump", "--format=custom", f"--file={target}")


def load(address: str, source: Path) -> None:
    """Replace a database's content with a file's, in one transaction.

    Raises:
        BackupError: if PostgreSQL's programs are not there or say no; nothing has changed.
    """
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "geri.sql"
        # To a file first: a dump that breaks off must not be committed as far as it goes.
        _run(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        stop = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")
        _run(address, "psql", *stop, f"--command={_EMPTY}", f"--file={script}")


def _run(address: str | None, program: str, *arguments: str) -> None:
    if not shutil.which(program):
        raise BackupError(
            f"{program} bulunamadı. PostgreSQL istemcisini kurun (Debian: postgresql-client)"
        )
    environment, where = dict(os.environ), []
    if address:
        server = urlsplit(address)
        # The password goes by the environment: a command line is everybody's to read.
        environment["PGPASSWORD"] = unquote(server.password or "")
        _, _, host = server.netloc.rpartition("@")
        user = f"{server.username}@" if server.username else ""
        where = [f"--dbname={urlunsplit(server._replace(netloc=user + host))}"]
    done = subprocess.run(
        [program, *where, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()[-3:]
        raise BackupError(f"{program} başarısız: {' '.join(said)}")
