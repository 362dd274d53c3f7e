"""Markdown of the answers as texts of Telegram: its HTML, cut to its length.

A text becomes a row of runs, characters with the tags that hold them. Cutting is then
plain, and no tag can be left open.
"""

import html
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

#: Telegram takes 4096 after it has read the tags; it counts some characters as two.
TEXT_LENGTH = 4000
BULLET = "• "
RULE = "———"
INDENT = "   "
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
#: Where a text is cut, the best place first.
_BORDERS = ("\n\n", "\n", ". ", " ")


class Run(NamedTuple):
    """Characters, and the opening tags that hold them, the outermost first."""

    text: str
    tags: tuple[str, ...]


def pieces_of(markdown: str, limit: int = TEXT_LENGTH) -> list[str]:
    r"""Return a text as one or more messages in Telegram's HTML; none if it is empty.

    >>> pieces_of("**Evet**, [sayfaya](https://a.b) bakın:\n\n- bir\n- iki & üç")
    ['<b>Evet</b>, <a href="https://a.b">sayfaya</a> bakın:\n\n• bir\n• iki &amp; üç']
    """
    runs = _Writer().write(markdown)
    return [_html(piece) for piece in _cut(runs, limit)]


def units(text: str) -> int:
    """Return a text's length as Telegram counts: in units of UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


class _Writer:
    """Writes a Markdown tree as runs."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._tags: tuple[str, ...] = ()
        self._gap = 0

    def write(self, markdown: str) -> list[Run]:
        self._blocks(SyntaxTreeNode(_MARKDOWN.parse(markdown)), 0)
        return self._runs

    def _text(self, text: str) -> None:
        if self._gap and self._runs:
            shared = zip(self._runs[-1].tags, self._tags, strict=False)
            held = [tag for tag, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], shared)]
            self._runs.append(Run("\n" * self._gap, tuple(held)))
        self._gap = 0
        self._runs.append(Run(text, self._tags))

    def _apart(self, depth: int) -> None:
        """Begin a new line before what comes next; a paragraph outside of lists."""
        self._gap = max(self._gap, 1 if depth else 2)

    def _held(self, tag: str, node: SyntaxTreeNode, depth: int) -> None:
        outer = self._tags
        if tag not in outer:  # Telegram knows no quote within a quote
            self._tags = (*outer, tag)
        self._blocks(node, depth)
        self._tags = outer

    def _blocks(self, node: SyntaxTreeNode, depth: int) -> None:
        for child in node.children:
            self._block(child, depth)

    def _block(self, node: SyntaxTreeNode, depth: int) -> None:
        match node.type:
            case "bullet_list" | "ordered_list":
                self._list(node, depth)
            case "heading":
                self._apart(depth)
                self._held("<b>", node, depth)
                self._apart(depth)
            case "blockquote":
                self._apart(depth)
                self._held("<blockquote>", node, 1)
                self._apart(depth)
            case "paragraph":
                self._apart(depth)
                self._blocks(node, depth)
                self._apart(depth)
            case "fence" | "code_block":
                self._apart(depth)
                self._code("<pre>", node.content.rstrip("\n"))
                self._apart(depth)
            case "hr":
                self._apart(depth)
                self._text(RULE)
                self._apart(depth)
            case _:
                self._inline(node, depth)

    def _list(self, node: SyntaxTreeNode, depth: int) -> None:
        self._apart(depth)
        first = int(node.attrs.get("start", 1))
        for number, item in enumerate(node.children, first):
            self._gap = max(self._gap, 1)
            mark = BULLET if node.type == "bullet_list" else f"{number}. "
            self._text(INDENT * depth + mark)
            self._item(item, depth + 1)
        self._apart(depth)

    def _item(self, item: SyntaxTreeNode, depth: int) -> None:
        """Write an item; its first paragraph stands beside the mark."""
        for number, child in enumerate(item.children):
            if number == 0 and child.type == "paragraph":
                self._blocks(child, depth)
            else:
                self._block(child, depth)

    def _inline(self, node: SyntaxTreeNode, depth: int) -> None:
        match node.type:
            case "text":
                self._text(node.content)
            case "softbreak" | "hardbreak":
                self._text("\n")
            case "strong":
                self._held("<b>", node, depth)
            case "em":
                self._held("<i>", node, depth)
            case "code_inline":
                self._code("<code>", node.content)
            case "link":
                self._link(node, depth)
            case "image":
                self._text(node.content)
            case _:
                self._blocks(node, depth)

    def _code(self, tag: str, text: str) -> None:
        outer, self._tags = self._tags, (*self._tags, tag)
        self._text(text)
        self._tags = outer

    def _link(self, node: SyntaxTreeNode, depth: int) -> None:
        """Write a link; one that Telegram cannot open stands as text behind its words."""
        address = str(node.attrs.get("href", ""))
        if _opens(address):
            self._held(f'<a href="{html.escape(address)}">', node, depth)
            return
        before = len(self._runs)
        self._blocks(node, depth)
        shown = "".join(run.text for run in self._runs[before:]).strip()
        plain = address.removeprefix("mailto:")
        if plain and plain != shown:
            self._text(f" ({plain})")


def _opens(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _cut(runs: Sequence[Run], limit: int) -> Iterator[list[Run]]:
    """Cut at paragraphs, else lines, sentences, words; amid a word only if it must be."""
    text = "".join(run.text for run in runs)
    start = 0
    while start < len(text):
        end = _end(text, start, limit)
        if text[start:end].strip():
            yield _slice(runs, start, end)
        start = end


def _end(text: str, start: int, limit: int) -> int:
    """Return where the piece that begins at `start` ends."""
    most, length = start, 0
    while most < len(text) and (length := length + units(text[most])) <= limit:
        most += 1
    if most == len(text):
        return most
    for border in _BORDERS:
        at = text.rfind(border, start, most)
        if at >= start + (most - start) // 3:
            return at + len(border)
    return most


def _slice(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return the runs between two places of the whole text, white space trimmed."""
    found, at = [], 0
    for run in runs:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        if part:
            found.append(Run(part, run.tags))
        at += len(run.text)
    return _trimmed(found)


def _trimmed(runs: list[Run]) -> list[Run]:
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        runs[0] = runs[0]._replace(text=runs[0].text.lstrip())
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return runs


def _html(runs: Sequence[Run]) -> str:
    """Write runs as HTML; neighbours share the tags they have in common."""
    written: list[str] = []
    opened: tuple[str, ...] = ()
    for run in [*runs, Run("", ())]:
        same = 0
        while same < min(len(opened), len(run.tags)) and opened[same] == run.tags[same]:
            same += 1
        written += [f"</{_name(tag)}>" for tag in reversed(opened[same:])]
        written += run.tags[same:]
        written.append(html.escape(run.text, quote=False))
        opened = run.tags
    return "".join(written)


def _name(tag: str) -> str:
    return tag[1:-1].partition(" ")[0]
