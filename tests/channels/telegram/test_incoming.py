"""What is read of an update, and what is not."""

from typing import Any

import pytest

from bot.channels.telegram.incoming import Incoming, Kind, UpdateError, read_update
from tests.channels.telegram.people import MEDIA

CHAT = {"id": 7, "type": "private"}
GROUP = {"id": -100_5, "type": "supergroup"}
BOT_ID = 123


def read(**content: Any) -> Incoming:
    return read_update({"update_id": 5, **content}, BOT_ID, {-100_5})


def message(**content: Any) -> Incoming:
    return read(message={"chat": CHAT, "from": {"id": 7, "first_name": "Ayşe"}, **content})


def test_a_text_is_read_and_cleaned() -> None:
    assert message(text=" merhaba\x00 ") == Incoming(5, Kind.TEXT, 7, text="merhaba")


@pytest.mark.parametrize("media", MEDIA)
def test_of_a_medium_only_its_kind_is_kept(media: str) -> None:
    found = message(**{media: MEDIA[media]}, caption="altındaki", media_group_id="9")
    wanted = Incoming(5, Kind.MEDIA, 7, text="altındaki", media=media, album="9")
    assert found == wanted
    assert "file_id" not in found.to_json()
    assert "Ayşe" not in found.to_json()


def test_a_venue_is_told_from_a_location() -> None:
    assert message(location=MEDIA["location"], venue={"title": "Okul"}).media == "venue"


def test_a_press_is_read_with_the_buttons_it_stood_among() -> None:
    keyboard = {"inline_keyboard": [[{"text": "Evet", "callback_data": "c:1"}]]}
    shown = {"message_id": 3, "chat": CHAT, "reply_markup": keyboard}
    found = read(callback_query={"id": "77", "data": "c:1", "message": shown})
    wanted = Incoming(5, Kind.PRESS, 7, data="c:1", query="77", message=3)
    assert found == Incoming(**{**wanted.__dict__, "titles": (("Evet", "c:1"),)})


def test_what_is_stored_comes_back() -> None:
    found = message(text="merhaba 😀")
    assert Incoming.from_json(found.to_json()) == found


def test_a_reply_to_the_bot_is_known_in_a_group() -> None:
    of_bot = {"message_id": 1, "from": {"id": BOT_ID}}
    found = read(message={"chat": GROUP, "text": "x", "reply_to_message": of_bot})
    assert (found.chat, found.private, found.to_bot) == (-100_5, False, True)


@pytest.mark.parametrize(
    "content",
    [
        {"edited_message": {"chat": CHAT, "text": "x"}},
        {"message": {"chat": {"id": -1, "type": "group"}, "text": "x"}},
        {"message": {"chat": CHAT, "text": "x", "from": {"id": 1, "is_bot": True}}},
        {"message": {"chat": CHAT, "new_chat_title": "x"}},
        {"message": {"chat": CHAT, "text": 5}},
        {"message": {"text": "x"}},
        {"message": None},
        {"callback_query": {"id": "1", "inline_message_id": "2"}},
        {"poll": {"id": "1"}},
        {},
    ],
)
def test_what_calls_for_no_answer_is_only_counted(content: Any) -> None:
    assert read(**content) == Incoming(5)


@pytest.mark.parametrize("body", [None, [], "x", {}, {"update_id": "5"}, {"update_id": 2**63}])
def test_what_is_no_update_is_said_so(body: Any) -> None:
    with pytest.raises(UpdateError):
        read_update(body, BOT_ID, set())
