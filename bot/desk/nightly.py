"""What is done once a night, and what must not be forgotten meanwhile."""

import datetime
import logging
import threading
import time
from collections.abc import Callable

from django.utils import timezone

from bot.desk import door
from bot.desk.cases.steps import give_back
from bot.desk.models import Case, Conversation, NightlyRun, Office
from bot.desk.reports.summary import send_summary
from bot.desk.retention import purge
from bot.knowledge.current import knowledge
from bot.learning.links import check_links, links_of
from bot.mail import MailError
from bot.settings import settings

logger = logging.getLogger(__name__)

#: By the clock of Türkiye: the office is closed and the day before is over.
NIGHT = datetime.time(3)
RETRY_SECONDS = 600.0
_not_before: dict[str, float] = {}


def run_nightly() -> None:
    """Do the night's work if it is time and it was not done; give forgotten talks back."""
    give_back_forgotten()
    now = timezone.localtime()
    if now.time() >= NIGHT:
        yesterday = now.date() - datetime.timedelta(days=1)
        _once("purge", now.date(), purge)
        _once("summary", yesterday, lambda: send_summary(yesterday))
        if settings().check_links:
            _once("links", now.date(), _try_links)


def _try_links() -> None:
    """Try the answers' links, beside the reader: a silent site would keep it waiting."""
    links = links_of(knowledge().base)
    threading.Thread(target=check_links, args=(links,), name="links", daemon=True).start()


def _once(work: str, day: datetime.date, do: Callable[[], object]) -> None:
    """Do a work once for a day; one that fails is tried again a while later."""
    if NightlyRun.objects.filter(work=work, day=day).exists():
        return
    if time.monotonic() < _not_before.get(work, 0.0):
        return
    try:
        do()
    except (door.DoorError, MailError) as error:
        _not_before[work] = time.monotonic() + RETRY_SECONDS
        logger.warning("%s for %s failed: %s", work, day, error)
    else:
        NightlyRun.objects.get_or_create(work=work, day=day)


def give_back_forgotten() -> int:
    """Give back the conversations somebody took over and left; return how many."""
    since = timezone.now() - datetime.timedelta(hours=Office.current().silence_hours)
    taken = Conversation.objects.filter(taken_at__lt=since, key__isnull=False)
    count = 0
    for conversation in taken.exclude(last_message_at__gte=since):
        own = Case.objects.filter(conversation=conversation).order_by("-asked_at").first()
        if own and own.replies.filter(written_at__gte=since).exists():
            continue
        try:
            give_back(conversation, None, own.reference if own else "")
        except door.DoorError as error:
            logger.warning("a conversation could not be given back: %s", error)
            continue
        count += 1
    return count
