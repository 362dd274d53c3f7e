"""What an editor does on the pages of teaching, for tests and pictures."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

#: A machine with other work takes longer by the clock.
PATIENCE = 300_000
#: Whose phrases are taught to be another's, and so many of them: enough to harm, too few
#: to leave it without any.
ROBBED, RECEIVER, STOLEN = "ke-04", "esep-03", 40


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
