"""Every figure against events counted by hand.

The conversations below are written as the assistant stores them; the expected numbers
were counted on paper from this file, not by the code.
"""

import csv
import datetime
import html
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bot.clock import TURKIYE
from bot.desk.codes import Action, Closing, Role, Status
from bot.desk.models import Case, LogEntry, Office, Question
from bot.desk.reading.tracker import StoredEvent
from bot.desk.reading.writing import Writer
from bot.desk.reports import summary
from bot.desk.reports.charts import HEIGHT, stacked
from bot.desk.reports.figures import Period, Tally, report
from bot.desk.reports.tables import Table, as_csv, tables
from tests.desk.events import Talk

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = datetime.date(2026, 11, 16), datetime.date(2026, 11, 17)
WEEK = Period(MONDAY, datetime.date(2026, 11, 22))


def at(day: datetime.date, hour: int, minute: int = 0) -> float:
    moment = datetime.datetime.combine(day, datetime.time(hour, minute), TURKIYE)
    return moment.timestamp()


def conversations() -> dict[str, Talk]:
    """Return seven conversations on two days.

    Monday:
      a (web)       ke-01 at once, thumb up; small talk
      b (web)       offer, first chosen (ke-03); then unanswered AAAA-0001, answered by
                    the staff after 2 hours
      c (telegram)  unanswered AAAA-0002, the same question as AAAA-0001; never answered
      d (web)       offer, nothing chosen
    Tuesday:
      e (web)       ke-01, thumb down, so AAAA-0003; answered by the staff after 30 minutes
      f (telegram)  flow akis-kalite begun, left
      a (web)       a second session: akis-esep, a guide, at its first step
    Wednesday of another week: g, not counted.
    """
    a = Talk(at(MONDAY, 9)).user("etiket ne zaman").answered("ke-01", "etiket ne zaman")
    a.user("evet").judged("ke-01", helpful=True).user("teşekkürler").bot("Rica ederim.")
    a.now = at(TUESDAY, 11)
    a.add("session_started").user("adım adım geçiş").flow("akis-esep", track="eski")
    b = Talk(at(MONDAY, 10)).user("belge").offered("belge", "ke-03", "genel-03")
    b.user("1").answered("ke-03").user("ödül töreni ne zaman", key="b2")
    b.handed("AAAA-0001", "ödül töreni ne zaman")
    c = Talk(at(MONDAY, 23, 59), "telegram").user("Ödül töreni ne zaman?")
    c.handed("AAAA-0002", "Ödül töreni ne zaman?")
    d = Talk(at(MONDAY, 15)).user("üye").offered("üye", "esep-07", "genel-01")
    e = Talk(at(TUESDAY, 0)).user("etiket", key="e1").answered("ke-01", "etiket")
    e.user("hayır").judged("ke-01", helpful=False)
    e.handed("AAAA-0003", "etiket", "not_helpful")
    f = Talk(at(TUESDAY, 12), "telegram").user("14 kişiyiz").flow("akis-kalite")
    g = Talk(at(datetime.date(2026, 11, 25), 9)).user("etiket").answered("ke-01", "etiket")
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": f, "g": g}


@pytest.fixture
def counted(db: None) -> None:
    writer = Writer()
    for key, talk in conversations().items():
        writer.take([StoredEvent(f"web-{key}", event, 1) for event in talk.events])
    for reference, message, minutes in (("AAAA-0001", "b2", 120), ("AAAA-0003", "e1", 30)):
        case = Case.objects.get(reference=reference)
        when = case.asked_at + datetime.timedelta(minutes=minutes)
        Question.objects.filter(message=message).update(staff_at=when)
        case.answered_at, case.status, case.closing = when, Status.DONE, Closing.ANSWERED
        case.save()


@pytest.mark.usefixtures("counted")
class TestFigures:
    def test_the_total(self) -> None:
        assert report(WEEK).total == Tally(
            visits=7, questions=8, at_once=2, after_offer=1, by_staff=2, never=3, up=1, down=1
        )

    def test_each_day_of_the_period(self) -> None:
        days = report(WEEK).days
        assert days[MONDAY] == Tally(
            visits=4, questions=5, at_once=1, after_offer=1, by_staff=1, never=2, up=1
        )
        assert days[TUESDAY] == Tally(visits=3, questions=3, at_once=1, by_staff=1, never=1, down=1)
        assert list(days) == WEEK.days()
        assert days[datetime.date(2026, 11, 18)] == Tally()

    def test_each_channel(self) -> None:
        assert report(WEEK).channels == {
            "web": Tally(
                visits=5, questions=6, at_once=2, after_offer=1, by_staff=2, never=1, up=1, down=1
            ),
            "telegram": Tally(visits=2, questions=2, never=2),
        }

    def test_each_entry(self) -> None:
        assert report(WEEK).entries == {
            "ke-01": Tally(questions=2, at_once=1, by_staff=1, up=1, down=1),
            "akis-esep": Tally(questions=1, at_once=1),
            "akis-kalite": Tally(questions=1, never=1),
            "ke-03": Tally(questions=1, after_offer=1),
        }

    def test_how_long_the_staff_took(self) -> None:
        waiting = report(WEEK).waiting
        assert waiting.answers == 2
        assert waiting.median == datetime.timedelta(minutes=75)
        assert waiting.in_time == 1.0
        Case.objects.filter(reference="AAAA-0003").update(
            due_at=datetime.datetime(2026, 11, 1, tzinfo=TURKIYE)
        )
        assert report(WEEK).waiting.in_time == 0.5

    def test_the_questions_most_asked(self) -> None:
        groups = [(g.text, g.people, g.cases, g.still_open) for g in report(WEEK).groups]
        assert groups == [("ödül töreni ne zaman", 2, 2, 1), ("etiket", 1, 1, 0)]

    def test_one_channel_alone(self) -> None:
        only = report(Period(WEEK.first, WEEK.last, "telegram"))
        assert only.total == Tally(visits=2, questions=2, never=2)
        assert [group.people for group in only.groups] == [1]
        assert only.waiting.answers == 0

    def test_a_single_day_ends_at_midnight_in_turkiye(self) -> None:
        assert report(Period(MONDAY, MONDAY)).total.questions == 5
        assert report(Period(TUESDAY, TUESDAY)).total.questions == 3

    def test_the_four_kinds_are_all_questions(self) -> None:
        total = report(WEEK).total
        kinds = total.at_once + total.after_offer + total.by_staff + total.never
        assert kinds == total.questions

    def test_the_page_and_its_files_show_the_same(self, as_role: Callable[..., Client]) -> None:
        client = as_role(Role.OBSERVER)
        period = {"first": "2026-11-16", "last": "2026-11-22"}
        page = html.unescape(client.get(reverse("reports"), period).content.decode())
        for table in tables(report(WEEK)):
            assert table.caption in page
            answer = client.get(reverse("report-file", args=[table.name]), period)
            text = answer.content.decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text), delimiter=";"))
            assert rows[0] == list(table.head)
            assert rows[1:] == [[str(cell) for cell in row] for row in table.rows]
            for cell in (str(cell) for row in table.rows for cell in row):
                assert cell in page
        taken = LogEntry.objects.filter(action=Action.REPORT_TAKEN)
        assert taken.count() == len(tables(report(WEEK)))

    def test_the_summary_tells_the_day_before(self) -> None:
        text = summary.summary_text(MONDAY)
        assert "16 Kasım 2026 günü" in text
        assert "Konuşma: 4\nSoru: 5\n" in text
        assert "görevlinin yanıtladığı: 1" in text
        assert "Şu anda açık vaka: 1" in text
        assert "- ödül töreni ne zaman (2 kişi)" in text

    def test_the_summary_goes_to_whoever_wants_it(self, mail_server: Any) -> None:
        assert summary.send_summary(MONDAY) == 0
        Office(summary_to=["mudur@okul.example", "sef@okul.example"]).save()
        assert summary.send_summary(MONDAY) == 2
        assert [to for to, _ in mail_server.sent] == ["mudur@okul.example", "sef@okul.example"]
        assert "Konuşma: 4" in mail_server.sent[0][1]


def test_nothing_happened_is_shown_as_nothing(as_role: Callable[..., Client]) -> None:
    empty = report(WEEK)
    assert (empty.total, empty.channels, empty.groups) == (Tally(), {}, [])
    page = as_role(Role.LEAD).get(reverse("reports")).content.decode()
    assert "Bu dönemde kayıt yok." in page


@pytest.mark.parametrize(
    "query",
    [
        {"first": "yarın", "last": "2026-11-22"},
        {"first": "2026-11-22", "last": "2026-11-16"},
        {"first": "2000-01-01", "last": "2026-11-16"},
        {"channel": "yok"},
    ],
)
def test_a_period_that_makes_no_sense_is_said(
    as_role: Callable[..., Client], query: dict[str, str]
) -> None:
    page = as_role(Role.LEAD).get(reverse("reports"), query).content.decode()
    assert "errorlist" in page


@pytest.mark.parametrize(
    "cell", ["=1+1", "+90", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_becomes_a_formula(cell: str) -> None:
    text = as_csv(Table("x", "x", ("A",), [(cell,)]))
    (_, (read,)) = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";"))
    assert read == "'" + cell


def test_a_chart_stacks_its_values() -> None:
    chart = stacked(["1", "2"], {"a": [1, 0], "b": [3, 2]})
    assert [bar.series for bar in chart.bars] == ["a", "b", "b"]
    assert [bar.height for bar in chart.bars] == pytest.approx([50.5, 151.5, 101.0])
    first, second, third = chart.bars
    assert first.y + first.height == pytest.approx(HEIGHT - 28)
    assert second.y + second.height == pytest.approx(first.y)
    assert third.x > first.x
    assert [line.text for line in chart.lines] == ["0", "1", "2", "3", "4"]
    assert stacked([], {}).bars == ()


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A real SMTP conversation with a small server of our own."""
    from dataclasses import replace

    from bot import mail
    from bot.settings import settings
    from tests.desk.mails import MailServer

    server = MailServer()
    chosen = replace(
        settings(), smtp_url=f"smtp://127.0.0.1:{server.port}", mail_from="masa@okul.example"
    )
    monkeypatch.setattr(mail, "settings", lambda: chosen)
    yield server
    server.close()
