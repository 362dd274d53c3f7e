import datetime
from typing import Any

import jwt
import pytest

from bot.channels.sessions import SessionError, Sessions
from bot.channels.transcript import answer_to, offered, transcript_of

SESSIONS = Sessions("s" * 40, 24)
NOW = datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone.utc)


def test_a_session_is_read_back_and_no_two_are_alike() -> None:
    issued = [SESSIONS.issue() for _ in range(200)]
    assert len({session.conversation for session in issued}) == 200
    for session in issued:
        assert SESSIONS.read(session.token) == session
        assert len(session.conversation) >= 32


def test_a_session_runs_out() -> None:
    with pytest.raises(SessionError, match="expired"):
        SESSIONS.read(SESSIONS.issue(NOW - datetime.timedelta(days=400)).token)


@pytest.mark.parametrize(
    "token",
    [
        Sessions("t" * 40, 24).issue().token,
        jwt.encode({"sub": "web-x", "aud": "web"}, "s" * 40),
        jwt.encode({"sub": "web-x", "exp": 9e9}, "s" * 40),
        jwt.encode({"sub": "web-x", "exp": 9e9, "aud": "web"}, "", "none"),
        "",
        "a.b.c",
    ],
)
def test_a_token_of_somebody_else_is_refused(token: str) -> None:
    with pytest.raises(SessionError):
        SESSIONS.read(token)


EVENTS: list[dict[str, Any]] = [
    {"event": "action", "name": "action_session_start"},
    {"event": "user", "text": "soru", "message_id": "id-1", "timestamp": 0.0},
    {
        "event": "bot",
        "text": "yanıt",
        "timestamp": 1.0,
        "data": {"buttons": [{"title": "Başlık", "payload": "/ret"}]},
    },
    {"event": "slot", "name": "x", "value": 1},
    {"event": "user", "text": "/ret", "message_id": "id-2", "timestamp": 2.0},
    {
        "event": "bot",
        "text": "tamam",
        "timestamp": 3.0,
        "data": {"custom": {"file": {"name": "a"}}},
    },
    {"event": "bot", "text": "geç yanıt", "timestamp": 9.0, "metadata": {"author": "staff"}},
]


def test_a_transcript_shows_what_was_said_and_pressed() -> None:
    lines = transcript_of(EVENTS).lines
    assert [(line["number"], line["author"], line["text"]) for line in lines] == [
        (1, "user", "soru"),
        (2, "assistant", "yanıt"),
        (3, "user", "Başlık"),
        (4, "assistant", "tamam"),
        (5, "staff", "geç yanıt"),
    ]
    assert lines[0]["at"] == "1970-01-01T00:00:00+00:00"
    assert lines[3]["file"] == {"name": "a"}


def test_an_answer_is_what_follows_until_the_next_message() -> None:
    lines = transcript_of(EVENTS).lines
    assert [line["text"] for line in answer_to(lines, "id-1") or []] == ["yanıt"]
    assert [line["text"] for line in answer_to(lines, "id-2") or []] == ["tamam", "geç yanıt"]
    assert answer_to(lines, "id-3") is None


def test_only_what_was_offered_counts_as_a_choice() -> None:
    lines = transcript_of(EVENTS).lines
    assert offered(lines, "/ret")
    assert not offered(lines, '/faq{"entry": "ke-01"}')
    assert not offered(transcript_of(EVENTS[:2]).lines, "/ret")
