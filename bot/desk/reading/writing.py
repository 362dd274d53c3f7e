"""Store what a run of events tells, all of it or nothing, once however often it comes."""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bot.channels.transcript import FORGOTTEN
from bot.desk.codes import Reason, Status
from bot.desk.grouping import Groups, Known
from bot.desk.models import (
    Case,
    Conversation,
    Office,
    QuestionGroup,
    ReadingState,
)
from bot.desk.persons import forget
from bot.desk.reading.conversation import Raised, Talk, Wrote, step
from bot.desk.reading.cursor import Cursor
from bot.desk.reading.rows import Rows, moment
from bot.desk.reading.tracker import StoredEvent
from bot.desk.working_time import due
from bot.nlu.places import places_in
from bot.nlu.words import words_of
from bot.text.fold import normalize

logger = logging.getLogger(__name__)

#: A wish for a person, or "asdf" in the middle of a flow, says nothing of the subject.
_UNGROUPED = frozenset({Reason.PERSON_WANTED.value, Reason.FLOW_FAILED.value})


class Writer:
    """Stores the facts; keeps the groups of questions in memory between the runs."""

    def __init__(self, model: Path | None = None) -> None:
        """Take the assistant's model, by which questions are grouped."""
        self._model = model
        self._groups: Groups | None = None

    def take(self, events: Sequence[StoredEvent], cursor: Cursor | None = None) -> None:
        """Store what the events tell, and with it how far the store has been read.

        Events of one conversation must come in order. Read again they change nothing:
        every row has a key of its own.
        """
        try:
            with transaction.atomic():
                for event in events:
                    if event.data.get("event") == FORGOTTEN:
                        forget(str(event.data.get("conversation")), None)
                by_conversation = _by_conversation(events)
                known, rows = _conversations(by_conversation), Rows()
                for key, own in by_conversation.items():
                    self._conversation(known[key], own, rows)
                Conversation.objects.bulk_update(
                    known.values(), ("state", "channel", "last_message_at")
                )
                rows.store()
                if cursor is not None:
                    values = {"cursor": cursor.as_json(), "read_at": timezone.now()}
                    ReadingState.objects.update_or_create(pk=1, defaults=values)
        except BaseException:
            self._groups = None  # it may hold groups that were not stored
            raise

    def _conversation(self, known: Conversation, events: Sequence[StoredEvent], rows: Rows) -> None:
        talk = Talk.from_json(known.state)
        for event in events:
            talk, facts = step(talk, event.data)
            for fact in facts:
                if isinstance(fact, Raised):
                    self._case(known, fact)
                elif isinstance(fact, Wrote):
                    _wrote(known, fact)
                else:
                    rows.add(known, fact)
        known.state, known.channel = talk.as_json(), talk.channel

    def _case(self, conversation: Conversation, raised: Raised) -> None:
        if Case.objects.filter(reference=raised.reference).exists():
            return
        asked_at = moment(raised.at)
        office = Office.current()
        Case.objects.create(
            reference=raised.reference,
            conversation=conversation,
            group_id=self._group(raised),
            message=raised.message,
            text=raised.text,
            folded=normalize(raised.text),
            reason=raised.reason,
            ranking=raised.ranking,
            about=raised.about,
            channel=raised.channel,
            province=province_in(raised.text),
            asked_at=asked_at,
            due_at=due(asked_at, office.answer_hours, office.hours()),
        )
        logger.info("case %s (%s)", raised.reference, raised.reason)

    def _group(self, raised: Raised) -> int:
        """Return the number of the group of a question, a new one if there is none."""
        text = "" if raised.reason in _UNGROUPED else raised.text
        groups = self._known()
        number = groups.find(text, raised.ranking)
        if number is not None and not QuestionGroup.objects.filter(pk=number).exists():
            self._groups = None  # its cases were deleted meanwhile
            return self._group(raised)
        if number is None:
            number = QuestionGroup.objects.create(text=text, ranking=raised.ranking).pk
            groups.add([Known(number, text, raised.ranking)])
        return number

    def _known(self) -> Groups:
        if self._groups is None:
            self._groups = Groups(self._model)
            rows = QuestionGroup.objects.order_by("pk").values_list("pk", "text", "ranking")
            self._groups.add([Known(*row) for row in rows])
        return self._groups


def _conversations(keys: Collection[str]) -> dict[str, Conversation]:
    """Return the conversations of these keys, made where they are new, and held."""
    found = Conversation.objects.filter(key__in=keys)
    new = set(keys) - set(found.values_list("key", flat=True))
    Conversation.objects.bulk_create(
        [Conversation(key=key) for key in sorted(new)], ignore_conflicts=True
    )
    return {str(one.key): one for one in found.order_by("pk").select_for_update()}


def _wrote(conversation: Conversation, fact: Wrote) -> None:
    """The user wrote; with the assistant silenced the newest case is the staff's again."""
    before, at = conversation.last_message_at, moment(fact.at)
    if before is not None and at <= before:
        return  # read before
    conversation.last_message_at = at
    if not fact.unheard:
        return
    case = Case.objects.filter(conversation=conversation).order_by("-asked_at").first()
    if case is None:
        return
    case.wrote_at = at
    if case.status in {Status.WAITING, Status.DONE}:
        case.status = Status.OPEN if case.assignee_id else Status.NEW
        case.closing, case.closed_at = "", None
        office = Office.current()
        case.due_at = due(at, office.answer_hours, office.hours())
    case.version += 1
    case.save()


def province_in(text: str) -> str:
    """Return the one province a text names, empty for none or several."""
    found = {name for mention in places_in(words_of(text)) for name in mention.value}
    return str(found.pop()) if len(found) == 1 else ""


def _by_conversation(events: Sequence[StoredEvent]) -> dict[str, list[StoredEvent]]:
    """Return Rasa's events by conversation."""
    found: dict[str, list[StoredEvent]] = defaultdict(list)
    for event in events:
        if event.data.get("event") not in {None, FORGOTTEN}:
            found[event.conversation].append(event)
    return found
