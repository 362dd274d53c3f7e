"""Where the desk keeps its rows and where Rasa keeps the conversations."""

from typing import Any
from urllib.parse import unquote, urlsplit

from bot.settings import Settings

BUSY_SECONDS = 20


def desk_database(chosen: Settings) -> dict[str, Any]:
    """Return Django's description of the desk's own database."""
    if not chosen.desk_database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(chosen.var_dir / "desk.db"),
            "OPTIONS": {
                "timeout": BUSY_SECONDS,
                # A transaction that reads first and writes later would fail at once when
                # another process wrote in between; this one waits for its turn.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL",
            },
        }
    server = urlsplit(chosen.desk_database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(server.path.strip("/")),
        "USER": unquote(server.username or ""),
        "PASSWORD": unquote(server.password or ""),
        "HOST": server.hostname or "",
        "PORT": str(server.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
