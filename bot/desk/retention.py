"""What is kept how long, and the nightly deletion of the rest."""

import datetime
import logging
from typing import NamedTuple

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bot.desk import door
from bot.desk.audit import record
from bot.desk.codes import Action, Status
from bot.desk.models import Case, Conversation, QuestionGroup, ReadingState
from bot.desk.reading import tracker
from bot.desk.reading.cursor import Cursor
from bot.settings import settings

logger = logging.getLogger(__name__)


class Purged(NamedTuple):
    """How much went, by kind."""

    conversations: int = 0
    events: int = 0
    cases: int = 0
    logins: int = 0

    def __str__(self) -> str:
        return (
            f"{self.conversations} konuşma, süren konuşmalardan {self.events} olay, "
            f"{self.cases} vaka, {self.logins} giriş denemesi"
        )


def purge() -> Purged:
    """Delete what is older than its kind is kept; figures and the audit log stay.

    A conversation whose case is still open is kept until the case is closed: its teacher
    waits for an answer.

    Raises:
        DoorError: if the assistant could not be reached; what was done stays done.
    """
    chosen, now = settings(), timezone.now()
    cases = _cases(now - datetime.timedelta(days=chosen.keep_case_days))
    cutoff = now - datetime.timedelta(days=chosen.keep_days)
    conversations = _conversations(cutoff)
    open_ones = _with_open_case()
    events = tracker.delete_before(cutoff.timestamp(), but=open_ones)
    state = ReadingState.objects.filter(pk=1).first()
    tracker.delete_notices(Cursor.from_json(state.cursor).highest if state else 0)
    logins, _ = AccessAttempt.objects.filter(
        attempt_time__lt=now - datetime.timedelta(days=chosen.keep_login_days)
    ).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    purged = Purged(conversations, events, cases, logins)
    if any(purged):
        record(None, Action.PURGED, subject=str(purged))
    logger.info("purged: %s", purged)
    return purged


def _cases(before: datetime.datetime) -> int:
    """Delete cases closed before a moment, with their replies and notes."""
    return delete_cases(Case.objects.filter(status=Status.DONE, closed_at__lt=before))


@transaction.atomic
def delete_cases(cases: QuerySet[Case]) -> int:
    """Delete cases; return how many. A group takes its words from a case that is left."""
    count = cases.count()
    groups = list(cases.values_list("group_id", flat=True))
    cases.delete()
    QuestionGroup.objects.filter(case=None).delete()
    for group in QuestionGroup.objects.filter(pk__in=groups).exclude(text=""):
        first = Case.objects.filter(group=group).earliest("asked_at")
        group.text, group.ranking = first.text, first.ranking
        group.save()
    return count


def _conversations(before: datetime.datetime) -> int:
    """Have the assistant forget conversations that ended before a moment."""
    waiting = _with_open_case()
    old = [key for key in tracker.conversations_before(before.timestamp()) if key not in waiting]
    for key in old:
        # First here: the notice that a conversation was forgotten must not reach its cases,
        # which are kept for a time of their own.
        unname(key)
        door.forget(key)
    return len(old)


def _with_open_case() -> list[str]:
    found = Case.objects.exclude(status=Status.DONE).values_list("conversation__key", flat=True)
    return [key for key in found.distinct() if key]


def unname(key: str) -> None:
    """Take the person's id and what was remembered out of a conversation; figures stay."""
    Conversation.objects.filter(key=key).update(
        key=None, state={}, taken_by=None, taken_at=None, last_message_at=None
    )
