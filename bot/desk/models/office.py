"""How the office works, and how far the desk's own work has come."""

from datetime import date, time
from typing import Any

from django.db import models

from bot.desk.working_time import Hours

WORKDAYS = [0, 1, 2, 3, 4]


def workdays() -> list[int]:
    """Return Monday to Friday."""
    return list(WORKDAYS)


class Office(models.Model):
    """The one row of settings that the desk's own page changes."""

    opens_at = models.TimeField("Mesai başlangıcı", default=time(9))
    closes_at = models.TimeField("Mesai bitişi", default=time(17))
    weekdays = models.JSONField("Çalışma günleri", default=workdays)
    answer_hours = models.PositiveSmallIntegerField("Yanıt süresi (çalışma saati)", default=8)
    closed_days = models.JSONField("Ek tatil günleri", default=list)
    summary_to = models.JSONField("Günlük özet alacaklar", default=list)
    silence_hours = models.PositiveSmallIntegerField(
        "Devralınan konuşma kaç saat hareketsiz kalınca asistana dönsün", default=12
    )

    class Meta:
        default_permissions = ()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep it the only row."""
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "Office":
        """Return the row, with the defaults if nobody has changed anything."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def hours(self) -> Hours:
        """Return when the office is open."""
        closed = frozenset(date.fromisoformat(day) for day in self.closed_days)
        return Hours(self.opens_at, self.closes_at, frozenset(self.weekdays), closed)


class ReadingState(models.Model):
    """The reader's cursor: see `bot.desk.reading.cursor`."""

    cursor = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()


class NightlyRun(models.Model):
    """A nightly work that was done for a day."""

    work = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("work", "day"), name="nightly_once"),)
