"""Make the text of an answer: the rule in force first, then the older one, then sources.

Texts are the Markdown subset of the entries: bold, lists, links.
"""

import re

from bot.knowledge.entries import Entry, KnowledgeBase, Source

SUPERSEDED_HEADING = "**Önceki kural ({date}, eski projeler için):**"
COMPLETED_HEADING = "**Ayrıca ({date} belgesine göre):**"
OLD_PORTAL_NOTE = (
    "**Not:** Sayfa adları ve adımlar 2020'deki eski portala aittir. "
    "ESEP'te aynı yerde olmayabilir."
)
INFERRED = "yılı belgenin içeriğinden"
SUPPORT_ENTRY = "iletisim-01"
COORDINATORS_ENTRY = "esep-01"
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


def answer_text(base: KnowledgeBase, entry: Entry) -> str:
    """Return the whole answer of an entry, its line of sources last."""
    parts = []
    sources = [*entry.sources]
    old_portal = entry.old_portal
    if entry.newer:
        newer = base.entries[entry.newer]
        heading = SUPERSEDED_HEADING if entry.superseded_by else COMPLETED_HEADING
        parts += [newer.answer, heading.format(date=entry.as_of.turkish())]
        sources = [*newer.sources, *sources]
        # A replaced rule is marked as old by its heading.
        old_portal = entry.old_portal and not entry.superseded_by
    parts.append(entry.answer)
    if old_portal:
        parts.append(OLD_PORTAL_NOTE)
    parts.append(source_line(base, sources))
    return "\n\n".join(parts)


def source_line(base: KnowledgeBase, sources: list[Source]) -> str:
    """Return one short line: documents, places, dates with their true precision.

    A document whose places have dates of their own (letters) is named by those.
    """
    grouped: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        document = base.documents[source.document]
        date = base.date_of(source).turkish()
        if document.inferred:
            date += f", {INFERRED}"
        places = grouped.setdefault((document.short, date), [])
        if base.place(source).date is None and source.place not in places:
            places.append(source.place)
    items = [
        f"{' '.join([short, ', '.join(places)]).strip()} ({date})"
        for (short, date), places in grouped.items()
    ]
    return "Kaynak: " + "; ".join(items)


def support_address(base: KnowledgeBase) -> str:
    """Return the support e-mail address the documents name."""
    return _first_link(base, SUPPORT_ENTRY)


def coordinators_page(base: KnowledgeBase) -> str:
    """Return the address of the official list of provincial coordinators."""
    return _first_link(base, COORDINATORS_ENTRY)


def _first_link(base: KnowledgeBase, entry_id: str) -> str:
    return base.place(base.entries[entry_id].sources[0]).links[0]


def plain(markdown: str) -> str:
    """Return a text for a terminal: no stars, links as `text (address)`.

    >>> plain("**Evet**, [sayfaya](https://a.b) bakın")
    'Evet, sayfaya (https://a.b) bakın'
    """

    def link(match: re.Match[str]) -> str:
        text, address = match[1], match[2].removeprefix("mailto:")
        return text if text == address else f"{text} ({address})"

    return _LINK.sub(link, markdown).replace("**", "")
