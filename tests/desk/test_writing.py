"""Facts in the database: once, whole, in whatever order and however often they come."""

import datetime
import random
from typing import Any

import pytest
from django.db import DatabaseError

from bot.desk.codes import Status
from bot.desk.models import (
    Case,
    Conversation,
    Feedback,
    Office,
    Question,
    QuestionGroup,
    ReadingState,
    Visit,
)
from bot.desk.reading import process, writing
from bot.desk.reading.process import read_once
from bot.desk.reading.writing import Writer, province_in
from tests.desk.events import Talk
from tests.desk.store import Store

pytestmark = pytest.mark.django_db


def handed(reference: str, text: str = "ödül töreni ne zaman", **values: Any) -> Talk:
    talk = Talk(**values).user(text)
    return talk.handed(reference, text)


def read_all(writer: Writer, batch: int = 500) -> None:
    while read_once(writer, batch):
        pass


def snapshot() -> dict[str, Any]:
    """Return everything stored, without the rows' own numbers."""
    return {
        "cases": sorted(Case.objects.values_list("reference", "text", "reason", "message")),
        "questions": sorted(
            Question.objects.values_list(
                "conversation__key", "message", "entry", "outcome", "by_offer", "asked_at"
            )
        ),
        "thumbs": sorted(Feedback.objects.values_list("conversation__key", "entry", "helpful")),
        "visits": sorted(Visit.objects.values_list("conversation__key", "began_at")),
        "states": dict(Conversation.objects.values_list("key", "state")),
    }


def many(count: int) -> dict[str, list[dict[str, Any]]]:
    """Return conversations of every kind."""
    talks = {}
    for number in range(count):
        text = f"{number}. soru"
        talk = Talk(1_760_000_000.0 + 100 * number).user(text, key=f"q{number}")
        if number % 3 == 0:
            talk.handed(f"AAAA-{number:04}", text)
        elif number % 3 == 1:
            talk.offered(text, "ke-01", "ke-02").user("1", key=f"p{number}").answered("ke-01")
        else:
            talk.answered("ke-03", text).user("hayır", key=f"h{number}")
            talk.judged("ke-03", helpful=False).handed(f"BBBB-{number:04}", text, "not_helpful")
        talks[f"web-{number}"] = talk.events
    return talks


def test_a_question_without_an_answer_becomes_a_case(store: Store) -> None:
    talk = Talk().user("Mersin'de ödül töreni ne zaman", ("faq/genel-07", 0.2), key="q1")
    talk.handed("K7F2-9QXM", "Mersin'de ödül töreni ne zaman")
    store.add("web-a", talk.events)
    read_all(Writer())
    case = Case.objects.get()
    assert (case.reference, case.status, case.channel) == ("K7F2-9QXM", Status.NEW, "web")
    assert (case.province, case.reason, case.assignee) == ("Mersin", "no_answer", None)
    assert case.conversation.key == "web-a"
    assert case.asked_at.timestamp() == talk.events[1]["timestamp"]
    assert case.due_at > case.asked_at


def test_the_same_question_of_others_joins_the_group(store: Store) -> None:
    for number, text in enumerate(("ödül töreni ne zaman", "Ödül töreni ne zaman?", "hava")):
        store.add(f"web-{number}", handed(f"AAAA-000{number}", text).events)
    read_all(Writer())
    first, second, third = Case.objects.order_by("reference")
    assert first.group == second.group != third.group


def test_wishes_for_a_person_are_not_grouped(store: Store) -> None:
    for number in range(2):
        talk = Talk().user("görevli istiyorum")
        talk.handed(f"AAAA-000{number}", "görevli istiyorum", "person_wanted")
        store.add(f"web-{number}", talk.events)
    read_all(Writer())
    assert QuestionGroup.objects.count() == 2


def test_reading_again_makes_no_case_twice(store: Store) -> None:
    for sender, events in many(9).items():
        store.add(sender, events)
    writer = Writer()
    read_all(writer)
    once = snapshot()
    assert len(once["cases"]) == 6
    ReadingState.objects.update(cursor={})
    read_all(Writer(), batch=7)
    assert snapshot() == once
    for highest in (10, 33):
        ReadingState.objects.update(cursor={"highest": highest})
        read_all(Writer(), batch=7)
        assert snapshot()["cases"] == once["cases"]


@pytest.mark.parametrize("batch", [1, 2, 5, 500])
def test_batches_may_cut_anywhere(store: Store, batch: int) -> None:
    for sender, events in many(6).items():
        store.add(sender, events)
    read_all(Writer(), batch)
    assert Case.objects.count() == 4
    assert Question.objects.filter(outcome="answered", by_offer=True).count() == 2


def test_rows_that_commit_late_are_read_once(store: Store) -> None:
    """Each conversation's rows have their numbers already; they appear in another order."""
    number, talks = 1, []
    for sender, events in many(12).items():
        talks.append((sender, events, list(range(number, number + len(events)))))
        number += len(events)
    random.Random(3).shuffle(talks)
    writer = Writer()
    for sender, events, numbers in talks:
        store.add(sender, events, numbers)
        read_once(writer)
    read_all(writer)
    assert Case.objects.count() == 8
    assert Question.objects.count() == 12


def test_a_conversation_forgotten_at_the_end_of_the_table_hides_no_other(store: Store) -> None:
    """SQLite gives the numbers of deleted last rows again; the reader must not miss them."""
    writer = Writer()
    store.add("web-a", handed("AAAA-0001").events)
    read_all(writer)
    store.forget("web-a")
    store.add("web-b", handed("AAAA-0002").events)
    read_all(writer)
    assert Case.objects.filter(reference="AAAA-0002").exists()
    store.forget("web-b")
    store.add("web-c", handed("AAAA-0003").events[:3])
    store.add("web-c", handed("AAAA-0003").events[3:])
    read_all(writer)
    assert Case.objects.filter(reference="AAAA-0003").exists()


def test_nothing_is_stored_of_a_batch_that_fails(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sender, events in many(3).items():
        store.add(sender, events)
    writer = Writer()

    def broken(text: str) -> str:
        raise DatabaseError("disk full")

    monkeypatch.setattr(writing, "province_in", broken)
    with pytest.raises(DatabaseError):
        read_once(writer)
    assert snapshot()["states"] == {}
    monkeypatch.undo()
    process.read_once(writer)


def test_a_message_to_a_silenced_assistant_reopens_the_case(store: Store) -> None:
    talk = handed("AAAA-0001")
    store.add("web-a", talk.events)
    writer = Writer()
    read_all(writer)
    Case.objects.update(status=Status.DONE, closing="answered")
    seen = len(talk.events)
    talk.add("pause").user("teşekkürler, bir şey daha")
    store.add("web-a", talk.events[seen:])
    read_all(writer)
    case = Case.objects.get()
    assert (case.status, case.closing, case.version) == (Status.NEW, "", 1)
    assert case.wrote_at is not None
    # Read again, it is not reopened again.
    Case.objects.update(status=Status.DONE)
    ReadingState.objects.update(cursor={})
    read_all(writer)
    assert Case.objects.get().status == Status.DONE


def test_a_group_deleted_meanwhile_is_made_anew(store: Store) -> None:
    writer = Writer()
    store.add("web-a", handed("AAAA-0001").events)
    read_all(writer)
    Case.objects.all().delete()
    QuestionGroup.objects.all().delete()
    store.add("web-b", handed("AAAA-0002").events)
    read_all(writer)
    assert Case.objects.get().reference == "AAAA-0002"


def test_another_store_in_its_place_is_read_from_its_beginning(store: Store) -> None:
    store.add("web-a", handed("AAAA-0001").events)
    writer = Writer()
    read_all(writer)
    ReadingState.objects.update(cursor={"highest": 10_000})
    store.add("web-b", handed("AAAA-0002").events)
    assert read_once(writer) == 0
    read_all(writer)
    assert Case.objects.filter(reference="AAAA-0002").exists()


def test_without_a_store_there_is_nothing_to_read() -> None:
    assert read_once(Writer()) == 0


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Mersin'deki koordinatör kim", "Mersin"),
        ("izmirde öğretmenim", "İzmir"),
        ("Ankara ve İzmir arası", ""),
        ("etiket ne zaman", ""),
    ],
)
def test_the_province_is_taken_from_the_words(text: str, province: str) -> None:
    assert province_in(text) == province


def test_the_office_decides_when_an_answer_is_due(store: Store) -> None:
    Office(answer_hours=2).save()
    start = datetime.datetime(2026, 11, 16, 10, tzinfo=datetime.timezone.utc).timestamp()
    store.add("web-a", handed("AAAA-0001", start=start).events)
    read_all(Writer())
    case = Case.objects.get()
    assert case.due_at - case.asked_at == datetime.timedelta(hours=2)
