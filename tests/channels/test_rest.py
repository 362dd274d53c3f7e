"""The REST channel's checks, over a real HTTP server without a model."""

import asyncio
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.channels.rest import (
    BAD_JSON,
    BAD_MESSAGE,
    BAD_SENDER,
    NO_REPLY,
    TOO_LARGE,
    CheckedRestInput,
)
from tests.servers import wait_for

Handler = Callable[[UserMessage], Awaitable[None]]
Post = Callable[..., list[tuple[int, Any]]]
seen: list[UserMessage] = []


async def echo(message: UserMessage) -> None:
    seen.append(message)
    await message.output_channel.send_text_message(message.sender_id, f"bir\n\n{message.text}")


async def silent(message: UserMessage) -> None:
    seen.append(message)


async def broken(message: UserMessage) -> None:
    raise RuntimeError("boom")


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, dict[str, Handler]]]:
    """Serve the channel in a thread: its port, and where a test puts its handler."""
    handlers: dict[str, Handler] = {}

    async def handle(message: UserMessage) -> None:
        await handlers["now"](message)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = Sanic("rest_channel")
    app.blueprint(CheckedRestInput().blueprint(handle), url_prefix="/webhooks/rest")
    loop = asyncio.new_event_loop()
    started = threading.Event()

    async def start() -> Any:
        running = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
        assert running is not None
        await running.startup()
        await running.before_start()
        await running.start_serving()
        started.set()
        return running

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert started.wait(10)
    yield port, handlers
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture
def post(server: tuple[int, dict[str, Handler]]) -> Post:
    """Return a call that posts bodies to a handler: status and JSON of each reply."""
    port, handlers = server

    def run(handler: Handler, *bodies: Any) -> list[tuple[int, Any]]:
        seen.clear()
        handlers["now"] = handler
        results = []
        for body in bodies:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/webhooks/rest/webhook", data=data
            )
            try:
                with urllib.request.urlopen(request, timeout=10) as reply:
                    results.append((reply.status, json.load(reply)))
            except urllib.error.HTTPError as error:
                results.append((error.code, json.load(error)))
        return results

    return run


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"x", 400, BAD_JSON),
        (b"", 400, BAD_JSON),
        (b"[1]", 400, BAD_JSON),
        (b'"a"', 400, BAD_JSON),
        (b"[" * 60_000, 400, BAD_JSON),
        ({"sender": "a"}, 400, BAD_MESSAGE),
        ({"sender": "a", "message": None}, 400, BAD_MESSAGE),
        ({"sender": "a", "message": 5}, 400, BAD_MESSAGE),
        ({"sender": "a\x00", "message": "x"}, 400, BAD_SENDER),
        ({"sender": "", "message": "x"}, 400, BAD_SENDER),
        ({"sender": ["a"], "message": "x"}, 400, BAD_SENDER),
        ({"sender": "a" * 101, "message": "x"}, 400, BAD_SENDER),
        ({"sender": "a", "message": "x" * 10_001}, 413, TOO_LARGE),
        (b"1" * 70_000, 413, TOO_LARGE),
    ],
)
def test_what_is_no_message_is_refused_with_a_sentence(
    post: Post, body: Any, status: int, sentence: str
) -> None:
    assert post(echo, body) == [(status, {"error": sentence})]
    assert seen == []


def test_a_message_comes_back_in_one_piece(post: Post) -> None:
    [(status, replies)] = post(echo, {"sender": "a", "message": "soru"})
    assert (status, [reply["text"] for reply in replies]) == (200, ["bir\n\nsoru"])


def test_nobody_shares_a_conversation_for_lack_of_a_sender(post: Post) -> None:
    post(echo, {"message": "bir"}, {"message": "iki"})
    assert seen[0].sender_id != seen[1].sender_id
    assert "default" not in {message.sender_id for message in seen}


def test_a_caller_cannot_choose_channel_metadata_or_intent(post: Post) -> None:
    body = {"sender": "a", "message": "/restart", "input_channel": "x", "metadata": {"y": 1}}
    post(echo, body)
    assert (seen[0].text, seen[0].input_channel, seen[0].metadata) == ("restart", "rest", None)


def test_null_bytes_and_lone_surrogates_are_taken_out(post: Post) -> None:
    post(echo, b'{"sender": "a", "message": "so\\u0000ru\\ud800"}')
    assert seen[0].text == "soru"


@pytest.mark.parametrize("handler", [silent, broken])
def test_silence_never_happens(post: Post, handler: Handler) -> None:
    [(status, replies)] = post(handler, {"sender": "a", "message": "soru"})
    assert (status, [reply["text"] for reply in replies]) == (200, [NO_REPLY])


def test_a_caller_who_goes_away_leaves_no_text_in_the_log(
    server: tuple[int, dict[str, Handler]],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    port, handlers = server
    began, ended = threading.Event(), threading.Event()

    async def slow(message: UserMessage) -> None:
        began.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    handlers["now"] = slow
    body = json.dumps({"sender": "a", "message": "kimliğim 10000000146"}).encode()
    with socket.create_connection(("127.0.0.1", port)) as caller:
        head = "POST /webhooks/rest/webhook HTTP/1.1\r\nHost: a\r\n"
        caller.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert began.wait(10)
    assert ended.wait(10)
    wait_for(lambda: "the caller went away before the answer" in caplog.text, pause=0.01)
    written = capfd.readouterr()
    assert "10000000146" not in written.out + written.err + caplog.text
