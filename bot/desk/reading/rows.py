"""The rows that the reports count, written together at the end of a run of events."""

import datetime

from bot.desk.models import Conversation, Feedback, Question, Visit
from bot.desk.reading.conversation import Asked, Judged, Visited


class Rows:
    """The questions, thumbs and visits of a run of events, written together at its end.

    One by one they took the database longer than the assistant takes to answer.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._questions: dict[tuple[int, str], Question] = {}
        self._thumbs: list[Feedback] = []
        self._visits: list[Visit] = []

    def add(self, conversation: Conversation, fact: Asked | Judged | Visited) -> None:
        """Add what a conversation tells; a question told anew takes its earlier row's place."""
        if isinstance(fact, Asked):
            self._questions[conversation.pk, fact.message] = Question(
                conversation=conversation,
                message=fact.message,
                asked_at=moment(fact.at),
                entry=fact.entry,
                by_offer=fact.by_offer,
                outcome=fact.outcome,
                handed_at=moment(fact.handed_at) if fact.handed_at else None,
            )
        elif isinstance(fact, Judged):
            judged = Feedback(
                conversation=conversation,
                given_at=moment(fact.at),
                entry=fact.entry,
                helpful=fact.helpful,
            )
            self._thumbs.append(judged)
        else:
            visit = Visit(conversation=conversation, began_at=moment(fact.at))
            self._visits.append(visit)

    def store(self) -> None:
        """Write them: what is stored already stays, a question gets what became of it."""
        Question.objects.bulk_create(
            self._questions.values(),
            update_conflicts=True,
            unique_fields=("conversation", "message"),
            update_fields=("entry", "by_offer", "outcome", "handed_at"),
        )
        Feedback.objects.bulk_create(self._thumbs, ignore_conflicts=True)
        Visit.objects.bulk_create(self._visits, ignore_conflicts=True)


def moment(timestamp: float) -> datetime.datetime:
    """Return the moment of an event."""
    return datetime.datetime.fromtimestamp(timestamp, datetime.timezone.utc)
