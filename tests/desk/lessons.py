"""What an editor does on the pages of teaching, for tests and pictures."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.desk.office import DeskServer

REFUSED = "20261120-101500-abcdef"

#: A machine with other work takes longer by the clock.
PATIENCE = 300_000
#: Whose phrases are taught to be another's, and so many of them: enough to harm, too few
#: to leave it without any.
ROBBED, RECEIVER, STOLEN = "ke-04", "esep-03", 40


REPORT: dict[str, Any] = {
    "tolerance": 1,
    "questions": {
        "before": {"rows": 3000, "good": 2900, "answered": 2800},
        "after": {"rows": 3000, "good": 2880, "answered": 2790},
    },
    "worse": [
        {
            "id": "ke-04",
            "rows": 30,
            "before": 29,
            "after": 24,
            "questions": [
                {
                    "text": "başvurumu nereden yaparım",
                    "wanted": ["ke-04"],
                    "was": "ke-04",
                    "became": "ke-01",
                    "good": False,
                    "was_good": True,
                }
            ],
        }
    ],
    "changed": [],
    "newly_answered": [],
    "taught": [],
    "lost": [],
    "unlearned": [],
    "reasons": ["ke-04 kötüleşiyor: 30 sorudan doğru yere giden 29 yerine 24"],
}


def keep_teaching(office: DeskServer, name: str, state: str) -> Path:
    """Store a teaching as the worker leaves it; return its file."""
    folder = office.var_dir / "learning/teachings"
    folder.mkdir(parents=True, exist_ok=True)
    made: dict[str, Any] = {"id": name, "by": "ayse", "created": "2026-11-20T10:15:00+03:00"}
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**made, "state": state, "phrases": [], "changes": []}))
    return path


def keep_refused(office: DeskServer) -> None:
    """Store a teaching that was refused, with its report."""
    path = keep_teaching(office, REFUSED, "refused")
    path.with_suffix(".report.json").write_text(json.dumps(REPORT))


@contextmanager
def waiting(office: DeskServer) -> Iterator[str]:
    """Have a teaching wait for its turn, for as long as the block lasts; give its id."""
    path = keep_teaching(office, "20261120-101600-abcdef", "queued")
    try:
        yield path.stem
    finally:
        path.unlink()


def propose(page: Page, phrases: Sequence[str], target: str) -> None:
    """Propose phrases for an entry, taken from wherever they stand."""
    page.goto("/ogretme/cumle/")
    page.get_by_label("Öğretmenlerin cümleleri").fill("\n".join(phrases))
    page.get_by_label("Hangi kayda ait").select_option(target)
    page.get_by_label("Cümle başka bir kayıttaysa").check()
    page.get_by_role("button", name="Öner", exact=True).click()
    expect(page.get_by_role("heading", name="Öğretme", exact=True)).to_be_visible()


def lesson(page: Page) -> str:
    """Approve everything, start, and return how it ended."""
    page.goto("/ogretme/")
    approve = page.get_by_role("button", name=re.compile("^Onayla: "))
    for left in range(approve.count(), 0, -1):
        approve.first.click()
        expect(approve).to_have_count(left - 1)
    page.get_by_role("button", name="Eğitimi başlat").click()
    # The page goes on by itself, without a click.
    end = page.locator(".teaching-live, .teaching-refused, .teaching-failed")
    expect(end).to_be_visible(timeout=PATIENCE)
    return end.inner_text()
