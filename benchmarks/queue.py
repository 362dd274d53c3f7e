"""How long the desk's queue takes to open: `python -m benchmarks.queue [CASES]`.

Cases in groups as they come in practice (most alone, some asked by dozens), in a
database of their own, behind the production server; each page is asked for over HTTP
as a browser does. Prints milliseconds.
"""

import argparse
import datetime
import http.client
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROUNDS = 20
PORT = 58_080
PAGES = (
    ("ilk sayfa", "/kuyruk/"),
    ("tümü, en çok sorulan", "/kuyruk/?sekme=tumu&sira=cok"),
    ("tümü, arama", "/kuyruk/?sekme=tumu&q=odul+toren"),
    ("tümü, il ve neden", "/kuyruk/?sekme=tumu&il=Mersin&neden=none_fit"),
    ("bitti, son sayfa", "/kuyruk/?sekme=bitti&sayfa=40"),
)
WORDS = ("ödül", "töreni", "etiket", "başvuru", "okul", "proje", "üye", "davet", "puan", "zaman")


def main() -> None:
    """Fill a database, start the server, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="?", type=int, default=20_000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(BOT_VAR_DIR=folder, BOT_DESK_PORT=str(PORT))
        from bot.desk.commands import migrate, server_command
        from bot.settings import settings

        migrate()
        cookie = fill(count)
        with subprocess.Popen(server_command(settings())) as server:
            try:
                wait_until_up()
                print(f"{count} vaka, {Path(folder, 'desk.db').stat().st_size / 1e6:.0f} MB")
                for name, address in PAGES:
                    print_times(name, [milliseconds(address, cookie) for _ in range(ROUNDS)])
            finally:
                server.terminate()


def fill(count: int) -> str:
    """Store the cases; return the session of somebody who may see them."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.utils import timezone

    from bot.desk.codes import Reason, Role, Status
    from bot.desk.models import Case, Conversation, QuestionGroup
    from bot.desk.roles import give_roles
    from bot.reference import new_reference
    from bot.text.fold import normalize

    chance, now = random.Random(1), timezone.now()
    user = User.objects.create_user("olcum")
    give_roles(user, [Role.STAFF])
    texts = [" ".join(chance.choices(WORDS, k=8)) for _ in range(count // 3)]
    groups = QuestionGroup.objects.bulk_create(QuestionGroup(text=text) for text in texts)
    people = Conversation.objects.bulk_create(
        Conversation(key=f"web-{number}", channel="web") for number in range(count // 2)
    )
    statuses = (*(Status.NEW,) * 3, Status.OPEN, Status.WAITING, *(Status.DONE,) * 5)
    cases = []
    for _ in range(count):
        # Some questions are asked far more often than others.
        group = groups[int(len(groups) * chance.random() ** 3)]
        asked, status = (
            now - datetime.timedelta(hours=chance.random() * 4_000),
            chance.choice(statuses),
        )
        cases.append(
            Case(
                reference=new_reference(),
                conversation=chance.choice(people),
                group=group,
                text=group.text,
                folded=normalize(group.text),
                reason=chance.choice(Reason.values),
                ranking=[["faq/ke-01", chance.random()]],
                channel=chance.choice(("web", "telegram")),
                province=chance.choice(("", "", "Mersin", "Ankara")),
                asked_at=asked,
                due_at=asked + datetime.timedelta(hours=24),
                status=status,
                assignee=user if status == Status.OPEN else None,
            )
        )
    Case.objects.bulk_create(cases, batch_size=1_000)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["masa"].value


def wait_until_up() -> None:
    """Wait for the server."""
    deadline = time.monotonic() + 30
    while not answers():
        if time.monotonic() > deadline:
            raise RuntimeError("the server does not answer")
        time.sleep(0.1)


def answers() -> bool:
    """Tell whether the server is there."""
    try:
        return milliseconds("/saglik/", "") > 0
    except OSError:
        return False


def milliseconds(address: str, cookie: str) -> float:
    """Open a page; return how long it took."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", address, headers={"Cookie": f"masa={cookie}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return (time.perf_counter() - begun) * 1_000


def print_times(name: str, times: list[float]) -> None:
    """Print the median, the slowest of twenty, and the first."""
    print(
        f"{name:<24} ortanca {statistics.median(times):6.0f}  "
        f"en uzun {max(times):6.0f}  ilk {times[0]:6.0f}"
    )


if __name__ == "__main__":
    main()
