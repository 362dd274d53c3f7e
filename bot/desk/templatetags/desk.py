"""How people and channels are named on the pages."""

import datetime

from django import template
from django.contrib.auth.models import User
from django.utils import formats, timezone

from bot.desk.labels import channel_label, duration, target_title
from bot.desk.roles import display_name
from bot.knowledge import current
from bot.learning.teaching import STATES
from bot.nlu.labels import public_id

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


@register.filter
def target(key: str) -> str:
    """Return the title of an entry, a flow or an intent."""
    return target_title(key)


@register.filter
def label_target(label: str) -> str:
    """Return the title of what a label of the training data stands for."""
    return target_title(public_id(label))


@register.filter
def document(key: str) -> str:
    """Return a source document's short name."""
    found = current().documents.get(key)
    return found.short if found else key


@register.filter
def teaching_state(code: str) -> str:
    """Return how a teaching's state is called."""
    return STATES.get(code, code)


@register.filter
def moment(text: str) -> str:
    """Return a stored moment as people write it."""
    return formats.date_format(datetime.datetime.fromisoformat(text), "j F Y H.i")
