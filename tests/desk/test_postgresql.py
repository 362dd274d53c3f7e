"""The desk on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.databases import postgres

REFUSED = """
from bot.desk.commands import migrate
migrate()
from django.db import DatabaseError, connection, transaction
from bot.desk.models import LogEntry
LogEntry(actor=None, action="purged").save()
for statement in ("UPDATE desk_logentry SET subject = 'x'", "DELETE FROM desk_logentry",
                  "TRUNCATE desk_logentry"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        print("only grows" in str(error))
from django.contrib.auth.models import User
from bot.desk.queue import ORDERS, TABS, Filters, page
from bot.desk.reports.figures import Period, report
import datetime
user = User.objects.create_user("pg")
for tab, _ in TABS:
    for order in ORDERS:
        page(Filters(tab=tab, words="soru", order=order), user)
print(report(Period(datetime.date(2025, 10, 1), datetime.date(2025, 10, 31))).total.questions > 0)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgres() as found:
        yield found


def run(folder: Path, address: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "BOT_VAR_DIR": str(folder), "BOT_DESK_DATABASE": address},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_killed_reader_makes_every_case_once_and_the_log_only_grows(
    tmp_path: Path, address: str
) -> None:
    result = json.loads(run(tmp_path, address, "-m", "tests.desk.killed_reader", "40", "10", "3"))
    assert result["cases"] == result["different"] == 40
    assert result["questions"] == 80
    assert run(tmp_path, address, "-c", REFUSED).split() == ["True"] * 4
