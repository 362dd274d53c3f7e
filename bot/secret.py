"""Secrets that a first start makes: one file each, for its owner's eyes."""

import os
import secrets
from pathlib import Path

from bot.settings import settings

SECRET_BYTES = 48
STAFF_SECRET = "staff-secret"  # noqa: S105 - a file's name


def stored_secret(folder: Path, name: str) -> str:
    """Return the secret stored in a folder under a name, made at the first call.

    Two processes that start at once end up with the same one: it appears whole, and the
    first wins.
    """
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}-{secrets.token_hex(8)}"
    if not path.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(SECRET_BYTES))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def staff_secret() -> str:
    """Return the secret that the desk and the Rasa server share."""
    return settings().staff_secret or stored_secret(settings().var_dir, STAFF_SECRET)
