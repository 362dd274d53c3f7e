"""The one clock: today's date, or the day `BOT_TODAY` sets."""

import datetime

from bot.settings import settings


def today() -> datetime.date:
    """Return the day every calculation is made for."""
    return settings().today or datetime.datetime.now(TURKIYE).date()


#: Türkiye has kept one offset, without summer time, since 2016.
TURKIYE = datetime.timezone(datetime.timedelta(hours=3))


def now() -> datetime.datetime:
    """Return the moment, Türkiye's time, on the day every calculation is made for."""
    moment = datetime.datetime.now(TURKIYE)
    return datetime.datetime.combine(today(), moment.timetz())
