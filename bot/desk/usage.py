"""How often each entry was asked for and what people thought of it."""

from django.db.models import Count, Max, Q
from django.utils import timezone

from bot.desk.models import Feedback, Question
from bot.learning.health import Usage


def usage() -> dict[str, Usage]:
    """Return the usage of every entry and flow that was ever asked for or judged."""
    found: dict[str, Usage] = {}
    asked = Question.objects.exclude(entry="").values("entry")
    for row in asked.annotate(count=Count("pk"), last=Max("asked_at")):
        last = timezone.localdate(row["last"])
        found[row["entry"]] = Usage(row["count"], last)
    judged = Feedback.objects.exclude(entry="").values("entry")
    up, down = (Count("pk", filter=Q(helpful=helpful)) for helpful in (True, False))
    for row in judged.annotate(up=up, down=down):
        known = found.get(row["entry"], Usage())
        found[row["entry"]] = known._replace(helpful=row["up"], unhelpful=row["down"])
    return found
