"""A started assistant, a browser, and a page with the widget."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium
from tests.channels.widget.hand import Hand
from tests.servers import Server

SECRET = "s" * 40
#: Long enough for a busy machine; nothing waits longer than it must.
PATIENCE = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("widget"),
        BOT_STAFF_SECRET=SECRET,
        BOT_WEB_PER_ADDRESS="6000",
        BOT_WEB_PER_MINUTE="600",
    ) as begun:
        yield begun


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browser contexts with their own options, closed after the test."""
    opened: list[BrowserContext] = []

    def open_(**options: Any) -> BrowserContext:
        found = browser.new_context(**{"locale": "tr-TR", **options})
        found.set_default_timeout(PATIENCE)
        opened.append(found)
        return found

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def visit(server: Server, context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Hand]]:
    """Visit a page of the server; errors and refusals by its CSP fail the test."""
    wrong: list[str] = []

    def go(path: str = "/", begun: bool = True, tab_of: Hand | None = None, **options: Any) -> Hand:
        place = tab_of.page.context if tab_of else context(**options)
        page: Page = place.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _refused(said.text) else None)
        page.goto(f"http://127.0.0.1:{server.port}{path}")
        hand = Hand(page)
        if begun:
            hand.open()
            hand.accept()
        return hand

    yield go
    assert wrong == []


def _refused(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text
