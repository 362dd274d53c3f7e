"""Who may do what: every address and method against every role, and nobody at all.

The table below is the specification, written apart from the code that enforces it.
"""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver, reverse

from bot.desk.codes import Role
from bot.desk.models import CannedAnswer, Case, LogEntry, Proposal, Reply
from bot.desk.views import health
from bot.learning.teaching import Teaching
from tests.desk.conftest import a_case
from tests.desk.store import PASSWORD

pytestmark = pytest.mark.django_db

G, E, Y, Z = Role.STAFF, Role.EDITOR, Role.LEAD, Role.OBSERVER
ALL = {G, E, Y, Z}
EDITS = {E, Y}
PROPOSES = {G, E, Y}


class Rule(NamedTuple):
    """An address with a method, who may, and what those who may get."""

    name: str
    method: str
    roles: set[Role]
    anonymous: bool = False


TABLE = [
    Rule("home", "get", ALL),
    Rule("health", "get", ALL, anonymous=True),
    Rule("login", "get", ALL, anonymous=True),
    Rule("login", "post", ALL, anonymous=True),
    Rule("logout", "post", ALL, anonymous=True),
    Rule("change-password", "get", ALL),
    Rule("change-password", "post", ALL),
    Rule("choose-password", "get", ALL, anonymous=True),
    Rule("choose-password", "post", ALL, anonymous=True),
    Rule("queue", "get", ALL),
    Rule("queue-counts", "get", ALL),
    Rule("case", "get", ALL),
    Rule("transcript", "get", ALL),
    Rule("show-personal", "post", {G}),
    Rule("preview", "post", {G}),
    Rule("reply", "post", {G}),
    Rule("send-again", "post", {G}),
    Rule("take", "post", {G}),
    Rule("release", "post", {G}),
    Rule("assign", "post", {G}),
    Rule("note", "post", {G}),
    Rule("wait", "post", {G}),
    Rule("duplicate", "post", {G}),
    Rule("close", "post", {G}),
    Rule("reopen", "post", {G}),
    Rule("take-over", "post", {G}),
    Rule("give-back", "post", {G}),
    Rule("canned", "get", ALL),
    Rule("canned-new", "get", EDITS),
    Rule("canned-new", "post", EDITS),
    Rule("canned-edit", "get", EDITS),
    Rule("canned-edit", "post", EDITS),
    Rule("canned-delete", "post", EDITS),
    Rule("teaching", "get", ALL),
    Rule("teach-phrase", "get", PROPOSES),
    Rule("teach-phrase", "post", PROPOSES),
    Rule("teach-entry", "get", PROPOSES),
    Rule("teach-entry", "post", PROPOSES),
    Rule("proposal-approve", "post", EDITS),
    Rule("proposal-reject", "post", EDITS),
    Rule("teaching-start", "post", EDITS),
    Rule("teaching-undo", "post", EDITS),
    Rule("teaching-patch", "get", EDITS),
    Rule("teaching-one", "get", ALL),
    Rule("teaching-again", "post", EDITS),
    Rule("teaching-take-back", "post", EDITS),
    Rule("facts", "get", ALL),
    Rule("fact-banner", "get", EDITS),
    Rule("fact-banner", "post", EDITS),
    Rule("fact-day", "get", EDITS),
    Rule("fact-day", "post", EDITS),
    Rule("fact-banner-clear", "post", EDITS),
    Rule("fact-day-clear", "post", EDITS),
    Rule("fact-figure", "get", EDITS),
    Rule("fact-figure", "post", EDITS),
    Rule("fact-figure-clear", "post", EDITS),
    Rule("coordinators", "get", ALL),
    Rule("coordinators-import", "post", EDITS),
    Rule("coordinators-hide", "post", EDITS),
    Rule("knowledge-health", "get", ALL),
    Rule("health-right", "post", EDITS),
    Rule("health-change", "post", PROPOSES),
    Rule("health-links", "post", EDITS),
    Rule("reports", "get", {Y, Z}),
    Rule("report-file", "get", {Y, Z}),
    Rule("privacy", "get", {Y}),
    Rule("privacy", "post", {Y}),
    Rule("privacy-export", "post", {Y}),
    Rule("privacy-erase", "post", {Y}),
    Rule("log", "get", {Y}),
    Rule("users", "get", {Y}),
    Rule("user-new", "get", {Y}),
    Rule("user-new", "post", {Y}),
    Rule("user-edit", "get", {Y}),
    Rule("user-edit", "post", {Y}),
    Rule("user-link", "post", {Y}),
    Rule("office", "get", {Y}),
    Rule("office", "post", {Y}),
]
#: Links everybody sees.
SHARED = ["Kuyruk", "Hazır yanıtlar", "Öğretme", "Güncel bilgiler", "Bilginin sağlığı"]
#: The other method of each of these addresses is refused to everybody.
METHODS = ("get", "post")


class World:
    """What the addresses are about."""

    def __init__(self, somebody: User) -> None:
        self.somebody = somebody
        self.case: Case = a_case(reference="K7F2-9QXM")
        self.reply = Reply.objects.create(
            id="a" * 32,
            case=self.case,
            author=somebody,
            text="Yanıt",
            state="failed",
            written_at=self.case.asked_at,
        )
        self.canned = CannedAnswer.objects.create(
            title="Selam", text="Merhaba", changed_by=somebody, changed_at=self.case.asked_at
        )
        self.proposal = Proposal.objects.create(text="soru", target="ke-01", author=somebody)
        # In use: what may be begun again would be trained.
        self.teaching = Teaching("20261120-101500-abcdef", "ayse", "2026-11-20T10:15:00+03:00")
        self.teaching.enter("live")

    def address(self, name: str) -> str:
        known = {
            "reference": self.case.reference,
            "reply_id": self.reply.id,
            "name": "toplam",
            "uidb64": "MQ",
            "token": "set-password",
            "teaching": self.teaching.id,
            "event": "application_until",
            "rule": "akis-kalite",
            "figure": "members_tr",
            "year": 2001,
        }
        numbers = {
            "canned": self.canned.pk,
            "user": self.somebody.pk,
            "proposal": self.proposal.pk,
        }
        pattern = _patterns()[name]
        arguments = {part: known.get(part, numbers.get(name.partition("-")[0])) for part in pattern}
        return reverse(name, kwargs=arguments)


def _patterns() -> dict[str, list[str]]:
    """Return the parameters of every address of the desk, by its name."""
    found = {}
    for pattern in get_resolver().url_patterns:
        name, route = pattern.name, pattern.pattern  # type: ignore[union-attr]
        found[str(name)] = list(route.converters)
    return found


@pytest.fixture(autouse=True)
def no_link_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "start_check", lambda: None)


@pytest.fixture
def world(user: Callable[..., User]) -> World:
    return World(user(G))


def test_no_address_is_missing_in_the_table() -> None:
    assert {rule.name for rule in TABLE} == set(_patterns())


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.method} {rule.name}")
def test_a_role_opens_what_the_table_says(
    rule: Rule, world: World, as_role: Callable[..., Client]
) -> None:
    address = world.address(rule.name)
    for role in Role:
        status = getattr(as_role(role), rule.method)(address).status_code
        allowed = status in {200, 204, 302, 404, 422}
        assert allowed is (role in rule.roles), f"{role}: {status}"
        assert allowed or status == 403
    # Somebody without any role has signed in and may still do nothing.
    status = getattr(as_role(), rule.method)(address).status_code
    assert (status != 403) is (rule.roles == ALL and _needs_no_role(rule))


def _needs_no_role(rule: Rule) -> bool:
    return rule.anonymous or rule.name in {"home", "change-password"}


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: f"{rule.method} {rule.name}")
def test_nobody_is_sent_to_the_first_page(rule: Rule, world: World) -> None:
    address = world.address(rule.name)
    answer = getattr(Client(), rule.method)(address)
    if rule.anonymous:
        assert not answer.headers.get("Location", "").startswith("/giris/?next=")
        assert answer.status_code < 400
    else:
        # What was to be done by a form cannot be opened: the way back leads to the start.
        back = address if rule.method == "get" else "/"
        assert answer.headers["Location"] == f"/giris/?next={back}"


@pytest.mark.parametrize("name", sorted({rule.name for rule in TABLE}))
def test_a_method_that_is_not_in_the_table_is_refused(
    name: str, world: World, as_role: Callable[..., Client]
) -> None:
    client = as_role(*Role)
    for method in METHODS:
        if not any((rule.name, rule.method) == (name, method) for rule in TABLE):
            status = getattr(client, method)(world.address(name)).status_code
            assert status == 405 or name == "home"


def test_a_form_from_elsewhere_is_refused(user: Callable[..., User], world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user(*Role), backend="django.contrib.auth.backends.ModelBackend")
    for rule in TABLE:
        if rule.method == "post":
            answer = client.post(world.address(rule.name))
            assert answer.status_code == 403, rule.name
            assert "Form gönderilemedi" in answer.content.decode()


def test_refusals_leave_no_trace(world: World, as_role: Callable[..., Client]) -> None:
    client = as_role(Z)
    before = LogEntry.objects.count()
    for rule in TABLE:
        if rule.method == "post" and Z not in rule.roles:
            client.post(world.address(rule.name), {"text": "a", "closing": "answered"})
    world.case.refresh_from_db()
    assert (world.case.version, world.case.status) == (0, "new")
    assert LogEntry.objects.count() == before


def test_a_closed_account_is_out_at_once(user: Callable[..., User]) -> None:
    somebody = user(G)
    client = Client()
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("queue")).status_code == 200
    somebody.is_active = False
    somebody.save()
    assert client.get(reverse("queue")).status_code == 302
    answer = client.post(reverse("login"), {"username": somebody.username, "password": PASSWORD})
    assert answer.status_code == 200  # the form again, not the queue


def test_a_role_taken_away_counts_at_once(user: Callable[..., User]) -> None:
    somebody = user(Y)
    client = Client()
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("users")).status_code == 200
    somebody.groups.clear()
    assert client.get(reverse("users")).status_code == 403


def test_nobody_is_a_superuser_and_there_is_no_admin(world: World) -> None:
    assert not User.objects.filter(is_superuser=True).exists()
    assert Client().get("/admin/").status_code in {302, 404}


def test_the_navigation_shows_what_may_be_opened(as_role: Callable[..., Client]) -> None:
    for role, seen, hidden in (
        (G, SHARED, ["Raporlar", "Kullanıcılar", "İşlem kaydı"]),
        (Y, ["Raporlar", "Kullanıcılar", "Ayarlar", "Gizlilik", "İşlem kaydı"], []),
        (Z, [*SHARED, "Raporlar"], ["Gizlilik", "Ayarlar"]),
    ):
        page = as_role(role).get(reverse("queue")).content.decode()
        links = page[page.index("<nav") : page.index("</nav>")]
        assert all(label in links for label in seen)
        assert not any(label in links for label in hidden)
