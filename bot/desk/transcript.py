"""A conversation for the case page: what was said, and what the assistant believed."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from bot.channels.transcript import Line, transcript_of
from bot.desk.labels import belief
from bot.desk.markdown import as_html
from bot.desk.reading.tracker import events_of
from bot.nlu.labels import DECISION
from bot.text.masking import mask
from bot.text.personal import kinds

#: Of a long conversation the end is shown.
MAX_LINES = 200
#: Guesses below this are noise.
MIN_SCORE = 0.05
MAX_BELIEFS = 3


@dataclass(frozen=True)
class ShownLine:
    """A line as the page shows it; `beliefs` are id, title and percent of the guesses."""

    line: Line
    text: str
    beliefs: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def html(self) -> SafeString:
        """The text of assistant or staff, which is Markdown."""
        return as_html(self.text)

    @property
    def when(self) -> datetime.datetime:
        """When it was said."""
        return datetime.datetime.fromisoformat(self.line["at"])


@dataclass(frozen=True)
class Shown:
    """What was said, masked or not; `hidden` names the kinds of personal data in it."""

    lines: list[ShownLine]
    paused: bool
    hidden: list[str]
    left_out: int

    @property
    def count(self) -> int:
        """How many lines there are in all."""
        return len(self.lines) + self.left_out


def shown(conversation: str | None, masked: bool) -> Shown:
    """Return a conversation; an empty one if it was deleted."""
    events = events_of(conversation) if conversation else []
    said = transcript_of(events)
    guesses = _guesses(events)
    # What is only for machines, as a code beside its text, is no line.
    written = [line for line in said.lines if line["text"] or line.get("file")]
    last = written[-MAX_LINES:]
    lines = [
        ShownLine(
            line,
            # The assistant's own words name public addresses only.
            mask(line["text"]) if masked and line["author"] != "assistant" else line["text"],
            guesses.get(line.get("id", ""), []) if line["author"] == "user" else [],
        )
        for line in last
    ]
    text = "\n".join(line["text"] for line in last if line["author"] == "user")
    return Shown(lines, said.paused, kinds(text), len(written) - len(last))


def _guesses(events: list[dict[str, Any]]) -> dict[str, list[tuple[str, str, int]]]:
    """Return the assistant's guesses by the id of the message."""
    found = {}
    for event in events:
        if event.get("event") != "user" or not event.get("message_id"):
            continue
        decision = (event.get("parse_data") or {}).get(DECISION) or {}
        found[event["message_id"]] = beliefs(decision.get("ranking") or [])
    return found


def beliefs(ranking: list[Any]) -> list[tuple[str, str, int]]:
    """Return the guesses worth showing, the likeliest first."""
    return [belief(label, score) for label, score in ranking[:MAX_BELIEFS] if score >= MIN_SCORE]
