"""The queue: tabs, groups, filters in the address, and how many questions it asks."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.desk.codes import Role, Status
from bot.desk.models import Case, ReadingState
from bot.desk.queue import PAGE_ROWS, Filters, page
from tests.desk.conftest import a_case, a_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(user: Callable[..., User]) -> User:
    return user(Role.STAFF)


def shown(me: User, **filters: object) -> list[str]:
    """Return the texts of the rows."""
    return [row.case.text for row in page(Filters(**filters), me).rows]  # type: ignore[arg-type]


def open_queue(client: Client, query: str = "") -> str:
    return client.get(reverse("queue") + query).content.decode()


def test_each_case_is_in_its_tabs(me: User, user: Callable[..., User]) -> None:
    a_case("yeni olan")
    a_case("benim", status=Status.OPEN, assignee=me)
    a_case("benim bekleyen", status=Status.WAITING, assignee=me)
    a_case("başkasının", status=Status.OPEN, assignee=user(Role.STAFF))
    a_case("biten", status=Status.DONE, assignee=me)
    assert shown(me, tab="yeni") == ["yeni olan"]
    assert shown(me, tab="bende") == ["benim", "benim bekleyen"]
    assert shown(me, tab="bekleyen") == ["benim bekleyen"]
    assert shown(me, tab="bitti") == ["biten"]
    assert len(shown(me, tab="tumu")) == 5
    assert page(Filters(), me).counts == {
        "yeni": 1,
        "bende": 2,
        "bekleyen": 1,
        "bitti": 1,
        "tumu": 5,
    }


def test_similar_questions_are_one_row_with_their_count(
    me: User, as_role: Callable[..., Client]
) -> None:
    group = a_group("ödül töreni")
    for number in range(12):
        a_case(f"ödül töreni {number}", group=group, sender=f"web-kisi{number}")
    a_case("ödül töreni, yine", group=group, sender="web-kisi0")
    a_case("başka soru")
    first, second = page(Filters(), me).rows
    assert (first.people, second.people) == (12, 1)
    html = open_queue(as_role(Role.OBSERVER))
    assert "12 öğretmen sordu" in html
    assert "1 öğretmen sordu" not in html
    assert len(shown(me, group=group.pk)) == 13


def test_a_group_counts_those_who_asked_long_ago(me: User) -> None:
    group = a_group("ödül")
    a_case("ödül 1", group=group, status=Status.DONE)
    a_case("ödül 2", group=group)
    (row,) = page(Filters(tab="yeni"), me).rows
    assert (row.case.text, row.people) == ("ödül 2", 2)


def test_rows_are_in_the_order_asked_for(me: User) -> None:
    now = timezone.now()

    def at(text: str, asked: int, due: int, **values: object) -> None:
        hours = datetime.timedelta(hours=1)
        a_case(text, asked_at=now - asked * hours, due_at=now + due * hours, **values)

    group = a_group("çok")
    at("acele", 5, 1)
    at("çok 1", 9, 5, group=group)
    at("çok 2", 8, 6, group=group)
    at("yeni", 1, 9)
    assert shown(me, order="sure") == ["acele", "çok 1", "yeni"]
    assert shown(me, order="yeni") == ["yeni", "acele", "çok 1"]
    assert shown(me, order="cok") == ["çok 1", "acele", "yeni"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"words": "İSTANBUL"}, ["istanbulda ödül"]),
        ({"words": "odul istanbul"}, ["istanbulda ödül"]),
        ({"words": "yok böyle"}, []),
        ({"reason": "person_wanted"}, ["görevli istiyorum"]),
        ({"channel": "telegram"}, ["görevli istiyorum"]),
        ({"province": "İstanbul"}, ["istanbulda ödül"]),
        ({"words": "ödül", "channel": "telegram"}, []),
    ],
)
def test_search_and_filters_narrow(me: User, filters: dict[str, str], found: list[str]) -> None:
    a_case("istanbulda ödül", province="İstanbul")
    a_case("görevli istiyorum", reason="person_wanted", channel="telegram")
    assert shown(me, **filters) == found


def test_filters_stay_in_the_address() -> None:
    filters = Filters.read({"sekme": "tumu", "q": "ödül", "neden": "none_fit", "sira": "yeni"})
    assert Filters.read(_parsed(filters.address(sayfa=3))) == Filters(
        "tumu", "ödül", "none_fit", order="yeni", page=3
    )
    # Another tab keeps them and begins at its first page.
    assert "q=%C3%B6d%C3%BCl" in filters.address(sekme="bitti")
    assert "sayfa" not in filters.address(sekme="bitti")


def _parsed(address: str) -> dict[str, str]:
    from urllib.parse import parse_qsl

    return dict(parse_qsl(address[1:]))


@pytest.mark.parametrize(
    "query",
    [
        "?sekme=yok&neden=yok&sira=yok&sayfa=0&grup=abc",
        "?sayfa=99999999999999999999&grup=-1",
        "?q=%00%FF&kanal=%00&il='; DROP TABLE--",
        "?sayfa=7",
        "?q=" + "a" * 5_000,
    ],
)
def test_an_address_that_makes_no_sense_shows_a_queue(
    as_role: Callable[..., Client], query: str
) -> None:
    a_case()
    assert "<h1>Kuyruk</h1>" in open_queue(as_role(Role.STAFF), query)


def test_a_code_in_the_search_opens_its_case(as_role: Callable[..., Client]) -> None:
    a_case(reference="K7F2-9QXM", status=Status.DONE)
    client = as_role(Role.STAFF)
    answer = client.get(reverse("queue"), {"q": " k7f2 9qxm "})
    assert answer.headers["Location"] == "/vaka/K7F2-9QXM/"
    assert client.get(reverse("queue"), {"q": "AAAA-AAAA"}).status_code == 200


def test_personal_data_are_masked_in_the_list(as_role: Callable[..., Client]) -> None:
    a_case("numaram 0532 111 22 33, tc 10000000146, ali@okul.k12.tr")
    html = open_queue(as_role(*Role))
    assert "numaram [numara], tc [numara], [e-posta]" in html
    assert "111 22 33" not in html


def test_what_people_write_is_shown_as_text(as_role: Callable[..., Client]) -> None:
    case = a_case("<script>alert(1)</script> <b>kalın</b>")
    client = as_role(Role.STAFF)
    for html in (open_queue(client), client.get(f"/vaka/{case.reference}/").content.decode()):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_late_cases_are_marked(as_role: Callable[..., Client]) -> None:
    hour = datetime.timedelta(hours=1)
    a_case("geç", due_at=timezone.now() - hour)
    assert "Süresi geçti" in open_queue(as_role(Role.STAFF))
    Case.objects.update(status=Status.DONE)
    assert "Süresi geçti" not in open_queue(as_role(Role.STAFF), "?sekme=bitti")


def test_pages_follow_each_other(as_role: Callable[..., Client]) -> None:
    group_of = [a_group(str(number)) for number in range(PAGE_ROWS + 1)]
    for number, group in enumerate(group_of):
        a_case(f"soru {number}", group=group)
    client = as_role(Role.STAFF)
    first, second = open_queue(client), open_queue(client, "?sayfa=2")
    assert (first.count('class="row"'), second.count('class="row"')) == (PAGE_ROWS, 1)
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow(
    count: int, me: User, django_assert_num_queries: Callable[..., object]
) -> None:
    for number in range(count):
        a_case(f"soru {number}", assignee=me, status=Status.OPEN)
    client = Client()
    client.force_login(me, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("queue"))
    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        client.get(reverse("queue") + "?sekme=bende")


def test_an_open_queue_learns_of_new_cases(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.STAFF)
    address = reverse("queue-counts")
    assert client.get(address, {"yeni": "0"}).status_code == 204
    a_case()
    assert "1 yeni vaka" in client.get(address, {"yeni": "0"}).content.decode()


def test_a_reader_that_stopped_is_said(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.STAFF)
    state = ReadingState.objects.create(pk=1, read_at=timezone.now())
    assert "okuyucu çalışmıyor" not in open_queue(client)
    state.read_at = timezone.now() - datetime.timedelta(minutes=5)
    state.save()
    assert "5 dakika önce" in open_queue(client).replace("\xa0", " ")
