"""What the assistant needs of an update; the rest of it is never stored."""

import dataclasses
import json
from collections.abc import Mapping, Set
from enum import Enum
from typing import Any

from bot.text.clean import clean

#: The updates asked for. Edited messages are not: a question is answered once.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
#: What a message may hold besides text, the more telling first: a venue has a location too.
MEDIA = (
    "sticker",
    "voice",
    "audio",
    "video_note",
    "animation",
    "video",
    "photo",
    "paid_media",
    "document",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "game",
    "story",
    "checklist",
    "giveaway",
)
_GONE = {"kicked", "left"}


class UpdateError(ValueError):
    """Something that is no update of Telegram."""


class Kind(str, Enum):
    """What happened."""

    TEXT = "text"
    MEDIA = "media"
    PRESS = "press"
    BLOCKED = "blocked"
    RETURNED = "returned"
    IGNORED = "ignored"


@dataclasses.dataclass(frozen=True)
class Incoming:
    """One update. `text` is also the caption of a photo, `data` what a button carries.

    `titles` are the buttons of the message that was pressed, as (title, data).
    """

    update_id: int
    kind: Kind = Kind.IGNORED
    chat: int = 0
    private: bool = True
    text: str = ""
    to_bot: bool = False
    media: str = ""
    album: str = ""
    data: str = ""
    query: str = ""
    message: int = 0
    titles: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> str:
        """Return the update as it is stored."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> "Incoming":
        """Read an update back."""
        values = json.loads(stored)
        titles = tuple((title, data) for title, data in values.pop("titles"))
        return cls(**{**values, "kind": Kind(values["kind"]), "titles": titles})


def read_update(body: Any, bot_id: int, groups: Set[int]) -> Incoming:
    """Return what an update brings; of a chat nobody allowed, that it came.

    Raises:
        UpdateError: if it is no update.
    """
    update_id = _object(body).get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        raise UpdateError("no update_id")
    if not 0 <= update_id < 2**63:
        raise UpdateError("update_id out of range")
    nothing = Incoming(update_id)
    if "callback_query" in body:
        found = _press(update_id, _object(body["callback_query"]))
    elif "message" in body:
        found = _message(update_id, _object(body["message"]), bot_id)
    elif "my_chat_member" in body:
        found = _membership(update_id, _object(body["my_chat_member"]))
    else:
        return nothing  # an edited message, or a kind nobody asked for
    if not found.chat or not (found.private or found.chat in groups):
        return nothing
    return found


def _message(update_id: int, message: Mapping[str, Any], bot_id: int) -> Incoming:
    text = message.get("text") or message.get("caption")
    media = next((name for name in MEDIA if message.get(name)), "")
    if _object(message.get("from")).get("is_bot") or not (media or isinstance(text, str)):
        return Incoming(update_id)
    answered = _object(_object(message.get("reply_to_message")).get("from"))
    return Incoming(
        update_id,
        Kind.MEDIA if media else Kind.TEXT,
        *_chat(message),
        text=clean(text).strip() if isinstance(text, str) else "",
        to_bot=answered.get("id") == bot_id,
        media=media,
        album=str(message.get("media_group_id") or ""),
    )


def _press(update_id: int, query: Mapping[str, Any]) -> Incoming:
    message = _object(query.get("message"))
    keyboard = _object(message.get("reply_markup")).get("inline_keyboard") or []
    buttons = [_object(button) for row in keyboard for button in row]
    return Incoming(
        update_id,
        Kind.PRESS,
        *_chat(message),
        data=str(query.get("data") or ""),
        query=str(query.get("id") or ""),
        message=int(message.get("message_id") or 0),
        titles=tuple((str(b.get("text")), str(b.get("callback_data"))) for b in buttons),
    )


def _membership(update_id: int, change: Mapping[str, Any]) -> Incoming:
    status = _object(change.get("new_chat_member")).get("status")
    kind = Kind.BLOCKED if status in _GONE else Kind.RETURNED
    return Incoming(update_id, kind, *_chat(change))


def _chat(holder: Mapping[str, Any]) -> tuple[int, bool]:
    """Return a chat's id, and whether it is between one person and the bot."""
    chat = _object(holder.get("chat"))
    return int(chat.get("id") or 0), chat.get("type") == "private"


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
