"""Replies: written down first, then carried to the teacher, again if it must be."""

import datetime
import logging
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bot.desk import door
from bot.desk.audit import record
from bot.desk.cases.steps import StepError, changing, conversation_of
from bot.desk.codes import Action, Closing, Delivery, Status
from bot.desk.models import Case, Question, Reply

logger = logging.getLogger(__name__)

ARRIVED = frozenset({Delivery.STORED, Delivery.SENT, Delivery.MAILED})
#: A reply whose sender died on the way is taken up after this.
LEFT_SECONDS = 60
#: Then after 2, 4, 8, 16 minutes; what fails still waits for a person.
MAX_TRIES = 5
CHANGED = "Siz yazarken bu vaka değişti. Değişikliğe bakıp yanıtınızı yeniden gönderin."


def write(
    case: Case, author: User, reply_id: str, text: str, closes: bool, version: int
) -> Reply | None:
    """Store a reply to be sent; None if it was stored before: a form sent twice.

    Raises:
        StepError: if the case has changed since the author saw it.
    """
    with transaction.atomic():
        if Reply.objects.filter(pk=reply_id).exists():
            return None
        with changing(case) as held:
            if held.version != version:
                raise StepError(CHANGED)
            held.assignee = held.assignee or author
            held.status, held.closing, held.closed_at = Status.OPEN, "", None
            reply = Reply.objects.create(
                id=reply_id,
                case=held,
                author=author,
                text=text,
                closes=closes,
                written_at=timezone.now(),
            )
            record(author, Action.REPLIED, held.reference)
    return reply


def send(reply: Reply) -> Reply:
    """Carry a reply to the conversation and store what became of it.

    Safe to repeat: the conversation takes an id once.
    """
    trouble = ""
    try:
        told = door.reply(reply.id, conversation_of(reply.case), reply.text)
        state = Delivery(told) if told in Delivery.values else Delivery.STORED
    except door.DoorError as error:
        state, trouble = Delivery.FAILED, str(error)
    with changing(reply.case) as held:
        Reply.objects.filter(pk=reply.pk).update(
            state=state, trouble=trouble, tries=F("tries") + 1, tried_at=timezone.now()
        )
        if state != Delivery.FAILED:
            _arrived(held, reply, state)
        record(reply.author, Action.DELIVERED, held.reference, state.label)
    reply.refresh_from_db()
    return reply


def _arrived(held: Case, reply: Reply, state: Delivery) -> None:
    """Note that the teacher has the answer, and close the case if it was meant so."""
    now = timezone.now()
    if state in ARRIVED:
        held.answered_at = held.answered_at or now
        Question.objects.filter(
            conversation=held.conversation_id, message=held.message, staff_at=None
        ).update(staff_at=now)
    if held.status == Status.OPEN:
        held.status = Status.DONE if reply.closes else Status.WAITING
        if reply.closes:
            held.closing, held.closed_at = Closing.ANSWERED, now


def send_left() -> int:
    """Send what was left on the way or failed a while ago; return how many were tried."""
    now = timezone.now()
    due = Q(state=Delivery.SENDING, written_at__lt=now - datetime.timedelta(seconds=LEFT_SECONDS))
    for tries in range(1, MAX_TRIES):
        waited = now - datetime.timedelta(minutes=2**tries)
        due |= Q(state=Delivery.FAILED, tries=tries, tried_at__lt=waited)
    replies = list(Reply.objects.filter(due).select_related("case__conversation", "author")[:20])
    for reply in replies:
        logger.info("reply %s of case %s is sent again", reply.id, reply.case.reference)
        send(reply)
    return len(replies)


def same_question(case: Case) -> Sequence[Case]:
    """Return the other open cases of the group, which one answer may serve as well."""
    if not case.group.text:
        return []
    others = Case.objects.filter(group=case.group_id).exclude(pk=case.pk)
    return list(others.exclude(status=Status.DONE).order_by("asked_at")[:50])
