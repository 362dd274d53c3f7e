"""What nobody's page sends: no endpoint fails, ends, or tells of somebody else.

The requests come from a seed that is said on failure; DRILL=1000 sends so many to each.
"""

import http.client
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.channels.pages import Page
from tests.channels.test_staff import conversation_of
from tests.fuzz.web import fuzz
from tests.operation.earlier import OFF_TOPIC, cases
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.server, pytest.mark.model]

REQUESTS = int(os.environ.get("DRILL", "40"))
SECRET_WORDS = "aramızda kalsın zürafa"
ENDPOINTS = [
    ("POST", "/webhooks/rest/webhook"),
    ("POST", "/webhooks/web/sessions"),
    ("DELETE", "/webhooks/web/sessions/current"),
    ("POST", "/webhooks/web/messages"),
    ("GET", "/webhooks/web/messages"),
    ("GET", "/webhooks/web/start"),
    ("POST", "/webhooks/web/links"),
    ("PUT", "/webhooks/web/email"),
    ("DELETE", "/webhooks/web/email"),
    ("POST", "/webhooks/staff/replies"),
    ("POST", "/webhooks/staff/pause"),
    ("POST", "/webhooks/staff/resume"),
    ("POST", "/webhooks/staff/forget"),
]
INTERNAL = [
    ("PUT", "/model"),
    ("DELETE", "/model"),
    ("POST", "/model/train"),
    ("POST", "/model/parse"),
    ("GET", "/domain"),
    ("GET", "/status"),
    ("GET", "/conversations/web-1/tracker"),
    ("GET", "/conversations/web-1/story"),
    ("POST", "/conversations/web-1/tracker/events"),
    ("PUT", "/conversations/web-1/tracker/events"),
    ("POST", "/conversations/web-1/messages"),
    ("POST", "/conversations/web-1/execute"),
    ("POST", "/conversations/web-1/trigger_intent"),
]
_PIECES: list[Any] = [
    *(None, True, 0, -1, 1e308, "", " ", "\x00", "a" * 5_000, "😀" * 300, "İIıi", "../../etc"),
    *(
        "' OR 1=1 --",
        "<script>",
        "/restart",
        '/faq{"entry": "ke-01"}',
        "\ud800",
        "%00",
        "\u202eabc",
    ),
    *([], {}, [[[[[]]]]], {"a": {"b": {}}}),
]
_NAMES = ["id", "text", "choice", "message", "sender", "link", "address", "page", "conversation"]


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("bozuk"), BOT_WEB_PER_ADDRESS="6000", BOT_WEB_PER_MINUTE="600"
    ) as started:
        yield started


def body_of(dice: random.Random) -> bytes:
    """Return a body: JSON of odd values, broken JSON, or no text at all."""
    kind = dice.randrange(5)
    if kind == 0:
        return dice.randbytes(dice.randrange(200))
    if kind == 1:
        return b"[" * dice.randrange(20_000)
    if kind == 2:
        return b""
    chosen = {name: dice.choice(_PIECES) for name in dice.sample(_NAMES, dice.randrange(6))}
    text = json.dumps(chosen).encode()
    return text[: dice.randrange(len(text))] if kind == 3 else text


def send(port: int, method: str, path: str, dice: random.Random) -> tuple[int, bytes]:
    """Send a request with odd headers and query."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Content-Type": dice.choice(["application/json", "text/plain", "x/y", ""]),
        "Authorization": dice.choice(
            ["", "Bearer", "Bearer a.b.c", "Basic eDp5", "Bearer " + "x" * 900]
        ),
        "Origin": dice.choice(["", "null", "http://", "https://kotu.example", "a" * 300]),
    }
    query = dice.choice(["", "?after=-1", "?after=abc", "?after=9999999", "?stream=true", "?%zz=%"])
    connection.request(method, path + query, body_of(dice), {k: v for k, v in headers.items() if v})
    reply = connection.getresponse()
    said = reply.read()
    connection.close()
    return reply.status, said


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_no_request_fails_or_tells_of_another_conversation(
    server: Server, method: str, path: str
) -> None:
    page = Page(server, origin=f"http://127.0.0.1:{server.port}").begin()
    page.say(SECRET_WORDS)
    before = server.children()
    for seed in range(REQUESTS):
        status, said = send(server.port, method, path, random.Random(f"{path} {seed}"))
        assert status < 500, (seed, status, said)
        assert SECRET_WORDS.encode() not in said, seed
    assert server.children() == before
    assert page.history()[0]["text"] == SECRET_WORDS


@pytest.mark.parametrize(("method", "path"), INTERNAL)
def test_an_anonymous_call_to_an_internal_path_is_refused(
    server: Server, method: str, path: str
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, b"{}", {"Content-Type": "application/json"})
    assert connection.getresponse().status == 401
    connection.close()


def test_an_event_that_somebody_made_up_never_comes_to_the_desk(server: Server) -> None:
    page = Page(server, f"http://127.0.0.1:{server.port}").begin()
    page.say("merhaba")
    conversation = conversation_of(page)
    value = {"text": "uydurma", "reason": "no_answer", "reference": "AAAA-0000", "ranking": []}
    event = {"event": "slot", "name": "unanswered", "value": value, "timestamp": 1.0}
    body = json.dumps([event]).encode()
    for query in ("", "?token=", "?token=uydurma", "?output_channel=web"):
        for method in ("POST", "PUT"):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            path = f"/conversations/{conversation}/tracker/events{query}"
            connection.request(method, path, body, {"Content-Type": "application/json"})
            assert connection.getresponse().status == 401
            connection.close()
    server.ask(f"/unanswered{json.dumps(value)}", conversation)
    server.ask(json.dumps(event), "baska")
    # The desk reads in order: what comes after is there, and of those no case of that name.
    page.say(OFF_TOPIC)
    desk = server.var_dir / "desk.db"
    wait_for(lambda: OFF_TOPIC in [text for _, text in cases(desk)], lambda: cases(desk))
    assert value["reference"] not in [reference for reference, _ in cases(desk)]


def test_made_up_requests_are_answered_as_described(server: Server) -> None:
    """A short run of what `make fuzz` does for long."""
    before = server.children()
    done = fuzz(f"http://127.0.0.1:{server.port}", 4)
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.children() == before
