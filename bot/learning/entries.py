"""Entries: corrected, or drafted anew from what the staff knows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from bot.knowledge.audit import listed_facts
from bot.knowledge.current import knowledge
from bot.knowledge.entries import Entry, KnowledgeBase, Source
from bot.knowledge.facts import Facts, facts_in
from bot.knowledge.whole import Knowledge
from bot.learning import LearningError
from bot.learning.changes import Change
from bot.learning.edits import Edit, make_edit
from bot.learning.sources import Citation, Ledger, as_of
from bot.text.fold import normalize

SEE_ALSO = 2
#: What may be corrected besides the answer and its sources.
FIELDS = (
    *("title", "review_by", "valid_from", "see_also"),
    *("superseded_by", "completed_by", "old_portal"),
)


class Draft(NamedTuple):
    """A new entry: what it answers, from where, until when it holds, and how it is asked.

    Without `see_also` the two entries likest it are taken, without `valid_from` the date of
    its newest source. With `move`, phrases that stand under another label are taken from it.
    """

    chapter: str
    title: str
    answer: str
    citations: tuple[Citation, ...]
    review_by: str
    phrases: tuple[str, ...]
    see_also: tuple[str, ...] = ()
    valid_from: str = ""
    move: bool = False


def edit_entry(
    by: str,
    key: str,
    fields: Mapping[str, Any] | None = None,
    *,
    answer: str | None = None,
    citations: Sequence[Citation] | None = None,
    left_out: Mapping[str, str] | None = None,
    seen: str | None = None,
    note: str = "",
) -> Edit:
    """Correct an entry.

    `left_out` gives the reason for each fact of its sources that the answer states no more;
    `seen` is the answer as the editor found it.

    Raises:
        LearningError: for an entry or a field there is not, a source not described, or if
            nothing would change or somebody else was quicker.
        KnowledgeError: if the whole would be broken.
    """
    in_use = knowledge()
    entry = in_use.base.entries.get(key)
    if entry is None:
        raise LearningError(f"“{key}” diye bir kayıt yok")
    if seen is not None and seen.strip() != entry.answer:
        raise LearningError(f"Siz düzenlerken başkası da değiştirdi: {key}. Yenileyin")
    unknown = sorted(set(fields or {}) - set(FIELDS))
    if unknown:
        raise LearningError(f"Kaydın “{unknown[0]}” alanı buradan değiştirilemez")
    file = file_of(key)
    changes = [Change(file, (key, name), value) for name, value in (fields or {}).items()]
    if answer is not None or citations is not None:
        text = entry.answer if answer is None else answer
        sources = citations if citations is not None else _citations(entry)
        ledger = Ledger(in_use)
        for source in entry.sources:
            for fact, reason in (left_out or {}).items():
                ledger.let_go(source, fact, reason)
        _cite_all(ledger, in_use.base, sources, facts_in(text))
        changes += [
            Change(file, (key, "answer"), text.strip()),
            Change(file, (key, "sources"), [citation.source for citation in sources]),
            Change(file, (key, "as_of"), as_of(in_use.base, sources)),
            *ledger.changes(),
        ]
    return make_edit(by, f"{key}: {entry.title}", changes, note)


def entry_changes(draft: Draft, key: str, in_use: Knowledge | None = None) -> tuple[Change, ...]:
    """Return the changes that add a drafted entry under an id.

    Raises:
        LearningError: if a source is not described.
    """
    in_use = in_use or knowledge()
    if not draft.citations:
        raise LearningError(f"“{draft.title}” için bir kaynak yazın")
    ledger = Ledger(in_use)
    _cite_all(ledger, in_use.base, draft.citations, facts_in(draft.answer))
    date = as_of(in_use.base, draft.citations)
    entry = {
        "id": key,
        "title": draft.title.strip(),
        "answer": draft.answer.strip(),
        "sources": [citation.source for citation in draft.citations],
        "as_of": date,
        "valid_from": draft.valid_from or date,
        "see_also": [*(draft.see_also or likest(in_use.base, draft))],
        "review_by": draft.review_by,
    }
    return (Change(file_of(key), (key,), entry), *ledger.changes())


def next_id(base: KnowledgeBase, chapter: str, taken: Iterable[str] = ()) -> str:
    """Return the id after a chapter's last one; `taken` are ids promised meanwhile.

    Raises:
        LearningError: for a chapter there is not.
    """
    ids = [key for key in base.entries if chapter_of(key) == chapter]
    if not ids:
        known = ", ".join(sorted({chapter_of(key) for key in base.entries}))
        raise LearningError(f"“{chapter}” diye bir bölüm yok. Olanlar: {known}")
    ids += [key for key in taken if chapter_of(key) == chapter]
    return f"{chapter}-{max(int(key.rpartition('-')[2]) for key in ids) + 1:02d}"


def chapter_of(key: str) -> str:
    """Return the chapter of an entry's id: `ke` for `ke-01`."""
    return key.rpartition("-")[0]


def file_of(key: str) -> str:
    """Return the file of an entry's id, inside the knowledge folder."""
    return f"faq/{chapter_of(key)}.yml"


def likest(base: KnowledgeBase, draft: Draft) -> tuple[str, ...]:
    """Return the two entries a draft is likest, by the words of titles and phrases."""
    asked = normalize(" ".join([draft.title, *draft.phrases]))
    near = sorted(
        base.entries.values(),
        key=lambda entry: -fuzz.token_set_ratio(asked, normalize(entry.title)),
    )
    return tuple(entry.id for entry in near[:SEE_ALSO])


def _citations(entry: Entry) -> list[Citation]:
    return [Citation(source.document, source.place) for source in entry.sources]


def _cite_all(
    ledger: Ledger, base: KnowledgeBase, citations: Sequence[Citation], facts: Facts
) -> None:
    """Have the places list the facts: a new one those that no other place of them lists."""
    known = [
        Source(**citation.source)
        for citation in citations
        if citation.document in base.documents
        and citation.place in base.documents[citation.document].places
    ]
    listed = listed_facts(base, known)
    rest = Facts(
        facts.figures - listed.figures, facts.dates - listed.dates, facts.links - listed.links
    )
    for citation in citations:
        ledger.cite(citation, rest)
