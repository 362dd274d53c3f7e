"""The reader's process: events to cases, and what else must be done.

It looks about once a second, and at once when RabbitMQ has word of an event.

It can be killed at any point: cursor and facts are stored together or not at all.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from sqlalchemy.exc import SQLAlchemyError

from bot.desk.cases.replies import send_left
from bot.desk.lessons import log_ends
from bot.desk.models import ReadingState
from bot.desk.nightly import run_nightly
from bot.desk.reading.cursor import Cursor
from bot.desk.reading.tracker import events_after, is_there, newest
from bot.desk.reading.waking import Waking
from bot.desk.reading.writing import Writer
from bot.settings import settings
from bot.training import current_model

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
#: Replies left behind, forgotten take-overs and the night's work are looked after then.
CHORE_SECONDS = 30.0
BATCH = 500


def read_once(writer: Writer, batch: int = BATCH) -> int:
    """Read the next rows of the store; return how many there were."""
    if not is_there():
        return 0
    state = ReadingState.objects.filter(pk=1).first()
    cursor = Cursor.from_json(state.cursor if state else {})
    events = events_after(cursor, batch)
    if events:
        numbers = [event.number for event in events]
        writer.take(events, cursor.seen(numbers, time.time()))
    elif newest() < cursor.highest:
        # Another store took the place of the one that was read: begin with its first row.
        writer.take([], Cursor())
    elif state:
        ReadingState.objects.filter(pk=1).update(read_at=timezone.now())
    return len(events)


def run(stop: threading.Event) -> None:
    """Read until told to stop; a database that is away for a while is waited for."""
    writer, waking = Writer(current_model()), Waking(settings().broker_url)
    chores_at = 0.0
    while not stop.is_set():
        close_old_connections()
        more = _safely(lambda: _look(writer, waking))
        if time.monotonic() >= chores_at:
            chores_at = time.monotonic() + CHORE_SECONDS
            _safely(_chores)
        if not more:
            waking.wait(stop, POLL_SECONDS)


def _look(writer: Writer, waking: Waking) -> bool:
    """Read what there is of one batch; tell whether there may be more."""
    waking.begin()
    more = read_once(writer) == BATCH
    if not more:
        waking.stored()
    return more


def _chores() -> bool:
    send_left()
    log_ends()
    run_nightly()
    return False


def _safely(work: Callable[[], bool]) -> bool:
    try:
        return work()
    except (DatabaseError, SQLAlchemyError):
        logger.exception("the database did not answer; trying again")
        return False
