"""Messages for Telegram, made from what the assistant said."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Sequence

from bot.channels.telegram.rendering import pieces_of
from bot.channels.transcript import Choice, Line

#: Telegram carries at most 64 bytes in a button: our payloads may be longer, so an id does.
CHOICE = "c:"
_ID_BYTES = 8


@dataclasses.dataclass(frozen=True)
class Outgoing:
    """One message: a text in HTML with buttons as (title, data), or a file."""

    html: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    file_name: str = ""
    file: str = ""

    def to_json(self) -> str:
        """Return the message as it is stored."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> "Outgoing":
        """Read a message back."""
        values = json.loads(stored)
        buttons = tuple((title, data) for title, data in values.pop("buttons"))
        return cls(**values, buttons=buttons)


def data_of(choice: str) -> str:
    """Return what the button of a choice carries: the same for the same choice.

    >>> data_of('/faq{"entry": "ke-01"}')
    'c:c9c2cdb8cdd628fa'
    """
    return CHOICE + hashlib.blake2b(choice.encode(), digest_size=_ID_BYTES).hexdigest()


def choice_of(data: str, lines: Iterable[Line]) -> Choice | None:
    """Return the choice a button carries, if this conversation has ever offered it."""
    for line in lines:
        for choice in line.get("choices") or []:
            if data_of(choice["choice"]) == data:
                return choice
    return None


def message_of(markdown: str, buttons: Sequence[tuple[str, str]] = ()) -> list[Outgoing]:
    """Return a text as one or more messages; the buttons stand under the last."""
    pieces = pieces_of(markdown)
    last = len(pieces) - 1
    return [
        Outgoing(piece, tuple(buttons) if number == last else ())
        for number, piece in enumerate(pieces)
    ]


def messages_of(lines: Iterable[Line]) -> list[Outgoing]:
    """Return the messages for what the assistant said."""
    messages: list[Outgoing] = []
    for line in lines:
        choices = line.get("choices") or []
        buttons = [(choice["title"], data_of(choice["choice"])) for choice in choices]
        messages += message_of(line["text"], buttons)
        if file := line.get("file"):
            messages.append(Outgoing(file_name=file["name"], file=file["content"]))
    return messages
