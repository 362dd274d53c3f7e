"""Dates with their true precision: a year, a month or a day."""

import calendar
import datetime
import re
from typing import Any, NamedTuple

MONTHS = (
    "Ocak",
    "Şubat",
    "Mart",
    "Nisan",
    "Mayıs",
    "Haziran",
    "Temmuz",
    "Ağustos",
    "Eylül",
    "Ekim",
    "Kasım",
    "Aralık",
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class PartialDate(NamedTuple):
    """A date of which only the year, or the year and month, may be known.

    Ordered by its first day, so that `2020` comes before `2020-11`.

    >>> PartialDate.parse("2020-12").turkish()
    'Aralık 2020'
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, value: Any) -> "PartialDate":
        """Read `2020`, `2020-12` or `2020-12-05` from a YAML value.

        Raises:
            ValueError: with a Turkish sentence, for anything else or a day that never was.
        """
        if isinstance(value, cls):
            return value
        match = _ISO.fullmatch(str(value))
        if not match:
            raise ValueError(f"“{value}” tarih değil; 2020, 2020-12 ya da 2020-12-05 gibi yazın")
        year, month, day = (int(part or 0) for part in match.groups())
        try:
            datetime.date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"“{value}” diye bir gün yok; yılı, ayı ve günü denetleyin") from None
        if (match[2] and not month) or (match[3] and not day):
            raise ValueError(f"“{value}” diye bir gün yok; yılı, ayı ve günü denetleyin")
        return cls(year, month, day)

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.parse

    def first_day(self) -> datetime.date:
        """Return the first day it can be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> datetime.date:
        """Return the last day it can be.

        >>> PartialDate(2024, 2).last_day()
        datetime.date(2024, 2, 29)
        """
        if self.day:
            return datetime.date(self.year, self.month, self.day)
        month = self.month or 12
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def iso(self) -> str:
        """Return `2020`, `2020-12` or `2020-12-05`."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def turkish(self) -> str:
        """Return `2020`, `Aralık 2020` or `5 Aralık 2020`."""
        parts = [str(self.day)] if self.day else []
        if self.month:
            parts.append(MONTHS[self.month - 1])
        return " ".join([*parts, str(self.year)])
