"""What Prometheus is told of the desk."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from bot.desk.codes import Status
from tests.desk.conftest import a_case

pytestmark = pytest.mark.django_db

HOUR = 3_600.0


def queue_age() -> float:
    # Prometheus asks a process by its own address.
    answer = Client().get("/metrics", headers={"host": "10.1.2.3:5080"})
    assert answer.status_code == 200
    (family,) = text_string_to_metric_families(answer.content.decode())
    assert family.name == "assistant_queue_age_seconds"
    return float(family.samples[0].value)


def test_the_oldest_case_that_waits_for_the_staff_tells_the_age() -> None:
    assert queue_age() == 0
    now = timezone.now()
    for hours, status in ((1, Status.NEW), (2, Status.OPEN), (3, Status.WAITING), (4, Status.DONE)):
        a_case(asked_at=now - datetime.timedelta(hours=hours), status=status)
    assert 2 * HOUR <= queue_age() < 2 * HOUR + 60


def test_nothing_but_reading_is_answered() -> None:
    assert Client().post("/metrics").status_code == 405
