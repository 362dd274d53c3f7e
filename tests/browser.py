"""Debian's Chromium under Playwright, for the tests that look at pages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

#: Without these Chromium calls its maker's hosts at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Return the browser's program; `make setup-dev` installs it."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium yok: make setup-dev çalıştırın ya da CHROMIUM ile yerini söyleyin"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser for a block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
