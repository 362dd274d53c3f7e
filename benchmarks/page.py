"""The page docs/olcumler.md: several programs write it, each its own part."""

import re
from collections.abc import Sequence

from bot.settings import ROOT

PAGE = ROOT / "docs" / "olcumler.md"


def write_part(name: str, lines: Sequence[str]) -> None:
    """Replace what stands between the part's marks; all else stays as it is.

    Raises:
        ValueError: if the page has no such part.
    """
    begin, end = f"<!-- {name}: baş -->", f"<!-- {name}: son -->"
    page = PAGE.read_text(encoding="utf-8")
    whole = "\n".join([begin, "", *lines]).rstrip() + f"\n\n{end}"
    pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
    written, count = re.subn(pattern, lambda _: whole, page, count=1, flags=re.DOTALL)
    if not count:
        raise ValueError(f"{PAGE} has no part {name}")
    PAGE.write_text(written, encoding="utf-8")
