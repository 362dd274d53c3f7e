"""The case page and its buttons."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.desk.cases import steps
from bot.desk.codes import Action, Delivery, Role, Status
from bot.desk.models import CannedAnswer, Case, LogEntry, Question, Reply
from tests.desk.conftest import a_case, a_group
from tests.desk.doors import Door
from tests.desk.events import Talk
from tests.desk.store import Store

pytestmark = pytest.mark.django_db
REFERENCE = "K7F2-9QXM"


@pytest.fixture
def me(user: Callable[..., User]) -> User:
    return user(Role.STAFF)


@pytest.fixture
def client(me: User) -> Client:
    signed_in = Client()
    signed_in.force_login(me, backend="django.contrib.auth.backends.ModelBackend")
    return signed_in


@pytest.fixture
def case() -> Case:
    return a_case("Ödül töreni ne zaman?", reference=REFERENCE, sender="web-a", message="q1")


def shown(client: Client, query: str = "") -> str:
    return client.get(f"/vaka/{REFERENCE}/{query}").content.decode()


def press(client: Client, name: str, **form: Any) -> str:
    """Press a button and return the page it leads to."""
    answer = client.post(reverse(name, args=[REFERENCE]), form, follow=True)
    return answer.content.decode()


def answer(client: Client, text: str = "Aralıkta.", **form: Any) -> Any:
    """Send a reply as the page's form would."""
    held = {
        "reply_id": uuid.uuid4().hex,
        "version": Case.objects.get(reference=REFERENCE).version,
        "text": text,
        **form,
    }
    return client.post(reverse("reply", args=[REFERENCE]), held)


def logged() -> list[tuple[str, str, str]]:
    lines = LogEntry.objects.exclude(action=Action.CAME_IN).order_by("id")
    return list(lines.values_list("action", "reference", "subject"))


# --- what the page shows


def test_the_page_shows_the_conversation_with_the_guesses(
    client: Client, case: Case, store: Store
) -> None:
    talk = Talk().user("ödül töreni", ("faq/ke-01", 0.42), ("faq/ke-03", 0.01))
    store.add("web-a", talk.bot("**Bilmiyorum**, [sayfa](https://a.example)").events)
    html = shown(client)
    assert "ödül töreni" in html
    assert "(%42)" in html
    assert "(%1)" not in html
    assert '<strong>Bilmiyorum</strong>, <a href="https://a.example"' in html


def test_what_a_deleted_conversation_leaves_is_said(client: Client, case: Case) -> None:
    assert "Konuşma silinmiş" in shown(client)


def test_personal_data_are_shown_only_when_asked_for(
    client: Client, case: Case, store: Store, as_role: Callable[..., Client]
) -> None:
    store.add("web-a", Talk().user("numaram 0532 111 22 33, tc 10000000146").events)
    html = shown(client)
    assert "numaram [numara]" in html
    assert "Gizlenen: T.C. kimlik numarası, telefon." in html
    html = press(client, "show-personal")
    assert "0532 111 22 33" in html
    assert logged() == [(Action.PERSONAL_SHOWN, REFERENCE, "")]
    # Only in the session that asked.
    assert "0532" not in shown(as_role(Role.STAFF))


def test_an_observer_sees_no_buttons_and_no_personal_data(
    as_role: Callable[..., Client], case: Case, store: Store
) -> None:
    store.add("web-a", Talk().user("numaram 0532 111 22 33").events)
    html = shown(as_role(Role.OBSERVER))
    assert "numaram [numara]" in html
    main = html[html.index("<main") : html.index("</main>")]
    assert "<form" not in main


def test_an_open_page_learns_of_new_messages(client: Client, case: Case, store: Store) -> None:
    talk = Talk().user("ödül")
    store.add("web-a", talk.events)
    (address,) = re.findall(r'hx-get="([^"]+konusma/[^"]+)"', shown(client))
    assert client.get(address).status_code == 204
    store.add("web-a", talk.bot("Yanıt").events[-1:])
    html = client.get(address).content.decode()
    assert "Yanıt" in html
    assert "<html" not in html


def test_suggestions_come_from_guesses_earlier_answers_and_canned_texts(
    client: Client, me: User
) -> None:
    group = a_group("ödül töreni")
    earlier = a_case("ödül töreni nerede", group=group, status=Status.DONE)
    near = a_case("ödül töreni ne zaman olacak", status=Status.DONE)
    far = a_case("koordinatör kim", status=Status.DONE)
    for number, (one, text) in enumerate(
        ((earlier, "Ankara'da."), (near, "Aralıkta."), (far, "Listede."))
    ):
        Reply.objects.create(
            id=f"{number:032}", case=one, author=me, text=text, state="sent",
            written_at=timezone.now(),
        )  # fmt: skip
    CannedAnswer.objects.create(
        title="Selam", text="Merhabalar", changed_by=me, changed_at=timezone.now()
    )
    a_case("ödül töreni ne zaman", reference=REFERENCE, group=group, ranking=[["faq/ke-01", 0.3]])
    html = shown(client)
    assert "Ankara&#x27;da." in html
    assert "Aralıkta." in html
    assert "Listede." not in html
    assert "Merhabalar" in html
    assert "kayit:ke-01" in html
    # Without scripts the link brings the text into the form.
    area = shown(client, f"?taslak=vaka:{earlier.reference}")
    assert "Ankara&#x27;da.</textarea>" in area
    assert "Listede.</textarea>" not in shown(client, f"?taslak=vaka:{far.reference}")


# --- steps


@pytest.mark.parametrize(
    ("name", "form", "status", "action"),
    [
        ("take", {}, Status.OPEN, Action.TAKEN),
        ("release", {}, Status.NEW, Action.RELEASED),
        ("wait", {}, Status.WAITING, Action.WAITING),
        ("note", {"text": "telefonla arandı"}, Status.NEW, Action.NOTED),
        ("close", {"closing": "off_topic"}, Status.DONE, Action.CLOSED),
        ("reopen", {}, Status.NEW, Action.REOPENED),
        ("take-over", {}, Status.OPEN, Action.TAKEN_OVER),
        ("give-back", {}, Status.NEW, Action.GIVEN_BACK),
    ],
)
def test_a_step_does_one_thing_and_is_in_the_log(
    client: Client, case: Case, door: Door, name: str, form: Any, status: Status, action: Action
) -> None:
    press(client, name, **form)
    case.refresh_from_db()
    assert case.status == status
    assert [(did, reference) for did, reference, _ in logged()] == [(action, REFERENCE)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("note", {}),
        ("note", {"text": "a" * 4_001}),
        ("close", {"closing": "yok"}),
        ("close", {"closing": "duplicate"}),
        ("assign", {"to": "999999"}),
        ("duplicate", {"of": "AAAA-AAAA"}),
        ("duplicate", {"of": ""}),
        ("duplicate", {"of": REFERENCE}),
    ],
)
def test_a_form_that_makes_no_sense_changes_nothing(
    client: Client, case: Case, name: str, form: dict[str, str]
) -> None:
    html = press(client, name, **form)
    assert '<li class="error">' in html
    case.refresh_from_db()
    assert (case.version, logged()) == (0, [])


def test_a_case_goes_to_a_colleague(client: Client, case: Case, user: Callable[..., User]) -> None:
    colleague, editor = user(Role.STAFF, name="ayse"), user(Role.EDITOR)
    press(client, "assign", to=str(editor.pk))
    assert logged() == []  # an editor answers no cases
    press(client, "assign", to=str(colleague.pk))
    case.refresh_from_db()
    assert case.assignee == colleague
    assert logged() == [(Action.ASSIGNED, REFERENCE, "ayse")]


def test_a_duplicate_points_to_its_original(client: Client, case: Case) -> None:
    original = a_case()
    html = press(client, "duplicate", of=original.reference.lower())
    assert f"Aslı: {original.reference}" in html
    case.refresh_from_db()
    assert (case.status, case.closing, case.duplicate_of) == (Status.DONE, "duplicate", original)
    turned = client.post(
        reverse("duplicate", args=[original.reference]), {"of": REFERENCE}, follow=True
    )
    assert steps.ROUND_DUPLICATE in turned.content.decode()


def test_taking_over_silences_the_assistant_and_closing_gives_back(
    client: Client, case: Case, door: Door, me: User
) -> None:
    html = press(client, "take-over")
    assert "Konuşmayı geri ver" in html
    case.conversation.refresh_from_db()
    assert case.conversation.taken_by == me
    press(client, "close", closing="answered")
    case.conversation.refresh_from_db()
    assert case.conversation.taken_by is None
    assert door.taken == [
        ("pause", {"conversation": "web-a"}),
        ("resume", {"conversation": "web-a"}),
    ]
    (secret,) = door.secrets
    assert len(secret) > 40


def test_without_the_assistant_nothing_is_taken_over(
    client: Client, case: Case, no_door: None
) -> None:
    assert "Asistana ulaşılamadı" in press(client, "take-over")
    case.refresh_from_db()
    assert (case.status, case.conversation.taken_by, logged()) == (Status.NEW, None, [])


# --- replies


@pytest.mark.parametrize(
    ("told", "status", "answered"),
    [
        ("stored", Status.DONE, True),
        ("sent", Status.DONE, True),
        ("mailed", Status.DONE, True),
        ("blocked", Status.DONE, False),
        ("failed", Status.OPEN, False),
        ("something new", Status.DONE, True),
    ],
)
def test_a_reply_goes_out_and_its_fate_is_kept(
    client: Client, case: Case, door: Door, me: User, told: str, status: Status, answered: bool
) -> None:
    Question.objects.create(
        conversation=case.conversation, message="q1", asked_at=case.asked_at, outcome="handed"
    )
    door.delivery = told
    assert answer(client, "**Aralıkta.**").status_code == 302
    reply = Reply.objects.get()
    assert door.taken == [
        ("replies", {"id": reply.id, "conversation": "web-a", "text": "**Aralıkta.**"})
    ]
    case.refresh_from_db()
    assert (case.status, case.assignee, case.answered_at is not None) == (status, me, answered)
    assert (Question.objects.get().staff_at is not None) == answered
    assert [action for action, *_ in logged()] == [Action.REPLIED, Action.DELIVERED]
    assert "Aralıkta" not in str(logged())


def test_a_reply_that_waits_leaves_the_case_waiting(client: Client, case: Case, door: Door) -> None:
    answer(client, waits="on")
    case.refresh_from_db()
    assert (case.status, case.closing) == (Status.WAITING, "")


def test_the_same_form_twice_is_one_reply(client: Client, case: Case, door: Door) -> None:
    form: dict[str, Any] = {"reply_id": "a" * 32, "version": 0}
    answer(client, **form)
    answer(client, **form)
    assert (Reply.objects.count(), len(door.taken)) == (1, 1)


def test_two_people_do_not_answer_over_each_other(
    client: Client, case: Case, door: Door, as_role: Callable[..., Client]
) -> None:
    answer(as_role(Role.STAFF), "ilk", version=0)
    late = answer(client, "ikinci", version=0)
    assert late.status_code == 409
    html = late.content.decode()
    assert "bu vaka değişti" in html
    assert "ikinci</textarea>" in html  # nothing typed is lost
    assert [reply.text for reply in Reply.objects.all()] == ["ilk"]


@pytest.mark.parametrize("text", ["", "   ", "a" * 4_001])
def test_an_empty_or_endless_reply_is_not_sent(
    client: Client, case: Case, door: Door, text: str
) -> None:
    assert answer(client, text).status_code == 422
    assert door.taken == []


def test_one_answer_serves_all_who_asked_the_same(client: Client, door: Door) -> None:
    group = a_group("ödül")
    a_case("ödül 1", group=group, reference=REFERENCE, sender="web-a")
    second = a_case("ödül 2", group=group, sender="web-b")
    done = a_case("ödül 3", group=group, sender="web-c", status=Status.DONE)
    other = a_case("başka", sender="web-d")
    html = shown(client)
    assert second.reference in html
    assert done.reference not in html
    refused = answer(client, also=[other.reference])
    assert refused.status_code == 422
    form = {"reply_id": "b" * 32, "version": 0, "also": [second.reference]}
    answer(client, "Aralıkta.", **form)
    answer(client, "Aralıkta.", **form)
    assert [body["conversation"] for _, body in door.taken] == ["web-a", "web-b"]
    assert Case.objects.filter(status=Status.DONE).count() == 3


def test_a_reply_that_failed_can_be_sent_again(client: Client, case: Case, door: Door) -> None:
    door.refuse(503, "Asistan açılıyor.")
    html = client.get(answer(client).headers["Location"]).content.decode()
    assert "Asistan açılıyor." in html
    assert "Yanıtınız saklandı." in html
    reply = Reply.objects.get()
    assert (reply.state, reply.tries) == (Delivery.FAILED, 1)
    door.status = 200
    client.post(reverse("send-again", args=[REFERENCE, reply.id]))
    reply.refresh_from_db()
    case.refresh_from_db()
    assert (reply.state, reply.tries, case.status) == (Delivery.STORED, 2, Status.DONE)
    assert {body["id"] for _, body in door.taken} == {reply.id}
    # A reply that has arrived is not sent again.
    client.post(reverse("send-again", args=[REFERENCE, reply.id]))
    assert len(door.taken) == 2


def test_a_reply_to_a_deleted_conversation_says_so(client: Client, case: Case) -> None:
    case.conversation.key = None
    case.conversation.save()
    answer(client)
    assert "Konuşma silinmiş" in shown(client)
    assert Reply.objects.get().state == Delivery.FAILED


def test_a_preview_is_safe_and_keeps_the_draft(client: Client, case: Case) -> None:
    text = "**Kalın** <script>alert(1)</script> [kötü](javascript:alert(1)) ![a](http://a/b.png)"
    address = reverse("preview", args=[REFERENCE])
    part = client.post(address, {"text": text}, headers={"HX-Request": "true"}).content.decode()
    assert "<strong>Kalın</strong>" in part
    assert "<script" not in part
    assert 'href="javascript' not in part
    assert "<img" not in part
    page = client.post(address, {"text": text, "reply_id": "a" * 32, "version": "0"})
    assert "**Kalın** &lt;script&gt;" in page.content.decode()
    assert "a" * 32 in page.content.decode()


def test_the_case_page_asks_few_questions(
    client: Client, case: Case, store: Store, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        a_case(f"Ödül töreni ne zaman? {number}", group=case.group)
    store.add("web-a", Talk().user("ödül").events)
    shown(client)
    with django_assert_max_num_queries(25):
        shown(client)
