"""The queue: which cases a tab and its filters show, similar ones in one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import Truncator

from bot.desk.codes import Reason, Status
from bot.desk.models import Case
from bot.desk.transcript import beliefs
from bot.text.fold import normalize
from bot.text.masking import mask

PAGE_ROWS = 50
MAX_TEXT = 240
TABS = (
    ("yeni", "Yeni"),
    ("bende", "Bende"),
    ("bekleyen", "Bekleyen"),
    ("bitti", "Bitti"),
    ("tumu", "Tümü"),
)
ORDERS = {"sure": "Süresi yakın olan", "yeni": "En yeni", "cok": "En çok sorulan"}
_ORDER_BY: dict[str, tuple[str, ...]] = {
    "sure": ("due", "group_id"),
    "yeni": ("-newest", "-group_id"),
    "cok": ("-count", "due", "group_id"),
}


@dataclass(frozen=True)
class Filters:
    """What the address says: tab, search words and filters, order, page."""

    tab: str = "yeni"
    words: str = ""
    reason: str = ""
    channel: str = ""
    province: str = ""
    group: int = 0
    order: str = "sure"
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        """Read an address; what it cannot mean is left out."""
        tab, order = str(query.get("sekme", "")), str(query.get("sira", ""))
        reason = str(query.get("neden", ""))
        return cls(
            tab=tab if tab in dict(TABS) else "yeni",
            words=str(query.get("q", ""))[:100].replace("\x00", ""),
            reason=reason if reason in Reason.values else "",
            channel=str(query.get("kanal", ""))[:40].replace("\x00", ""),
            province=str(query.get("il", ""))[:40].replace("\x00", ""),
            group=_number(query.get("grup"), 0),
            order=order if order in ORDERS else "sure",
            page=max(_number(query.get("sayfa"), 1), 1),
        )

    def address(self, **changes: Any) -> str:
        """Return the query of an address with some things changed; the page starts anew."""
        values = {
            "sekme": self.tab,
            "q": self.words,
            "neden": self.reason,
            "kanal": self.channel,
            "il": self.province,
            "grup": self.group,
            "sira": self.order if self.order != "sure" else "",
            **changes,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def narrowed(self) -> bool:
        """Tell whether anything but the tab chooses."""
        return bool(self.words or self.reason or self.channel or self.province or self.group)


@dataclass(frozen=True)
class Row:
    """A row: its first case, how many people ever asked that, and whether it is late."""

    case: Case
    text: str
    people: int
    late: bool
    group_address: str
    beliefs: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Page:
    """What the queue shows."""

    rows: list[Row]
    rows_in_all: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.rows_in_all // PAGE_ROWS))


def page(filters: Filters, user: User) -> Page:
    """Return a page of the queue; the number of queries does not depend on the rows."""
    cases = _chosen(filters, user)
    by = "pk" if filters.group else "group_id"
    groups = cases.values(by).annotate(
        due=Min("due_at"), newest=Max("asked_at"), count=Count("pk"), first=Min("pk")
    )
    order = [name.replace("group_id", by) for name in _ORDER_BY[filters.order]]
    start = (filters.page - 1) * PAGE_ROWS
    shown = list(groups.order_by(*order)[start : start + PAGE_ROWS])
    first = Case.objects.select_related("assignee", "conversation", "group").in_bulk(
        [row["first"] for row in shown]
    )
    people = dict(
        Case.objects.filter(group__in=[case.group_id for case in first.values()])
        .values_list("group_id")
        .annotate(Count("conversation", distinct=True))
    )
    now = timezone.now()
    rows = [
        Row(
            case := first[row["first"]],
            Truncator(mask(case.text)).chars(MAX_TEXT),
            people[case.group_id],
            case.status != Status.DONE and row["due"] < now,
            filters.address(grup=case.group_id),
            beliefs(case.ranking)[:1],
        )
        for row in shown
    ]
    return Page(rows, cases.values(by).distinct().count(), counts(user))


def counts(user: User) -> dict[str, int]:
    """Return how many cases each tab holds."""
    return Case.objects.aggregate(**{tab: Count("pk", filter=_tab(tab, user)) for tab, _ in TABS})


def _tab(tab: str, user: User) -> Q:
    return {
        "yeni": Q(status=Status.NEW),
        "bende": Q(assignee=user) & ~Q(status=Status.DONE),
        "bekleyen": Q(status=Status.WAITING),
        "bitti": Q(status=Status.DONE),
        "tumu": Q(),
    }[tab]


def _chosen(filters: Filters, user: User) -> QuerySet[Case]:
    chosen = Case.objects.filter(_tab(filters.tab, user))
    for word in normalize(filters.words).split():
        chosen = chosen.filter(folded__contains=word)
    if filters.reason:
        chosen = chosen.filter(reason=filters.reason)
    if filters.channel:
        chosen = chosen.filter(channel=filters.channel)
    if filters.province:
        chosen = chosen.filter(province=filters.province)
    if filters.group:
        chosen = chosen.filter(group=filters.group)
    return chosen


def _number(text: Any, default: int) -> int:
    text = str(text or "")
    return int(text) if text.isdecimal() and len(text) < 10 else default
