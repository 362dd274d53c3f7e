"""Markdown of the staff's replies, as safe HTML: what a page shows before it is sent.

The subset that the channels show: paragraphs, bold, italics, lists, links, code.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "blockquote"}
_SCHEMES = {"http", "https", "mailto"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    found = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return found.disable(["image", "heading", "lheading", "hr", "fence", "code"])


def as_html(text: str) -> SafeString:
    """Return the HTML of a Markdown text; anything else in it is shown as typed."""
    html = nh3.clean(
        _parser().render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308 - it was just cleaned
