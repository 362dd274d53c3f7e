"""Write the audit log."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from bot.desk.codes import Action
from bot.desk.models import LogEntry


def record(actor: User | None, action: Action, reference: str = "", subject: str = "") -> None:
    """Add one line: `actor` is None for the desk itself; never put what was said here."""
    LogEntry(actor=actor, action=action, reference=reference, subject=subject[:200]).save()


def came_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody signed in."""
    record(user, Action.CAME_IN)


def went_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Somebody signed out, or the session of nobody ended."""
    if user is not None:
        record(user, Action.WENT_OUT)
