"""The audit log. It only grows: no role, no code and no SQL of ours changes a line.

The model refuses first; triggers in the database refuse the rest (migration 0002).
"""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from bot.desk.codes import Action


class AppendOnlyError(TypeError):
    """A line of the log was to be changed or deleted."""


class AppendOnly(models.QuerySet["LogEntry"]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("the audit log cannot be changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("the audit log cannot be deleted")


class LogEntry(models.Model):
    """One action: who, what, on which case or other thing. Never what was said.

    `actor` is empty for what the desk does by itself.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    reference = models.CharField(max_length=9, blank=True, db_index=True)
    subject = models.CharField(max_length=200, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-id",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add a new line.

        Raises:
            AppendOnlyError: for a line that is stored already.
        """
        if self.pk is not None:
            raise AppendOnlyError("the audit log cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("the audit log cannot be deleted")
