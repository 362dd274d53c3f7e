"""The nightly summary of a day, by e-mail."""

import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from bot.desk.audit import record
from bot.desk.codes import Action, Status
from bot.desk.models import Case, Office
from bot.desk.reports.figures import Period, report
from bot.mail import mail_is_set, send_mail


def send_summary(day: datetime.date) -> int:
    """Send the summary of a day to whoever wants it; return to how many.

    Raises:
        MailError: if the mail server refused.
    """
    to = Office.current().summary_to
    if not to or not mail_is_set():
        return 0
    text = summary_text(day)
    for address in to:
        send_mail(address, f"Destek masası: {day:%d.%m.%Y} özeti", text)
    record(None, Action.SUMMARY_SENT, subject=f"{day:%d.%m.%Y}, {len(to)} kişi")
    return len(to)


def summary_text(day: datetime.date) -> str:
    """Return the summary of a day; questions in it are masked."""
    waiting = Case.objects.exclude(status=Status.DONE)
    return render_to_string(
        "desk/summary.txt",
        {
            "day": day,
            "report": report(Period(day, day)),
            "open": waiting.count(),
            "late": waiting.filter(due_at__lt=timezone.now()).count(),
        },
    )
