"""A real browser for tests: the system's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def chromium_path() -> str:
    """Return where Chromium is.

    Raises:
        AssertionError: if there is none. These tests are not skipped.
    """
    named = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    found = named if Path(named).is_file() else shutil.which("chromium")
    assert found, "no Chromium: install it, or name it in the environment variable CHROMIUM"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser with a profile of its own, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
