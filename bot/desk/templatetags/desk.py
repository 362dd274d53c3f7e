"""How people and channels are named on the pages."""

import datetime

from django import template
from django.contrib.auth.models import User
from django.utils import timezone

from bot.desk.labels import channel_label, duration
from bot.desk.roles import display_name

register = template.Library()
NOBODY = "Masa"


@register.filter
def who(user: User | None) -> str:
    """Return somebody's name; the desk's own where nobody acted."""
    return display_name(user) if user else NOBODY


@register.filter
def ago(moment: datetime.datetime) -> str:
    """Return how long ago a moment was."""
    return f"{duration(timezone.now() - moment)} önce"


@register.filter
def channel(code: str) -> str:
    """Return a channel's name."""
    return channel_label(code)
