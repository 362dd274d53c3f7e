"""A conversation as a page shows it, read from the events Rasa stores."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

from bot.channels.payloads import target_of
from bot.knowledge import current

STAFF = "staff"
#: A row of the tracker store that is no event of Rasa's: a conversation was deleted.
FORGOTTEN = "forgotten"
#: Whose rows these are; no channel can have such a conversation, # and spaces are refused.
NOTICES = "# notices"


#: Events by which the assistant falls silent or speaks again.
_SWITCHES = {"pause": True, "resume": False, "session_started": False, "restart": False}


class Choice(TypedDict):
    """A button: what stands on it, and what a press sends."""

    title: str
    choice: str


class Line(TypedDict, total=False):
    """One message. `number` counts from 1; `id` is the page's own, of what it sent.

    `reference` is the code of a question that went to the staff just before.
    """

    number: int
    author: str
    id: str
    text: str
    choices: list[Choice]
    file: dict[str, str]
    reference: str
    at: str


class Transcript(NamedTuple):
    """What was said, and whether a member of staff has taken the conversation over."""

    lines: list[Line]
    paused: bool


class Reading:
    """A conversation as far as it was read; reading goes on event by event."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._lines: list[Line] = []
        self._titles: dict[str, str] = {}
        self._paused = False

    @property
    def transcript(self) -> Transcript:
        """What was read so far; later reading does not change it."""
        return Transcript(list(self._lines), self._paused)

    def add(self, event: Mapping[str, Any]) -> None:
        """Read a serialised event. What somebody pressed is shown by the title it had."""
        kind = event.get("event")
        self._paused = _SWITCHES.get(str(kind), self._paused)
        said = event.get("text")
        # Nothing but slashes is taken as no words; the assistant answers that too.
        if kind == "user" and said is not None and not said.startswith("/session_"):
            text = self._titles.get(said) or _title(said)
            line = Line(author="user", id=str(event.get("message_id") or ""), text=text)
        elif kind == "bot":
            line = _said(event)
            self._titles.update((choice["choice"], choice["title"]) for choice in line["choices"])
        else:
            return
        line["number"] = len(self._lines) + 1
        line["at"] = _moment(float(event.get("timestamp") or 0.0))
        self._lines.append(line)


def transcript_of(events: Iterable[Mapping[str, Any]]) -> Transcript:
    """Return the transcript of serialised events."""
    reading = Reading()
    for event in events:
        reading.add(event)
    return reading.transcript


def _title(text: str) -> str:
    """Return the title of what a payload opens; any other text as it is."""
    key = target_of(text)
    base = current()
    target = base.entries.get(key) or base.flows.get(key) if key else None
    return target.title if target else text


def _said(event: Mapping[str, Any]) -> Line:
    data = event.get("data") or {}
    buttons = data.get("buttons") or []
    author = STAFF if (event.get("metadata") or {}).get("author") == STAFF else "assistant"
    line = Line(author=author, text=str(event.get("text") or ""))
    line["choices"] = [Choice(title=b["title"], choice=b["payload"]) for b in buttons]
    custom = data.get("custom") or {}
    if file := custom.get("file"):
        line["file"] = file
    if reference := custom.get("reference"):
        line["reference"] = str(reference)
    return line


def _moment(timestamp: float) -> str:
    moment = datetime.datetime.fromtimestamp(timestamp, datetime.timezone.utc)
    return moment.isoformat(timespec="seconds")


def answer_to(lines: Sequence[Line], message_id: str) -> list[Line] | None:
    """Return what followed a message of the page until the next; None if it never came."""
    at = next((i for i, line in enumerate(lines) if line.get("id") == message_id), None)
    if at is None:
        return None
    answer = []
    for line in lines[at + 1 :]:
        if line["author"] == "user":
            break
        answer.append(line)
    return answer


def offered(lines: Iterable[Line], choice: str) -> bool:
    """Tell whether the assistant has offered a choice in this conversation."""
    return any(choice == one["choice"] for line in lines for one in line.get("choices") or [])
