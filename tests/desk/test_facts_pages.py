"""Dated facts and the health of the knowledge on the pages: checked, live, logged, in the patch."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bot.desk.codes import Action, Outcome, Role
from bot.desk.models import Conversation, Feedback, LogEntry, Question
from bot.desk.usage import usage
from bot.knowledge.banner import load_banner
from bot.knowledge.current import coordinators, figures
from bot.learning import links, store
from bot.live import live

pytestmark = pytest.mark.django_db

SOURCE = {
    "document": "yeni",
    "document_title": "Kalite Etiketi 2026 duyurusu",
    "document_short": "KE 2026",
    "document_date": "2026-01-15",
    "place": "Tarihler",
}
DAY = {"year": 2026, "day": "2026-06-01", **SOURCE}
FIGURE = {"value": 12, "first": 2026, "until": 2026, **SOURCE}
CSV = "il;ad;telefon;e-posta;kaynak;tarih;gizli\nVan;Deneme Kişi;;;Yazı;2026-09-01;\n"


@pytest.fixture
def editor(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.EDITOR)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def patch_of(client: Client) -> str:
    return body(client.get(reverse("teaching-patch")))


def a_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("rehber.csv", text.encode(), "text/csv")


def changes() -> list[str]:
    known = LogEntry.objects.filter(action=Action.FACT_CHANGED).order_by("id")
    return list(known.values_list("subject", flat=True))


def test_a_day_is_set_and_taken_away(editor: Client) -> None:
    answer = editor.post(reverse("fact-day", args=["application_until"]), DAY, follow=True)
    assert "1 Haziran 2026" in body(answer)
    assert "KE 2026, Tarihler" in body(answer)
    day = figures().day("application_until", 2026)
    assert day is not None
    assert day.date.iso() == "2026-06-01"
    assert "+" in patch_of(editor)
    assert "2026-06-01" in patch_of(editor)
    editor.post(reverse("fact-day-clear", args=["application_until", 2026]))
    assert figures().day("application_until", 2026) is None
    assert changes() == [
        "Kalite Etiketi son başvuru günü (2026): 1 Haziran 2026",
        "Kalite Etiketi son başvuru günü (2026): kaldırıldı",
    ]


def test_a_figure_is_set_for_its_years(editor: Client) -> None:
    address = reverse("fact-figure", args=["akis-kalite", "members_tr"])
    editor.post(address, FIGURE)
    assert figures().in_year("akis-kalite", "members_tr", 2026).value == 12
    editor.post(reverse("fact-figure-clear", args=["akis-kalite", "members_tr", 2026]))
    assert figures().in_year("akis-kalite", "members_tr", 2026).value != 12


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"year": 2026, "day": "2029-06-01"}, "yılı denetleyin"),
        ({"place": ""}, "zorunludur"),
        ({"document": "sss-2020", "document_title": ""}, "diye bir yer yok"),
        ({"document_date": ""}, "Yeni bir belge için yazın"),
    ],
)
def test_a_day_is_checked_like_the_file(given: dict[str, Any], said: str, editor: Client) -> None:
    answer = editor.post(reverse("fact-day", args=["application_until"]), {**DAY, **given})
    assert answer.status_code == 422
    assert said in body(answer)
    assert figures().day("application_until", 2026) is None
    assert changes() == []


def test_overlapping_periods_are_refused(editor: Client) -> None:
    address = reverse("fact-figure", args=["akis-kalite", "members_tr"])
    first = figures().rules["akis-kalite"]["members_tr"].periods[0]
    years = {"first": first.first - 1, "until": first.until}
    answer = editor.post(address, {**FIGURE, **years})
    assert (answer.status_code, "çakışıyor" in body(answer)) == (422, True)


def test_coordinators_are_imported_and_hidden(editor: Client) -> None:
    address = reverse("coordinators-import")
    page = body(editor.post(address, {"file": a_file(CSV)}, follow=True))
    assert "Deneme Kişi" in page
    assert [one.name for one in coordinators() if one.province == "Van"] == ["Deneme Kişi"]
    hide = {"province": "Van", "hidden": "evet"}
    assert "Van: göster" in body(editor.post(reverse("coordinators-hide"), hide, follow=True))
    assert [one.hidden for one in coordinators() if one.province == "Van"] == [True]


def test_a_broken_line_of_the_directory_is_named(editor: Client) -> None:
    broken = CSV + "Vann;Biri;;;Yazı;2026-09-01;\n"
    answer = editor.post(reverse("coordinators-import"), {"file": a_file(broken)})
    assert answer.status_code == 422
    assert "rehber.csv:3" in body(answer)
    assert not [one for one in coordinators() if one.name == "Deneme Kişi"]


def test_the_outage_notice_is_live_at_once(editor: Client) -> None:
    notice = {"text": "Portal bakımda.", "until": "2027-01-05"}
    editor.post(reverse("fact-banner"), notice)
    assert load_banner(live().knowledge).text == "Portal bakımda."
    bad = editor.post(reverse("fact-banner"), {"text": "x", "until": "yarın"})
    assert (bad.status_code, "zaman değil" in body(bad)) == (422, True)
    page = body(editor.post(reverse("fact-banner-clear"), follow=True))
    assert "Yayında: Duyuru kaldırıldı" in page
    assert "Duyuruyu kaldır" not in page
    assert load_banner(live().knowledge).text == ""
    assert changes() == ["Duyuru: Portal bakımda.", "Duyuru kaldırıldı"]


def test_usage_is_counted_by_entry(db: None) -> None:
    conversation = Conversation.objects.create(key="web-1", channel="web")
    now = timezone.now()
    for number, entry in enumerate(("ke-01", "ke-01", "ke-02", "")):
        Question.objects.create(
            conversation=conversation,
            message=str(number),
            asked_at=now - datetime.timedelta(days=number),
            entry=entry,
            outcome=Outcome.ANSWERED,
        )
    for number, helpful in enumerate((True, False, False)):
        moment = now + datetime.timedelta(seconds=number)
        Feedback.objects.create(
            conversation=conversation, given_at=moment, entry="ke-01", helpful=helpful
        )
    found = usage()
    assert found["ke-01"] == (2, timezone.localdate(now), 1, 2)
    assert found["ke-02"].asked == 1
    assert set(found) == {"ke-01", "ke-02"}


def test_the_health_page_shows_what_is_due_and_why(editor: Client) -> None:
    conversation = Conversation.objects.create(key="web-1", channel="web")
    for number in range(3):
        moment = timezone.now() + datetime.timedelta(seconds=number)
        Feedback.objects.create(
            conversation=conversation, given_at=moment, entry="ke-01", helpful=False
        )
    (link, *_rest) = links.links_of(knowledge_base())
    state = {"state": links.DEAD, "why": "HTTP 404", "at": "2026-11-20T10:00:00+03:00"}
    store.write_json(store.folder() / links.FILE, {link: state})
    page = body(editor.get(reverse("knowledge-health")))
    for part in ("3 oydan 3 tanesi", "Bağlantı açılmıyor", "HTTP 404", "Hiç sorulmadı"):
        assert part in page
    assert "son olarak 20 Kasım 2026" in page


def knowledge_base() -> Any:
    from bot.knowledge import current

    return current()


def test_still_right_and_change_are_noted(editor: Client, as_role: Callable[..., Client]) -> None:
    staff = as_role(Role.STAFF)
    staff.post(reverse("health-change"), {"key": "ke-01", "note": "Tarih değişti"})
    page = body(staff.get(reverse("knowledge-health")))
    assert "Tarih değişti" in page
    assert "Değişmesi istenenler" in page
    assert "hâlâ doğru</" not in page.lower().split("<h2", 1)[1]  # no button for the staff
    editor.post(reverse("health-right"), {"key": "ke-01", "note": "Baktım, doğru"})
    assert "Tarih değişti" not in body(editor.get(reverse("knowledge-health")))
    entry = knowledge_base().entries["ke-01"]
    assert entry.review_by.last_day() > timezone.localdate()
    empty = editor.post(reverse("health-change"), {"key": "ke-01", "note": " "}, follow=True)
    assert "Neyin değişmesi" in body(empty)
    known = LogEntry.objects.filter(action__in=(Action.CHANGE_WANTED, Action.FOUND_RIGHT))
    assert list(known.order_by("id").values_list("action", "subject")) == [
        (Action.CHANGE_WANTED, "ke-01"),
        (Action.FOUND_RIGHT, "ke-01"),
    ]


def test_the_patch_is_handed_out_and_logged(editor: Client) -> None:
    answer = editor.get(reverse("teaching-patch"))
    assert body(answer) == ""  # nothing was changed
    assert "masadan.patch" in answer.headers["Content-Disposition"]
    assert LogEntry.objects.filter(action=Action.PATCH_TAKEN).count() == 1
