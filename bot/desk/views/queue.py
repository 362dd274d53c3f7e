"""The queue."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bot.desk.access import needs, person
from bot.desk.codes import Reason
from bot.desk.labels import channel_label
from bot.desk.models import Case, ReadingState
from bot.desk.queue import ORDERS, TABS, Filters, counts, page
from bot.reference import reference_of

#: The reader notes once a second that it lives.
STALE = datetime.timedelta(minutes=2)


@require_safe
@needs("read_cases")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the cases of a tab; a reference code in the search opens its case."""
    filters = Filters.read(request.GET)
    if (code := reference_of(filters.words)) and Case.objects.filter(reference=code).exists():
        return redirect("case", code)
    shown = page(filters, person(request))
    context = {
        "filters": filters,
        "page": shown,
        "tabs": [
            (label, filters.address(sekme=tab), shown.counts[tab], tab == filters.tab)
            for tab, label in TABS
        ],
        "reasons": Reason.choices,
        "channels": [(code, channel_label(code)) for code in _used("channel")],
        "provinces": _used("province"),
        "orders": ORDERS.items(),
        "unread_since": _unread_since(),
        "before": filters.address(sayfa=filters.page - 1) if filters.page > 1 else "",
        "after": filters.address(sayfa=filters.page + 1) if filters.page < shown.pages else "",
    }
    return render(request, "desk/queue.html", context)


@require_safe
@needs("read_cases")
def queue_counts(request: HttpRequest) -> HttpResponse:
    """Tell an open queue how many new cases there are; nothing if that has not changed."""
    new = counts(person(request))["yeni"]
    if str(new) == request.GET.get("yeni"):
        return HttpResponse(status=204)
    return render(request, "desk/queue_changed.html", {"new": new})


def _used(field: str) -> list[str]:
    """Return the values that cases have, for the filters."""
    return list(
        Case.objects.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()
    )


def _unread_since() -> datetime.datetime | None:
    """Return since when the reader has been silent, None while it works."""
    state = ReadingState.objects.filter(pk=1).first()
    if state and state.read_at and timezone.now() - state.read_at > STALE:
        return state.read_at
    return None
