"""Hold the answers to their sources: nothing stated that the source lacks, nothing lost."""

from collections.abc import Sequence

from bot.knowledge.entries import Entry, KnowledgeBase, Source
from bot.knowledge.facts import Facts, facts_in
from bot.text.partial_date import PartialDate


def listed_facts(base: KnowledgeBase, sources: Sequence[Source]) -> Facts:
    """Return all that places list, the documents' own dates included."""
    places = [base.place(source) for source in sources]
    dates = {date for place in places for date in place.dates}
    dates |= {base.date_of(source) for source in sources}
    return Facts(
        frozenset(figure for place in places for figure in place.figures),
        frozenset(dates),
        frozenset(link for place in places for link in place.links),
    )


def unsupported(base: KnowledgeBase, entry: Entry) -> list[str]:
    """Return the figures, dates and links of an answer that its sources do not list."""
    return unsupported_in(base, entry.answer, entry.sources)


def unsupported_in(base: KnowledgeBase, text: str, sources: Sequence[Source]) -> list[str]:
    """Return the figures, dates and links of a text that its sources do not list.

    A bare year is supported by any listed date of that year.
    """
    stated, listed = facts_in(text), listed_facts(base, sources)
    years = {date.year for date in listed.dates}
    return [
        *sorted(stated.figures - listed.figures),
        *(
            date.iso()
            for date in sorted(stated.dates - listed.dates)
            if not (date == PartialDate(date.year) and date.year in years)
        ),
        *sorted(stated.links - listed.links),
    ]


def unused(base: KnowledgeBase) -> list[str]:
    """Return `document place: fact` for every listed fact that no citing answer states."""
    stated: dict[tuple[str, str], set[str]] = {}
    for entry in base.entries.values():
        facts = facts_in(entry.answer)
        words = {*facts.figures, *(date.iso() for date in facts.dates), *facts.links}
        for source in entry.sources:
            stated.setdefault((source.document, source.place), set()).update(words)
    missing: list[str] = []
    for key, document in base.documents.items():
        for name, place in document.places.items():
            listed = {*place.figures, *(date.iso() for date in place.dates), *place.links}
            unstated = sorted(listed - stated.get((key, name), set()))
            missing += [f"{key} {name}: {fact}" for fact in unstated]
    return missing
