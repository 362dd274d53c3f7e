"""How long things are kept, and one person's data."""

import datetime
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jwt
import pytest
from axes.models import AccessAttempt
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.channels.transcript import NOTICES
from bot.desk import door as desk_door
from bot.desk import nightly, retention
from bot.desk.cases.replies import MAX_TRIES, send_left
from bot.desk.codes import Action, Delivery, Role, Status
from bot.desk.models import (
    Case,
    Conversation,
    Feedback,
    LogEntry,
    NightlyRun,
    Note,
    Office,
    Question,
    QuestionGroup,
    Reply,
    Visit,
)
from bot.desk.persons import find
from bot.desk.reading import tracker
from bot.desk.reading.cursor import Cursor
from bot.desk.reading.process import read_once
from bot.desk.reading.writing import Writer
from bot.desk.retention import purge
from bot.knowledge.current import knowledge
from bot.learning.links import links_of
from bot.settings import Settings
from tests.desk.conftest import a_case
from tests.desk.doors import Door
from tests.desk.events import Talk
from tests.desk.store import Store

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def days_ago(count: float) -> datetime.datetime:
    return NOW - datetime.timedelta(days=count)


def old_talk(days: float, text: str = "eski soru") -> Talk:
    return Talk(days_ago(days).timestamp()).user(text)


@pytest.fixture(autouse=True)
def short_times(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = replace(own_settings, keep_days=30, keep_case_days=60, keep_login_days=10)
    monkeypatch.setattr(retention, "settings", lambda: chosen)


@pytest.fixture
def forgetting_door(door: Door, store: Store, monkeypatch: pytest.MonkeyPatch) -> Door:
    """A door behind which the tracker store forgets for real."""
    forget = desk_door.forget

    def both(conversation: str) -> None:
        forget(conversation)
        store.forget(conversation)

    monkeypatch.setattr(desk_door, "forget", both)
    return door


def senders() -> set[str]:
    return {event.conversation for event in tracker.events_after(Cursor(), 10_000)} - {NOTICES}


# --- retention


def test_each_kind_goes_when_its_time_is_over(store: Store, forgetting_door: Door) -> None:
    store.add("web-old", old_talk(31).events)
    store.add("web-young", old_talk(29).events)
    store.add("web-long", old_talk(40).events + old_talk(1, "yeni soru").events)
    store.add("web-open", old_talk(50).events)
    a_case("açık", sender="web-open")
    a_case("yeni kapanan", status=Status.DONE, closed_at=days_ago(59))
    a_case("eski kapanan", status=Status.DONE, closed_at=days_ago(61))
    for days in (9, 11):
        attempt = AccessAttempt.objects.create(
            username=f"{days}", failures_since_start=1, get_data="", post_data=""
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=days_ago(days))
    purged = purge()
    assert senders() == {"web-young", "web-long", "web-open"}
    # Of a conversation that goes on, the old part went.
    assert [event.get("text") for event in tracker.events_of("web-long")][-1] == "yeni soru"
    assert len(tracker.events_of("web-long")) == 2
    assert set(Case.objects.values_list("text", flat=True)) == {"açık", "yeni kapanan"}
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["9"]
    assert purged == (1, 2, 1, 1)
    (line,) = LogEntry.objects.all()
    assert (line.action, line.actor) == (Action.PURGED, None)
    assert purge() == (0, 0, 0, 0)


def test_figures_outlive_what_was_said(store: Store, forgetting_door: Door) -> None:
    talk = old_talk(31, "etiket").answered("ke-01").user("evet").judged("ke-01", helpful=True)
    store.add("web-old", talk.events)
    read_once(Writer())
    purge()
    (conversation,) = Conversation.objects.all()
    assert (conversation.key, conversation.state) == (None, {})
    assert (Visit.objects.count(), Question.objects.count(), Feedback.objects.count()) == (1, 1, 1)
    # A second one loses its name as well.
    store.add("web-old2", old_talk(31).events)
    read_once(Writer())
    purge()
    assert Conversation.objects.filter(key=None).count() == 2


def test_without_the_assistant_the_purge_is_done_later(store: Store, no_door: None) -> None:
    store.add("web-old", old_talk(31).events)
    with pytest.raises(desk_door.DoorError):
        purge()
    assert senders() == {"web-old"}


def test_a_group_keeps_no_words_of_a_deleted_case() -> None:
    group = QuestionGroup.objects.create(text="ben Ali, ödül töreni ne zaman")
    a_case("ben Ali, ödül töreni ne zaman", group=group, sender="web-ali")
    a_case("ödül töreni ne zaman", group=group, sender="web-ayse")
    retention.delete_cases(Case.objects.filter(conversation__key="web-ali"))
    group.refresh_from_db()
    assert group.text == "ödül töreni ne zaman"
    retention.delete_cases(Case.objects.all())
    assert not QuestionGroup.objects.exists()


def test_the_night_work_is_done_once_a_night(
    monkeypatch: pytest.MonkeyPatch, own_settings: Settings
) -> None:
    done: list[str] = []
    monkeypatch.setattr(nightly, "purge", lambda: done.append("purge"))
    monkeypatch.setattr(nightly, "send_summary", lambda day: done.append(f"summary {day}"))
    monkeypatch.setattr(nightly, "_try_links", lambda: done.append("links"))
    monkeypatch.setattr(nightly, "settings", lambda: replace(own_settings, check_links=True))
    monkeypatch.setattr(nightly, "NIGHT", datetime.time(0))
    nightly.run_nightly()
    nightly.run_nightly()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert done == ["purge", f"summary {yesterday}", "links"]
    assert NightlyRun.objects.count() == 3
    NightlyRun.objects.all().delete()
    monkeypatch.setattr(nightly, "NIGHT", datetime.time.max)
    nightly.run_nightly()
    assert len(done) == 3


def test_the_links_of_the_answers_are_tried_beside_the_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    checked = threading.Event()

    def check(links: list[str]) -> None:
        tried.extend(links)
        checked.set()

    monkeypatch.setattr(nightly, "check_links", check)
    nightly._try_links()
    assert checked.wait(10)
    assert tried == links_of(knowledge().base) != []


def test_a_night_work_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def fails() -> None:
        tries.append(1)
        raise desk_door.DoorError("yok")

    monkeypatch.setattr(nightly, "purge", fails)
    monkeypatch.setattr(nightly, "NIGHT", datetime.time(0))
    monkeypatch.setattr(nightly, "_not_before", {})
    nightly.run_nightly()
    nightly.run_nightly()  # not at once
    assert (len(tries), NightlyRun.objects.filter(work="purge").count()) == (1, 0)
    nightly._not_before.clear()
    nightly.run_nightly()
    assert len(tries) == 2


# --- what must not be forgotten


def test_replies_left_on_the_way_are_taken_up(user: Callable[..., Any], door: Door) -> None:
    author, minute = user(Role.STAFF), datetime.timedelta(minutes=1)
    rows = [
        ("young", Delivery.SENDING, 0, 0.5, None),
        ("left", Delivery.SENDING, 0, 2, None),
        ("failed now", Delivery.FAILED, 1, 9, 1),
        ("failed", Delivery.FAILED, 1, 9, 3),
        ("failed often", Delivery.FAILED, 4, 99, 10),
        ("given up", Delivery.FAILED, MAX_TRIES, 999, 999),
        ("arrived", Delivery.STORED, 1, 9, 9),
    ]
    for number, (text, state, tries, written, tried) in enumerate(rows):
        Reply.objects.create(
            id=f"{number:032}",
            case=a_case(status=Status.OPEN),
            author=author,
            text=text,
            state=state,
            tries=tries,
            written_at=timezone.now() - written * minute,
            tried_at=timezone.now() - tried * minute if tried else None,
        )
    assert send_left() == 2
    assert {body["text"] for _, body in door.taken} == {"left", "failed"}
    assert Reply.objects.get(text="left").case.status == Status.DONE
    assert send_left() == 0


def test_a_conversation_left_behind_goes_back_to_the_assistant(
    user: Callable[..., Any], door: Door
) -> None:
    long_ago = days_ago(1)
    for key, wrote in (("web-left", long_ago), ("web-lively", timezone.now())):
        case = a_case(sender=key)
        Conversation.objects.filter(pk=case.conversation.pk).update(
            taken_by=user(Role.STAFF), taken_at=long_ago, last_message_at=wrote
        )
    Office(silence_hours=12).save()
    assert nightly.give_back_forgotten() == 1
    assert door.taken == [("resume", {"conversation": "web-left"})]
    assert Conversation.objects.get(key="web-left").taken_by is None
    line = LogEntry.objects.get()
    assert (line.action, line.actor) == (Action.GIVEN_BACK, None)


# --- one person


def a_person(store: Store) -> str:
    """Return the key of a conversation with a case, a reply and a note."""
    talk = Talk(channel="telegram").user("ben Ali Veli, ödül töreni ne zaman", key="q1")
    talk.handed("K7F2-9QXM", "ben Ali Veli, ödül töreni ne zaman")
    store.add("telegram-4711", talk.events)
    read_once(Writer())
    return "telegram-4711"


@pytest.mark.parametrize("given", ["K7F2-9QXM", "k7f2 9qxm", "telegram-4711", " 4711 ", "session"])
def test_a_person_is_found(store: Store, given: str) -> None:
    key = a_person(store)
    if given == "session":
        given = jwt.encode({"sub": key, "exp": 1}, "s" * 32, "HS256")  # long out of date
    assert find(given) == key


@pytest.mark.parametrize("given", ["", "AAAA-AAAA", "web-yok", "471", "a.b.c", "%"])
def test_nobody_else_is_found(store: Store, given: str) -> None:
    a_person(store)
    assert find(given) is None


def test_a_person_gets_everything_kept(
    store: Store, as_role: Callable[..., Client], user: Callable[..., Any]
) -> None:
    key = a_person(store)
    case, author = Case.objects.get(), user(Role.STAFF)
    Reply.objects.create(id="a" * 32, case=case, author=author, text="Aralıkta", written_at=NOW)
    Note.objects.create(case=case, author=author, text="arandı", written_at=NOW)
    client = as_role(Role.LEAD)
    page = client.post(reverse("privacy"), {"who": "K7F2-9QXM"}).content.decode()
    assert f"{len(store.events(key))} olay, 1 vaka" in page
    file = client.post(reverse("privacy-export"), {"key": key})
    told = json.loads(file.content)
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert told["iletiler"][0]["text"] == "ben Ali Veli, ödül töreni ne zaman"
    assert told["vakalar"][0]["yanitlar"][0]["metin"] == "Aralıkta"
    assert told["vakalar"][0]["notlar"][0]["metin"] == "arandı"
    assert len(told["olaylar"]) == len(store.events(key))
    line = LogEntry.objects.get(action=Action.PERSON_EXPORTED)
    assert line.subject == "vakalar: K7F2-9QXM"


def test_a_person_is_erased_everywhere_but_from_the_log(
    store: Store, as_role: Callable[..., Client], user: Callable[..., Any], forgetting_door: Door
) -> None:
    key = a_person(store)
    case, author = Case.objects.get(), user(Role.STAFF)
    Reply.objects.create(id="a" * 32, case=case, author=author, text="Ali Bey", written_at=NOW)
    Note.objects.create(case=case, author=author, text="Ali arandı", written_at=NOW)
    client = as_role(Role.LEAD)
    client.post(reverse("privacy-erase"), {"key": key})
    assert Case.objects.exists()  # not without being sure
    client.post(reverse("privacy-erase"), {"key": key, "sure": "evet"})
    assert forgetting_door.taken == [("forget", {"conversation": key})]
    assert senders() == set()
    assert not any(rows.exists() for rows in _words())
    assert find("K7F2-9QXM") is find(key) is None
    assert Question.objects.count() == 1
    everything = json.dumps(list(Conversation.objects.values()), default=str)
    everything += json.dumps(list(LogEntry.objects.values()), default=str)
    assert "4711" not in everything
    assert "Ali" not in everything
    assert LogEntry.objects.get(action=Action.PERSON_ERASED).subject == "vakalar: K7F2-9QXM"


def _words() -> list[QuerySet[Any]]:
    """Return the rows that hold what somebody wrote."""
    return [model._default_manager.all() for model in (Case, Reply, Note, QuestionGroup)]


def test_what_a_teacher_deletes_is_forgotten_here_too(store: Store) -> None:
    """The page's own button: the desk learns of it from the tracker store."""
    key = a_person(store)
    store.add("web-other", Talk().user("ödül").handed("AAAA-AAAA", "ödül").events)
    store.forget(key)
    read_once(Writer())
    assert list(Case.objects.values_list("reference", flat=True)) == ["AAAA-AAAA"]
    assert find(key) is None
    line = LogEntry.objects.get(action=Action.PERSON_ERASED)
    assert (line.actor, line.subject) == (None, "vakalar: K7F2-9QXM")
    # The same person may come again: a new conversation with the old id.
    store.add(key, Talk().user("yine ben").handed("BBBB-BBBB", "yine ben").events)
    read_once(Writer())
    assert find("BBBB-BBBB") == key


def test_the_notice_of_a_deletion_is_deleted_when_it_was_read(store: Store, door: Door) -> None:
    key = a_person(store)
    store.forget(key)
    store.add("web-other", old_talk(1).events)
    purge()
    assert _notices(store) == 1  # nobody has read it
    read_once(Writer())
    purge()
    assert _notices(store) == 0


def _notices(store: Store) -> int:
    with store.rasa.session_scope() as scope:
        return int(scope.query(store.rasa.SQLEvent).filter_by(type_name="forgotten").count())


def test_a_case_outlives_its_conversation_when_only_that_has_run_out(
    store: Store, forgetting_door: Door
) -> None:
    talk = old_talk(31).handed("K7F2-9QXM", "eski soru")
    store.add("web-old", talk.events)
    read_once(Writer())
    Case.objects.update(status=Status.DONE, closed_at=days_ago(1))
    purge()
    read_once(Writer())
    assert Case.objects.get().reference == "K7F2-9QXM"
    assert tracker.events_of("web-old") == []


def test_without_the_assistant_nothing_is_erased(
    store: Store, as_role: Callable[..., Client], no_door: None
) -> None:
    key = a_person(store)
    form = {"key": key, "sure": "evet"}
    page = as_role(Role.LEAD).post(reverse("privacy-erase"), form, follow=True).content.decode()
    assert "Hiçbir şey silinmedi" in page
    assert Case.objects.count() == 1
    assert not LogEntry.objects.filter(action=Action.PERSON_ERASED).exists()


def test_nobody_is_told_when_nobody_is_found(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.LEAD)
    page = client.post(reverse("privacy"), {"who": "AAAA-AAAA"}).content.decode()
    assert "kayıtlı bir konuşma yok" in page
    assert client.post(reverse("privacy-export"), {"key": "yok"}).status_code == 404
