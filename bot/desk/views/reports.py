"""The reports."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bot.clock import today
from bot.desk.access import needs, person
from bot.desk.audit import record
from bot.desk.codes import Action
from bot.desk.forms import PeriodForm
from bot.desk.labels import channel_label
from bot.desk.models import Conversation
from bot.desk.reports.charts import Chart, stacked
from bot.desk.reports.figures import Period, Report, report
from bot.desk.reports.tables import OUTCOMES, as_csv, tables

DEFAULT_DAYS = 30
PRESETS = ((7, "7 gün"), (30, "30 gün"), (90, "90 gün"))


@require_safe
@needs("see_reports")
def reports(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period."""
    form = _form(request)
    found = report(form.period() if form.is_valid() else _last_days(DEFAULT_DAYS))
    context = {
        "form": form,
        "report": found,
        "tables": tables(found),
        "chart": _chart(found),
        "outcomes": OUTCOMES,
        "presets": [("?" + _address(_last_days(days)), label) for days, label in PRESETS],
        "address": _address(found.period),
    }
    return render(request, "desk/reports.html", context)


@require_safe
@needs("see_reports")
def report_file(request: HttpRequest, name: str) -> HttpResponse:
    """Return one table as a file for a spreadsheet."""
    form = _form(request)
    period = form.period() if form.is_valid() else _last_days(DEFAULT_DAYS)
    table = next((one for one in tables(report(period)) if one.name == name), None)
    if table is None:
        raise Http404
    record(person(request), Action.REPORT_TAKEN, subject=f"{name}, {period.first}–{period.last}")
    file = f"{name}-{period.first}-{period.last}.csv"
    return HttpResponse(
        as_csv(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _form(request: HttpRequest) -> PeriodForm:
    used = Conversation.objects.exclude(channel="").values_list("channel", flat=True).distinct()
    period = _last_days(DEFAULT_DAYS)
    data: dict[str, Any] = {"first": period.first, "last": period.last, **request.GET.dict()}
    return PeriodForm(data, channels=[(code, channel_label(code)) for code in used])


def _last_days(count: int) -> Period:
    last = today()
    return Period(last - datetime.timedelta(days=count - 1), last)


def _address(period: Period) -> str:
    return urlencode(
        {
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "channel": period.channel,
        }
    )


def _chart(found: Report) -> Chart:
    columns = [f"{day.day}.{day.month:02}" for day in found.days]
    series = {name: [getattr(tally, name) for tally in found.days.values()] for name, _ in OUTCOMES}
    return stacked(columns, series)
