"""Where a fact comes from: a place of a document that lists it, made if the staff names a new one.

Who cites a new document or place says that it states the fact. A place that is known must
list it already, unless the staff says that it is there (`stated`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bot.knowledge.audit import citations, statements
from bot.knowledge.entries import KnowledgeBase, Place, Source
from bot.knowledge.facts import Facts
from bot.knowledge.whole import Knowledge
from bot.learning import LearningError
from bot.learning.changes import Change, read_value
from bot.settings import settings
from bot.text.fold import normalize
from bot.text.partial_date import PartialDate

FILE = "sources.yml"
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LISTS = ("figures", "dates", "links")


class Citation(NamedTuple):
    """A place of a document. For a new document its title, short name and date as well.

    `stated` says of a place known before that the facts are there though it lists none.
    """

    document: str
    place: str
    title: str = ""
    short: str = ""
    date: str = ""
    stated: bool = False

    @property
    def source(self) -> dict[str, str]:
        """The citation as the files write it."""
        return {"document": self.document, "place": self.place}


def document_key(title: str, date: str) -> str:
    """Return a key for a new document: its first words and its year.

    >>> document_key("Kalite Etiketi başvuru duyurusu", "2027-01-15")
    'kalite-etiketi-basvuru-2027'
    """
    year = date[:4]
    words = [word for word in re.findall(r"[a-z0-9]+", normalize(title)) if word != year]
    return "-".join([*words[:3], year])


class Ledger:
    """The places' lists of facts as they will be after an edit.

    What is let go is told before what is cited: the place may be the same.

    `changes` are those of `sources.yml` that the edit needs besides its own.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Start from the lists as they are."""
        self._knowledge = knowledge
        self._lists: dict[tuple[str, str], dict[str, list[Any]]] = {}
        self._new: list[Change] = []
        self._abandoned: set[tuple[str, str]] = set()

    def cite(self, citation: Citation, facts: Facts) -> None:
        """Have a place list facts.

        Raises:
            LearningError: if a new document or place is not described.
        """
        listed = {name: _written(facts, name) for name in _LISTS}
        document = self._knowledge.base.documents.get(citation.document)
        path = ("documents", citation.document, "places", citation.place)
        if document is None and any(change.path == path[:2] for change in self._new):
            self._new.append(Change(FILE, path, _filled(listed)))
        elif document is None:
            self._new.append(_new_document(citation, listed))
        elif citation.place not in document.places:
            if not citation.title:  # a new place is meant, not one misspelled
                raise LearningError(
                    f"“{document.title}” belgesinde “{citation.place}” diye bir yer yok. Yeni "
                    "bir yerse belgenin adını da yazın"
                )
            self._new.append(Change(FILE, path, _filled(listed)))
        elif citation.stated or (citation.document, citation.place) in self._abandoned:
            # Whoever added a place for a fact may correct the fact.
            self._abandoned.discard((citation.document, citation.place))
            lists = self._of(citation.document, citation.place)
            for name in _LISTS:
                lists[name] += [fact for fact in listed[name] if fact not in lists[name]]

    def let_go(self, source: Source, fact: str, reason: str) -> None:
        """Take a fact off its place's list that is about to be stated no more.

        One that the project's files list stays accounted for, with the reason; one that the
        staff listed themselves is forgotten, and its place with it if nothing else cites it.
        """
        base, figures, *_ = self._knowledge
        key = (source.document, source.place)
        path = ("documents", source.document, "places", source.place)
        own = read_value(settings().knowledge_dir, FILE, path) is not None
        lists = self._of(*key)
        holding = [name for name in _LISTS if fact in lists[name]]
        if statements(base, figures).get(key, Counter())[fact] <= 1 and holding:
            for name in holding:
                lists[name].remove(fact)
            if own:
                lists["left_out"].append({"value": fact, "reason": reason})
        if not own and citations(base, figures)[key] <= 1:
            self._abandoned.add(key)

    def changes(self) -> list[Change]:
        """Return the changes of the lists, each with what it expects to find."""
        changes = [*self._new]
        documents = self._knowledge.base.documents
        for document, place in sorted(self._abandoned):
            last = len(documents[document].places) == 1
            path = ("documents", document) if last else ("documents", document, "places", place)
            changes.append(Change(FILE, path, None))
        for (document, place), lists in self._lists.items():
            if (document, place) in self._abandoned:
                continue
            before = _lists_of(documents[document].places[place])
            changes += [
                Change(
                    FILE,
                    ("documents", document, "places", place, name),
                    now or None,
                    before[name] or None,
                )
                for name, now in lists.items()
                if now != before[name]
            ]
        return changes

    def _of(self, document: str, place: str) -> dict[str, list[Any]]:
        found = self._knowledge.base.documents[document].places[place]
        return self._lists.setdefault((document, place), _lists_of(found))


def _lists_of(place: Place) -> dict[str, list[Any]]:
    return {
        "figures": [*place.figures],
        "dates": [date.iso() for date in place.dates],
        "links": [*place.links],
        "left_out": [one.dict() for one in place.left_out],
    }


def _new_document(citation: Citation, listed: Mapping[str, list[str]]) -> Change:
    """Return the change that adds a document with its first place.

    Raises:
        LearningError: if it is not described, or its key is none.
    """
    if not (citation.title and citation.short and citation.date):
        raise LearningError(
            f"“{citation.document}” diye bir belge yok. Yeni bir belgeyse adını, kısa adını ve "
            "tarihini de yazın"
        )
    if not _KEY.fullmatch(citation.document):
        raise LearningError(
            f"“{citation.document}” belge kısaltması olamaz. Küçük harf, rakam ve - kullanın"
        )
    if not citation.place:
        raise LearningError("Belgenin neresinde yazdığını (bölüm, madde, sayfa) yazın")
    described = {"title": citation.title, "short": citation.short, "date": citation.date}
    places = {citation.place: _filled(listed)}
    return Change(FILE, ("documents", citation.document), {**described, "places": places})


def as_of(base: KnowledgeBase, citations: Iterable[Citation]) -> str:
    """Return the newest date of the places cited, as an entry's `as_of` must be.

    Raises:
        LearningError: if the date of a new document is none.
    """
    dates = []
    for citation in citations:
        document = base.documents.get(citation.document)
        if document and citation.place in document.places:
            dates.append(base.date_of(Source(**citation.source)))
        elif document:
            dates.append(document.date)
        else:
            dates.append(_date(citation.date))
    return max(dates).iso()


def _date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise LearningError(str(error)) from error


def _written(facts: Facts, name: str) -> list[str]:
    if name == "dates":
        return [date.iso() for date in sorted(facts.dates)]
    return sorted(getattr(facts, name), key=lambda fact: (len(fact), fact))


def _filled(listed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts for name, facts in listed.items() if facts}
