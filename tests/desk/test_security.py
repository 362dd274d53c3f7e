"""Signing in, cookies, headers, and what the deployment check says."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from bot.desk.codes import Action, Role
from bot.desk.configuration import AXES_FAILURE_LIMIT
from bot.desk.models import LogEntry
from bot.desk.models.log import AppendOnlyError
from bot.settings import ROOT
from tests.desk.conftest import a_case
from tests.desk.store import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(name: str, password: str, **extra: str) -> tuple[Client, int]:
    client = Client(**extra)  # type: ignore[arg-type]
    answer = client.post(reverse("login"), {"username": name, "password": password})
    return client, answer.status_code


def test_signing_in_and_out_is_logged(user: Callable[..., User]) -> None:
    somebody = user(Role.STAFF)
    client, status = sign_in(somebody.username, PASSWORD)
    assert status == 302
    client.post(reverse("logout"))
    assert client.get(reverse("queue")).status_code == 302
    actions = LogEntry.objects.order_by("id").values_list("actor__username", "action")
    assert list(actions) == [
        (somebody.username, Action.CAME_IN),
        (somebody.username, Action.WENT_OUT),
    ]


def test_wrong_passwords_are_slowed_down(user: Callable[..., User]) -> None:
    somebody, other = user(Role.STAFF), user(Role.STAFF)
    statuses = [sign_in(somebody.username, "yanlış")[1] for _ in range(AXES_FAILURE_LIMIT)]
    assert statuses == [200] * (AXES_FAILURE_LIMIT - 1) + [429]
    # Even the right one is not taken now; another person is not touched.
    assert sign_in(somebody.username, PASSWORD)[1] == 429
    assert sign_in(other.username, PASSWORD)[1] == 302


def test_a_locked_out_person_is_told_what_to_do(user: Callable[..., User]) -> None:
    somebody = user(Role.STAFF)
    for _ in range(AXES_FAILURE_LIMIT):
        answer = Client().post(
            reverse("login"), {"username": somebody.username, "password": "yanlış"}
        )
    assert "15 dakika sonra" in answer.content.decode()


def test_cookies_are_the_browsers_alone(user: Callable[..., User]) -> None:
    client, _ = sign_in(user(Role.STAFF).username, PASSWORD)
    session, form = client.cookies["masa"], client.cookies["masa-csrf"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert (form["httponly"], form["samesite"]) == (True, "Strict")
    # A browser that is closed signs out; so does an hour without a click.
    assert session["expires"] == session["max-age"] == ""
    assert settings.SESSION_COOKIE_AGE == 3_600


def test_every_page_has_the_strict_headers(as_role: Callable[..., Client]) -> None:
    case = a_case()
    client = as_role(*Role)
    for name in ("queue", "reports", "users", "log", "office", "privacy", "canned", "login"):
        headers = client.get(reverse(name), follow=True).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"].startswith(("no-store", "max-age=0, no-cache, no-store"))
    page = client.get(reverse("case", args=[case.reference])).content.decode()
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|javascript:", page)


def test_only_what_a_person_does_keeps_a_session_alive(as_role: Callable[..., Client]) -> None:
    client, case = as_role(Role.STAFF), a_case()
    opened = client.get(reverse("queue"))
    assert "masa" in opened.cookies
    address = reverse("transcript", args=[case.reference])
    asked = client.get(address, headers={"HX-Request": "true"})
    assert (asked.status_code, "masa" in asked.cookies) == (200, False)


def test_an_ended_session_leads_back_to_the_page_of_the_form() -> None:
    case = a_case()
    page = f"http://testserver/vaka/{case.reference}/"
    address = reverse("reply", args=[case.reference])
    answer = Client().post(address, {"text": "a"}, headers={"Referer": page})
    assert unquote(answer.headers["Location"]) == f"/giris/?next={page}"
    strange = Client().post(address, headers={"Referer": "https://elsewhere.example/"})
    assert strange.headers["Location"] == "/giris/?next=/"
    news = Client().get(
        reverse("transcript", args=[case.reference]), headers={"HX-Request": "true"}
    )
    assert news.status_code == 204


@pytest.mark.parametrize(
    ("password", "word"),
    [("kisa", "12"), ("123456789012345", "sayısal"), ("password1234", "yaygın")],
)
def test_a_weak_password_is_refused(
    as_role: Callable[..., Client], password: str, word: str
) -> None:
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    page = as_role(Role.STAFF).post(reverse("change-password"), form).content.decode()
    assert word in page[page.index("errorlist") :]


def test_a_new_colleague_chooses_the_password_once(as_role: Callable[..., Client]) -> None:
    form = {
        "username": "ayse",
        "first_name": "Ayşe",
        "last_name": "Er",
        "is_active": "on",
        "roles": ["gorevli", "editor"],
    }
    page = as_role(Role.LEAD).post(reverse("user-new"), form).content.decode()
    (link,) = re.findall(r'value="(http://[^"]+/parola/belirle/[^"]+)"', page)
    assert User.objects.get(username="ayse").groups.count() == 2
    client = Client()
    answer = client.get(link.replace("http://testserver", ""), follow=True)
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(answer.request["PATH_INFO"], chosen).status_code == 302
    assert sign_in("ayse", PASSWORD)[1] == 302
    used = Client().get(link.replace("http://testserver", ""), follow=True)
    assert "süresi dolmuş" in used.content.decode()


def test_nobody_shuts_themselves_out(user: Callable[..., User]) -> None:
    lead = user(Role.LEAD)
    client, _ = sign_in(lead.username, PASSWORD)
    address = reverse("user-edit", args=[lead.pk])
    forms: list[dict[str, Any]] = [
        {"roles": ["yonetici"]},
        {"roles": ["gorevli"], "is_active": "on"},
    ]
    for form in forms:
        page = client.post(address, {"username": lead.username, **form}).content.decode()
        assert "Kendi hesabınızı kapatamaz" in page
    assert client.get(reverse("users")).status_code == 200


@pytest.mark.parametrize(
    "statement", ["UPDATE desk_logentry SET subject = ''", "DELETE FROM desk_logentry"]
)
def test_the_database_refuses_to_change_the_log(statement: str) -> None:
    LogEntry(actor=None, action=Action.PURGED).save()
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert LogEntry.objects.count() == 1


def test_the_model_refuses_to_change_the_log(user: Callable[..., User]) -> None:
    LogEntry(actor=user(Role.LEAD), action=Action.PURGED).save()
    line = LogEntry.objects.get()
    for change in (
        line.save,
        line.delete,
        LogEntry.objects.all().delete,
        lambda: LogEntry.objects.update(subject="x"),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_somebody_in_the_log_cannot_be_deleted(user: Callable[..., User]) -> None:
    from django.db.models import ProtectedError

    somebody = user(Role.LEAD)
    LogEntry(actor=somebody, action=Action.PURGED).save()
    with pytest.raises(ProtectedError):
        somebody.delete()


def desk(folder: Path, *arguments: str, typed: str = "", **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "desk", *arguments],
        cwd=ROOT,
        env={**os.environ, "BOT_VAR_DIR": str(folder), **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_deployment_check_is_clean_behind_https(tmp_path: Path) -> None:
    status, said = desk(tmp_path, "check", "--deploy", BOT_DESK_URL="https://masa.example")
    assert (status, said) == (0, "System check identified no issues (0 silenced).\n")


def test_without_https_the_check_says_what_is_open(tmp_path: Path) -> None:
    status, said = desk(tmp_path, "check", "--deploy")
    assert status == 2
    assert "security.W012" in said
    assert "Traceback" not in said


def test_the_first_user_is_made_by_command(tmp_path: Path) -> None:
    status, said = desk(tmp_path, "user", "ali", "--rol", "yonetici", typed="kisa\n")
    assert (status, "En az 12" in said) == (2, True)
    status, said = desk(tmp_path, "user", "ali", "--rol", "kral", typed=f"{PASSWORD}\n")
    assert (status, "kral diye bir rol yok" in said) == (2, True)
    status, said = desk(tmp_path, "user", "ali", "--rol", "yonetici", typed=f"{PASSWORD}\n")
    assert (status, said) == (0, "ali: yonetici\n")
    # Nobody else on the machine reads what is kept here.
    assert (tmp_path / "desk.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "desk-secret").stat().st_mode & 0o077 == 0


def test_the_migrations_are_complete() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
