"""Calendar files (.ics) for the days of a verdict."""

import datetime
from collections.abc import Sequence
from typing import Any

from icalendar import Calendar, Event

NAME = "etwinning-tarihler.ics"
TYPE = "text/calendar"


def calendar_file(
    days: Sequence[dict[str, Any]], flow: str, title: str, today: datetime.date
) -> dict[str, str]:
    """Return a file (name, type, content) with one whole-day event for each day.

    `days` have `name`, `date` (ISO) and `text`. The same day of the same flow keeps its
    identity, so that importing twice makes no second event.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//eTwinning yardim asistani//TR")
    calendar.add("version", "2.0")
    for day in days:
        date = datetime.date.fromisoformat(day["date"])
        event = Event()
        event.add("uid", f"{flow}-{day['name']}-{day['date']}@etwinning-yardim")
        event.add("summary", day["text"])
        event.add("description", title)
        event.add("dtstart", date)
        event.add("dtend", date + datetime.timedelta(days=1))
        stamp = datetime.datetime.combine(today, datetime.time(), datetime.timezone.utc)
        event.add("dtstamp", stamp)
        calendar.add_component(event)
    return {"name": NAME, "type": TYPE, "content": calendar.to_ical().decode("utf-8")}
