"""Run as a program: a reader over Rasa's own table that is killed again and again.

Usage: python -m tests.desk.killed_reader CONVERSATIONS KILLS SEED, with BOT_VAR_DIR set.
Each child is a whole process of its own that ends with SIGKILL right before one of its
SQL statements or its commit. Prints what became of it as JSON.
"""

import json
import os
import random
import signal
import sys
from typing import Any

from bot.desk.commands import migrate
from bot.settings import settings
from tests.desk.events import Talk

BATCH = 60


def fill(conversations: int) -> int:
    """Write the events into a table made by Rasa; return how many there are."""
    from tests.desk.store import Store

    store, count = Store(settings().var_dir), 0
    for number in range(conversations):
        text = f"{number}. soru"
        talk = Talk(1_760_000_000.0 + number).user(text).handed(f"AAAA-{number:04}", text)
        talk.user(f"ikinci {number}").answered("ke-01", f"ikinci {number}")
        store.add(f"web-{number}", talk.events)
        count += len(talk.events)
    store.rasa.engine.dispose()
    return count


def read_until_killed(statements: int) -> int:
    """Read in a child that dies before its n-th statement; return its wait status."""
    from django.db import connection, connections

    # Before the fork: a child must not spend its time on importing.
    from bot.desk.reading import tracker
    from bot.desk.reading.process import read_once
    from bot.desk.reading.writing import Writer

    connections.close_all()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    tracker.engine().dispose()
    left = statements

    def count_down(execute: Any = None, *arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments) if execute else None

    connection.ensure_connection()
    commit = connection.connection.commit
    with connection.execute_wrapper(count_down):
        connection._commit = lambda: (count_down(), commit())  # type: ignore[attr-defined]
        writer = Writer()
        while read_once(writer, BATCH):
            pass
    os._exit(0)


def main(conversations: int, kills: int, seed: int) -> None:
    migrate()
    from bot.desk.models import Case, Question, ReadingState

    events, chance, killed = fill(conversations), random.Random(seed), 0
    # What one batch takes, roughly: the kills fall everywhere in it and after it.
    while killed < kills:
        status = read_until_killed(chance.randint(1, 120))
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            killed += 1
        else:
            # Everything was read before the kill came: begin again from the first row.
            ReadingState.objects.update(cursor={})
    read_until_killed(10**9)
    references = list(Case.objects.values_list("reference", flat=True))
    result = {
        "events": events,
        "killed": killed,
        "cases": len(references),
        "different": len(set(references)),
        "questions": Question.objects.count(),
        "read_to": ReadingState.objects.get().cursor["highest"],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
