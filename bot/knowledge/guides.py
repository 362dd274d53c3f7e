"""Step-by-step guides: tracks of steps, and questions that lead to a track."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from bot.knowledge.entries import Frozen, KnowledgeBase, Source
from bot.knowledge.loader import Fault, KnowledgeError, parse, read_yaml


class Choice(Frozen):
    """A reply to a question: what its button shows, the fact it sets, where it leads."""

    title: str = Field(min_length=1, max_length=40)
    value: str
    track: str


class Question(Frozen):
    """A question of a guide, the fact its choices set, what to say to somebody unsure."""

    fact: str
    text: str = Field(min_length=1)
    unsure: str | None = None
    choices: tuple[Choice, ...]


class Step(Frozen):
    """One step, what to say to somebody stuck there, and the flow that follows it.

    `hint` answers a question about the step; `named` are the folded words that speak of it
    (`*` takes endings); `see` is an entry that says more.
    """

    text: str = Field(min_length=1)
    stuck: str = Field(min_length=1)
    sources: tuple[Source, ...]
    next_flow: str | None = None
    hint: str | None = None
    named: tuple[str, ...] = ()
    see: str | None = None


class Track(Frozen):
    """Steps in order, then perhaps a question."""

    steps: tuple[Step, ...]
    question: str | None = None


class Guide(Frozen):
    """A guide: the question it starts with, all questions, all tracks."""

    start: str
    questions: Mapping[str, Question]
    tracks: Mapping[str, Track]

    def choice(self, fact: str, value: str) -> Choice | None:
        """Return the choice that sets a fact to a value."""
        for question in self.questions.values():
            if question.fact == fact:
                return next((c for c in question.choices if c.value == value), None)
        return None

    def track_of(self, fact: str, value: str) -> str | None:
        """Return the track a fact leads to: its choice's, or the one of its name."""
        choice = self.choice(fact, value)
        return choice.track if choice else value if value in self.tracks else None


def load_guides(folder: Path, base: KnowledgeBase) -> Mapping[str, Guide]:
    """Load `guides/*.yml` of a knowledge folder by flow id.

    Raises:
        KnowledgeError: naming the file and what cannot be used.
    """
    faults: list[Fault] = []
    guides: dict[str, Guide] = {}
    for path in sorted((folder / "guides").glob("*.yml")):
        data = read_yaml(path, faults)
        guide = parse(Guide, data, path, 1, faults) if data is not None else None
        if guide:
            guides[path.stem] = guide
            faults += [Fault(path, 0, what, "Düzeltin") for what in _dangling(guide, base)]
    if faults:
        raise KnowledgeError(faults)
    return MappingProxyType(guides)


def _dangling(guide: Guide, base: KnowledgeBase) -> Iterator[str]:
    """Yield what a guide names and nothing defines."""
    questions = [guide.start, *(t.question for t in guide.tracks.values() if t.question)]
    yield from (f"“{name}” diye bir soru yok" for name in questions if name not in guide.questions)
    choices = [choice for question in guide.questions.values() for choice in question.choices]
    yield from (f"“{c.track}” diye bir yol yok" for c in choices if c.track not in guide.tracks)
    for step in (step for track in guide.tracks.values() for step in track.steps):
        if step.next_flow and step.next_flow not in base.flows:
            yield f"“{step.next_flow}” diye bir akış yok"
        if step.see and step.see not in base.entries:
            yield f"“{step.see}” diye bir kayıt yok"
        for source in step.sources:
            document = base.documents.get(source.document)
            if document is None or source.place not in document.places:
                yield f"{source.document} “{source.place}” diye bir kaynak yok"
