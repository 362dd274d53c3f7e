"""The navigation: a new page adds a line here and is shown to whoever may open it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bot.desk.access import may


@dataclass(frozen=True)
class Item:
    """A link of the navigation; `pages` are the names of the pages it stands for."""

    label: str
    name: str
    permission: str
    pages: frozenset[str] = frozenset()


ITEMS = (
    Item("Kuyruk", "queue", "read_cases", frozenset({"queue", "case"})),
    Item(
        "Hazır yanıtlar",
        "canned",
        "read_cases",
        frozenset({"canned", "canned-new", "canned-edit", "canned-delete"}),
    ),
    Item(
        "Öğretme",
        "teaching",
        "read_cases",
        frozenset({"teaching", "teach-phrase", "teach-entry", "teaching-one"}),
    ),
    Item(
        "Güncel bilgiler",
        "facts",
        "read_cases",
        frozenset(
            {"facts", "fact-day", "fact-figure", "fact-banner", "coordinators"}
            | {"coordinators-import"}
        ),
    ),
    Item("Bilginin sağlığı", "knowledge-health", "read_cases"),
    Item("Raporlar", "reports", "see_reports"),
    Item("Gizlilik", "privacy", "handle_privacy"),
    Item("İşlem kaydı", "log", "read_log"),
    Item(
        "Kullanıcılar",
        "users",
        "manage_users",
        frozenset({"users", "user-new", "user-edit", "user-link"}),
    ),
    Item("Ayarlar", "office", "change_settings"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the links this person may follow, and which one is open."""
    if not request.user.is_authenticated:
        return {"navigation": []}
    match = request.resolver_match
    page = match.url_name if match else ""
    return {
        "navigation": [
            (item.label, reverse(item.name), page == item.name or page in item.pages)
            for item in ITEMS
            if may(request, item.permission)
        ]
    }
