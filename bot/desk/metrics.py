"""What the desk tells Prometheus; no label holds personal data."""

from django.utils import timezone
from prometheus_client import CollectorRegistry, Gauge

from bot.desk.codes import Status
from bot.desk.models import Case

#: Of its own: what a Rasa process counts is not the desk's to tell.
REGISTRY = CollectorRegistry()
QUEUE_AGE = Gauge(
    "assistant_queue_age_seconds", "Age of the oldest open case, 0 without any", registry=REGISTRY
)


def _queue_age() -> float:
    """Return how long the oldest case has waited for the staff; who waits for the user does not."""
    oldest = Case.objects.filter(status__in=(Status.NEW, Status.OPEN)).order_by("asked_at").first()
    return (timezone.now() - oldest.asked_at).total_seconds() if oldest else 0.0


QUEUE_AGE.set_function(_queue_age)
