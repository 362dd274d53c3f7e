"""Take, assign, note, close: the steps that stay inside the desk, and taking over."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bot.desk import door
from bot.desk.audit import record
from bot.desk.codes import Action, Closing, Status
from bot.desk.models import Case, Conversation, Note
from bot.desk.roles import display_name

logger = logging.getLogger(__name__)

OWN_DUPLICATE = "Bir vaka kendisinin tekrarı olamaz."
ROUND_DUPLICATE = "Bu vaka zaten ötekinin aslı; ikisi birbirinin tekrarı olamaz."


class StepError(Exception):
    """The step cannot be taken; the message is a sentence for the staff."""


@contextmanager
def changing(case: Case) -> Iterator[Case]:
    """Lock a case, and store it with a new version."""
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        yield locked
        locked.version += 1
        locked.save()


def take(case: Case, actor: User) -> None:
    """Make a case one's own."""
    with changing(case) as held:
        held.assignee = actor
        _open(held)
        record(actor, Action.TAKEN, held.reference)


def release(case: Case, actor: User) -> None:
    """Put a case back among the new ones."""
    with changing(case) as held:
        held.assignee = None
        held.status = Status.NEW
        record(actor, Action.RELEASED, held.reference)


def assign(case: Case, actor: User, to: User) -> None:
    """Give a case to somebody."""
    with changing(case) as held:
        held.assignee = to
        _open(held)
        record(actor, Action.ASSIGNED, held.reference, display_name(to))


def note(case: Case, actor: User, text: str) -> None:
    """Add a note for the staff."""
    with changing(case) as held:
        Note.objects.create(case=held, author=actor, text=text, written_at=timezone.now())
        record(actor, Action.NOTED, held.reference)


def wait(case: Case, actor: User) -> None:
    """Put a case among those that wait for somebody else."""
    with changing(case) as held:
        held.status = Status.WAITING
        held.assignee = held.assignee or actor
        record(actor, Action.WAITING, held.reference)


def mark_duplicate(case: Case, actor: User, of: Case) -> None:
    """Close a case as a duplicate of another.

    Raises:
        StepError: if they are the same, or the other is a duplicate of this one.
    """
    if of.pk == case.pk:
        raise StepError(OWN_DUPLICATE)
    if of.duplicate_of_id == case.pk:
        raise StepError(ROUND_DUPLICATE)
    with changing(case) as held:
        held.duplicate_of = of
        _close(held, Closing.DUPLICATE)
        record(actor, Action.DUPLICATE, held.reference, of.reference)


def close(case: Case, actor: User, closing: Closing) -> None:
    """Close a case with the reason."""
    with changing(case) as held:
        held.assignee = held.assignee or actor
        _close(held, closing)
        record(actor, Action.CLOSED, held.reference, closing.label)


def reopen(case: Case, actor: User) -> None:
    """Open a closed case again."""
    with changing(case) as held:
        held.status = Status.OPEN if held.assignee else Status.NEW
        held.closing, held.closed_at, held.duplicate_of = "", None, None
        record(actor, Action.REOPENED, held.reference)


def take_over(case: Case, actor: User) -> None:
    """Silence the assistant in the case's conversation and make the case one's own.

    Raises:
        DoorError: if the assistant could not be reached.
    """
    door.pause(conversation_of(case))
    Conversation.objects.filter(pk=case.conversation_id).update(
        taken_by=actor, taken_at=timezone.now()
    )
    with changing(case) as held:
        held.assignee = actor
        _open(held)
        record(actor, Action.TAKEN_OVER, held.reference)


def give_back(conversation: Conversation, actor: User | None, reference: str = "") -> None:
    """Let the assistant speak again; `actor` is None when nobody was there any more.

    Raises:
        DoorError: if the assistant could not be reached.
    """
    try:
        door.resume(str(conversation.key))
    except door.GoneError:
        logger.info("a conversation was gone before it was given back")
    Conversation.objects.filter(pk=conversation.pk).update(taken_by=None, taken_at=None)
    record(actor, Action.GIVEN_BACK, reference)


def conversation_of(case: Case) -> str:
    """Return the conversation's id at the assistant.

    Raises:
        GoneError: if it was deleted.
    """
    if not case.conversation.key:
        raise door.GoneError("Konuşma silinmiş; yanıt iletilemez.")
    return case.conversation.key


def _open(held: Case) -> None:
    held.status, held.closing, held.closed_at = Status.OPEN, "", None
    held.duplicate_of = None


def _close(held: Case, closing: Closing) -> None:
    held.status, held.closing, held.closed_at = Status.DONE, closing, timezone.now()
