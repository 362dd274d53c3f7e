"""The objects of the knowledge base. Their keys are the keys of the YAML files."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel, Field, validator

from bot.text.partial_date import PartialDate

TITLE_MAX = 40
ANSWER_MAX = 4000


class Frozen(BaseModel):
    """A model that refuses unknown keys and changes."""

    class Config:
        """Read by pydantic."""

        extra = "forbid"
        frozen = True
        arbitrary_types_allowed = True


class LeftOut(Frozen):
    """A figure, date or link of a source that no answer needs, with the reason."""

    value: str
    reason: str = Field(min_length=1)


class Place(Frozen):
    """One place of a document and the facts found there.

    `figures` are numbers as written in an answer ("10", "1/3"), `dates` ISO with their
    precision, `links` web and e-mail addresses.
    """

    date: PartialDate | None = None
    figures: tuple[str, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    links: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Document(Frozen):
    """A source document. `inferred` says why its date is a conclusion, not a quotation."""

    title: str = Field(min_length=1)
    short: str = Field(min_length=1)
    date: PartialDate
    inferred: str = ""
    places: Mapping[str, Place]

    @validator("places")
    def _freeze(cls, places: Mapping[str, Place]) -> Mapping[str, Place]:
        return MappingProxyType(dict(places))


class Source(Frozen):
    """Where a statement of an answer comes from."""

    document: str
    place: str


class Entry(Frozen):
    """One answer of the FAQ.

    `superseded_by` names the entry that replaced this one's rule; `completed_by` one
    that brought a newer rule beside which this one still holds. Either is shown first.
    `old_portal` marks steps and page names of the portal of 2020.
    """

    id: str = Field(regex=r"^[a-z]+(-[a-z]+)*-\d{2}$")
    title: str = Field(min_length=1, max_length=TITLE_MAX)
    answer: str = Field(min_length=1, max_length=ANSWER_MAX)
    sources: tuple[Source, ...]
    as_of: PartialDate
    valid_from: PartialDate
    superseded_by: str | None = None
    completed_by: str | None = None
    see_also: tuple[str, ...] = ()
    review_by: PartialDate
    old_portal: bool = False

    @validator("answer", "title")
    def _strip(cls, text: str) -> str:
        return text.strip()

    @validator("sources")
    def _cited(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        if not sources:
            raise ValueError("en az bir kaynak gerekir")
        return sources

    @property
    def newer(self) -> str | None:
        """The id of the entry whose rule is shown before this one's, if any."""
        return self.superseded_by or self.completed_by


class FlowTitle(Frozen):
    """A calculated or guided answer: its button, and the general questions beside it."""

    id: str = ""
    title: str = Field(min_length=1, max_length=TITLE_MAX)
    entries: tuple[str, ...] = ()


class KnowledgeBase(Frozen):
    """All entries by id, in the files' order, all documents by key, the flows' titles."""

    entries: Mapping[str, Entry]
    documents: Mapping[str, Document]
    flows: Mapping[str, FlowTitle] = Field(default_factory=dict)

    def flow_beside(self, entry_id: str) -> FlowTitle | None:
        """Return the flow that an entry's answer offers, if any."""
        return next((flow for flow in self.flows.values() if entry_id in flow.entries), None)

    def place(self, source: Source) -> Place:
        """Return the place a source names."""
        return self.documents[source.document].places[source.place]

    def date_of(self, source: Source) -> PartialDate:
        """Return the date of a source: its place's own, else its document's."""
        return self.place(source).date or self.documents[source.document].date
