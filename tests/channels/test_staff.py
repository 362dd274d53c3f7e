"""The staff's door over a started assistant: replies, taking over, forgetting."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.channels import staff
from tests.channels.pages import QUESTION, Page, new_id, texts
from tests.servers import Server

pytestmark = [pytest.mark.model, pytest.mark.server]
SECRET = "s" * 40


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("staff"), BOT_STAFF_SECRET=SECRET, BOT_WEB_PER_ADDRESS="6000"
    ) as started:
        yield started


class Owner(Protocol):
    """Whoever holds a page's signed session."""

    token: Any


class Desk:
    """The desk's side of the door."""

    def __init__(self, server: Server, secret: str = SECRET) -> None:
        self.server, self.secret = server, secret

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        connection.request("POST", f"/webhooks/staff{path}", json.dumps(body), headers)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        return reply.status, json.loads(text) if text else None

    def reply(self, page: Owner, text: str, reply_id: str = "") -> tuple[int, Any]:
        body = {"id": reply_id or new_id(), "conversation": conversation_of(page), "text": text}
        return self.post("/replies", body)


def conversation_of(page: Owner) -> str:
    """Return the conversation a page's signed session names."""
    import jwt

    claims = jwt.decode(page.token, options={"verify_signature": False})
    return str(claims["sub"])


@pytest.fixture
def page(server: Server) -> Page:
    return Page(server, f"http://127.0.0.1:{server.port}").begin()


@pytest.fixture
def desk(server: Server) -> Desk:
    return Desk(server)


def test_a_question_without_an_answer_gets_a_code(page: Page) -> None:
    answer = page.say("yarın ankarada hava nasıl olacak")
    (code,) = [line["reference"] for line in answer.body["messages"] if "reference" in line]
    assert f"Takip kodunuz: **{code}**" in texts(answer)


def test_a_reply_appears_once_in_the_conversation(page: Page, desk: Desk) -> None:
    cursor = page.say("yarın ankarada hava nasıl olacak").body["cursor"]
    reply_id = new_id()
    for _ in range(3):
        assert desk.reply(page, "Bunu **biz** bilemeyiz.", reply_id) == (
            200,
            {"delivery": staff.STORED},
        )
    (line,) = page.history(cursor)
    assert (line["author"], line["text"]) == ("staff", "Bunu **biz** bilemeyiz.")
    # The conversation goes on as it was.
    assert "Kaynak:" in texts(page.say(QUESTION))


def test_a_conversation_taken_over_is_left_to_the_staff(page: Page, desk: Desk) -> None:
    page.say("merhaba")
    body = {"conversation": conversation_of(page)}
    assert desk.post("/pause", body)[0] == 200
    assert desk.post("/pause", body)[0] == 200
    silent = page.say(QUESTION)
    assert (silent.status, silent.body["messages"], silent.body["paused"]) == (200, [], True)
    desk.reply(page, "Buyurun, ben bakıyorum.")
    assert desk.post("/resume", body)[0] == 200
    assert "Kaynak:" in texts(page.say(QUESTION))
    said = [line["text"] for line in page.history() if line["author"] == "staff"]
    assert said == [staff.JOINED, "Buyurun, ben bakıyorum.", staff.LEFT]


def test_the_staff_can_have_a_conversation_forgotten(page: Page, desk: Desk) -> None:
    page.say("merhaba")
    assert desk.post("/forget", {"conversation": conversation_of(page)}) == (204, None)
    assert page.history() == []


def test_without_the_secret_nothing_happens(page: Page, server: Server) -> None:
    page.say("merhaba")
    before = page.history()
    for secret in ("", "x", SECRET[:-1]):
        assert Desk(server, secret).reply(page, "sahte") == (401, {"error": staff.NO_SECRET})
        for path in ("/pause", "/forget"):
            body = {"conversation": conversation_of(page)}
            assert Desk(server, secret).post(path, body)[0] == 401
    assert page.history() == before


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"id": "x", "conversation": "web-a", "text": "a"}, 400, staff.BAD_ID),
        ({"id": "a" * 9, "conversation": "web-a", "text": " "}, 400, staff.BAD_TEXT),
        ({"id": "a" * 9, "conversation": "web-a", "text": "a" * 10_001}, 400, staff.BAD_TEXT),
        ({"id": "a" * 9, "conversation": "ç a", "text": "a"}, 400, staff.BAD_CONVERSATION),
        ({"id": "a" * 9, "conversation": "web-a", "text": "a"}, 404, staff.NO_CONVERSATION),
    ],
)
def test_what_cannot_be_delivered_is_said(
    desk: Desk, body: Any, status: int, sentence: str
) -> None:
    assert desk.post("/replies", body) == (status, {"error": sentence})


def test_rasas_own_api_wants_the_secret(server: Server) -> None:
    for path, status in (("/status", 401), (f"/status?token={SECRET}", 200)):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", path)
        assert connection.getresponse().status == status
        connection.close()
    listing = Path("/proc").glob("[0-9]*/cmdline")
    commands = [read for path in listing if (read := _read(path))]
    assert not any(SECRET.encode() in command for command in commands)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def test_a_pause_outlives_a_session(model: Path, tmp_path: Path) -> None:
    """After `session_expiration_time` Rasa starts the tracker anew; the pause stays."""
    from rasa.shared.core.events import ConversationPaused
    from rasa_sdk import Tracker

    from actions.session import ActionSessionStart

    state = {"sender_id": "x", "slots": {}, "paused": True, "events": []}
    events = ActionSessionStart().run(None, Tracker.from_dict(state), {})
    assert ConversationPaused.type_name in [event["event"] for event in events]
