"""Hold the answers to their sources: nothing stated that the source lacks, nothing lost."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.knowledge.entries import Entry, KnowledgeBase, Source
from bot.knowledge.facts import Facts, facts_in
from bot.knowledge.figures import Figures
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


def unsupported_figures(base: KnowledgeBase, figures: Figures) -> list[str]:
    """Return the rules' figures and the calendar's days that their sources do not list.

    Each as `akis-kalite members_tr 2020: 10`; a source that does not exist lists nothing.
    """
    found = []
    for name, fact, source in _dated(figures):
        document = base.documents.get(source.document)
        place = document.places.get(source.place) if document else None
        listed = {*place.figures, *(date.iso() for date in place.dates)} if place else set()
        if fact not in listed:
            found.append(f"{name}: {fact}")
    return found


def _dated(figures: Figures) -> Iterator[tuple[str, str, Source]]:
    """Yield the name, the value and the source of each figure and day."""
    for rule, held in figures.rules.items():
        for name, figure in held.items():
            for period in figure.periods:
                yield f"{rule} {name} {period.first}", str(period.value), period.source
    for name, event in figures.calendar.items():
        for year, day in event.years.items():
            yield f"{name} {year}", day.date.iso(), day.source


def citations(base: KnowledgeBase, figures: Figures) -> Counter[tuple[str, str]]:
    """Return how many answers, figures and days come from each (document, place)."""
    sources = [source for entry in base.entries.values() for source in entry.sources]
    sources += [source for _, _, source in _dated(figures)]
    return Counter((source.document, source.place) for source in sources)


def statements(base: KnowledgeBase, figures: Figures) -> dict[tuple[str, str], Counter[str]]:
    """Return, for each cited (document, place), the facts stated from it and how often."""
    stated: dict[tuple[str, str], Counter[str]] = {}
    for _, fact, source in _dated(figures):
        stated.setdefault((source.document, source.place), Counter())[fact] += 1
    for entry in base.entries.values():
        facts = facts_in(entry.answer)
        words = {*facts.figures, *(date.iso() for date in facts.dates), *facts.links}
        for source in entry.sources:
            stated.setdefault((source.document, source.place), Counter()).update(words)
    return stated


def unused(base: KnowledgeBase, figures: Figures) -> list[str]:
    """Return `document place: fact` for every listed fact that nothing citing it states.

    An answer states what it says; a figure or a day is stated by the verdicts made of it.
    """
    stated = statements(base, figures)
    missing: list[str] = []
    for key, document in base.documents.items():
        for name, place in document.places.items():
            listed = {*place.figures, *(date.iso() for date in place.dates), *place.links}
            unstated = sorted(listed - stated.get((key, name), Counter()).keys())
            missing += [f"{key} {name}: {fact}" for fact in unstated]
    return missing
