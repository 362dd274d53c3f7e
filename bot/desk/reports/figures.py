"""The figures of a period, counted from the facts.

Nothing here holds what was said, but the first question of a group.
"""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from bot.desk.codes import Outcome, Status
from bot.desk.models import Case, Feedback, Question, QuestionGroup, Visit
from bot.text.masking import mask

#: So many groups of unanswered questions are listed.
MAX_GROUPS = 20


@dataclass(frozen=True)
class Period:
    """Days in Türkiye, both inclusive, and a channel if only one is meant."""

    first: datetime.date
    last: datetime.date
    channel: str = ""

    def span(self) -> tuple[datetime.datetime, datetime.datetime]:
        """Return the first moment and the one after the last."""
        zone = timezone.get_current_timezone()
        begin = datetime.datetime.combine(self.first, datetime.time(), zone)
        after = self.last + datetime.timedelta(days=1)
        return begin, datetime.datetime.combine(after, datetime.time(), zone)

    def days(self) -> list[datetime.date]:
        """Return every day."""
        count = (self.last - self.first).days + 1
        return [self.first + datetime.timedelta(days=number) for number in range(count)]


@dataclass
class Tally:
    """What happened, on a day, by a channel, with an entry, or in all.

    Every question is one of `at_once`, `after_offer`, `by_staff`, `never`.
    """

    visits: int = 0
    questions: int = 0
    at_once: int = 0
    after_offer: int = 0
    by_staff: int = 0
    never: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True)
class Waiting:
    """How long the staff's first answers took; None when there were none."""

    answers: int = 0
    median: datetime.timedelta | None = None
    slow: datetime.timedelta | None = None
    in_time: float | None = None


@dataclass(frozen=True)
class GroupCount:
    """A question the assistant could not answer, and how many people asked it."""

    text: str
    people: int
    cases: int
    still_open: int


@dataclass(frozen=True)
class Report:
    """Everything counted for a period."""

    period: Period
    total: Tally
    days: dict[datetime.date, Tally]
    channels: dict[str, Tally]
    entries: dict[str, Tally]
    waiting: Waiting
    groups: list[GroupCount] = field(default_factory=list)


def category(outcome: str, by_offer: bool, by_staff: bool) -> str:
    """Return which of the four a question is.

    >>> category("answered", True, False), category("handed", False, True)
    ('after_offer', 'by_staff')
    """
    if by_staff:
        return "by_staff"
    if outcome == Outcome.ANSWERED:
        return "after_offer" if by_offer else "at_once"
    return "never"


def report(period: Period) -> Report:
    """Count a period."""
    begin, end = period.span()
    only = Q(conversation__channel=period.channel) if period.channel else Q()
    total, entries = Tally(), defaultdict[str, Tally](Tally)
    channels = defaultdict[str, Tally](Tally)
    days = {day: Tally() for day in period.days()}

    def count(at: datetime.datetime, channel: str, entry: str, *names: str) -> None:
        tallies = [total, days[timezone.localtime(at).date()], channels[channel]]
        if entry:
            tallies.append(entries[entry])
        for tally in tallies:
            for name in names:
                setattr(tally, name, getattr(tally, name) + 1)

    visits = Visit.objects.filter(only, began_at__gte=begin, began_at__lt=end)
    for at, channel in visits.values_list("began_at", "conversation__channel"):
        count(at, channel, "", "visits")
    questions = Question.objects.filter(only, asked_at__gte=begin, asked_at__lt=end)
    waits = []
    for at, channel, entry, outcome, by_offer, handed_at, staff_at in questions.values_list(
        *("asked_at", "conversation__channel", "entry", "outcome", "by_offer"),
        *("handed_at", "staff_at"),
    ):
        count(at, channel, entry, "questions", category(outcome, by_offer, bool(staff_at)))
        if staff_at and handed_at:
            waits.append(staff_at - handed_at)
    judged = Feedback.objects.filter(only, given_at__gte=begin, given_at__lt=end)
    for at, channel, entry, helpful in judged.values_list(
        "given_at", "conversation__channel", "entry", "helpful"
    ):
        count(at, channel, entry, "up" if helpful else "down")
    return Report(
        period,
        total,
        days,
        _sorted(channels, lambda tally: tally.visits),
        _sorted(entries, lambda tally: tally.questions),
        _waiting(period, waits),
        _groups(period),
    )


def _sorted(found: dict[str, Tally], by: Callable[[Tally], int]) -> dict[str, Tally]:
    return dict(sorted(found.items(), key=lambda item: (-by(item[1]), item[0])))


def _waiting(period: Period, waits: Iterable[datetime.timedelta]) -> Waiting:
    seconds = sorted(wait.total_seconds() for wait in waits)
    if not seconds:
        return Waiting()
    tenths = statistics.quantiles(seconds * 2, n=10, method="inclusive")
    answered = _cases(period).exclude(answered_at=None)
    in_time = answered.filter(answered_at__lte=F("due_at")).count()
    count = answered.count()
    return Waiting(
        len(seconds),
        datetime.timedelta(seconds=statistics.median(seconds)),
        datetime.timedelta(seconds=tenths[-1]),
        in_time / count if count else None,
    )


def _cases(period: Period) -> QuerySet[Case]:
    begin, end = period.span()
    found = Case.objects.filter(asked_at__gte=begin, asked_at__lt=end)
    return found.filter(channel=period.channel) if period.channel else found


def _groups(period: Period) -> list[GroupCount]:
    rows = (
        _cases(period)
        .exclude(group__text="")
        .values("group_id")
        .annotate(
            people=Count("conversation", distinct=True),
            cases=Count("pk"),
            still_open=Count("pk", filter=~Q(status=Status.DONE)),
        )
        .order_by("-people", "-cases", "group_id")[:MAX_GROUPS]
    )
    texts = QuestionGroup.objects.in_bulk([row["group_id"] for row in rows])
    return [
        GroupCount(
            mask(texts[row["group_id"]].text), row["people"], row["cases"], row["still_open"]
        )
        for row in rows
    ]
