"""Turns whole or not at all; long sessions go on in a new one."""

import asyncio
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import jsonschema_rs
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import Event as RasaEvent
from rasa.shared.core.events import SlotSet
from rasa.utils.endpoints import ClientResponseError

from bot import processing
from bot.processing import ActionCalls, ActionsAwayError
from tests.conftest import Talk


@pytest.mark.model
def test_a_long_session_goes_on_in_a_new_one_with_what_is_known(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processing, "LONG_SESSION", 4)
    talk.say("projemizde 8 türk öğretmen var, başvursam kabul olur mu")
    for _ in range(9):
        reply = talk.say("kalite etiketine ne zaman başvurulur")
        assert "hangi yıl kaydedildi" in json.dumps(reply, ensure_ascii=False)
    tracker = talk.run(talk.assistant.agent.tracker_store.retrieve(talk._sender))
    sessions = [event for event in tracker.events if event.type_name == "session_started"]
    assert sessions
    assert sum(event.type_name == "user" for event in tracker.events) <= 5
    talk.say("2025")
    answer = json.dumps(talk.say("1"), ensure_ascii=False)
    assert "bitti" in answer.lower()


class _Actions:
    """A server that answers, refuses, breaks or hangs as it is told."""

    def __init__(self) -> None:
        self.plan: list[str] = []
        self.asked = 0
        self._go_on = Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer.asked += 1
                self.rfile.read(int(self.headers["Content-Length"]))
                plan = outer.plan.pop(0)
                if plan == "hangs":
                    outer._go_on.wait(10)
                    self.close_connection = True
                    return
                body = b'{"events": [], "responses": []}'
                self.send_response({"answers": 200, "refuses": 400, "breaks": 500}[plan])
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._go_on.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def actions() -> Iterator[_Actions]:
    started = _Actions()
    yield started
    started.close()


@pytest.mark.parametrize(
    ("plan", "asked", "outcome"),
    [
        (["answers"], 1, None),
        (["breaks", "answers"], 2, None),
        (["hangs", "answers"], 2, None),
        (["hangs", "hangs"], 2, processing._TurnBrokenOff),
        (["breaks", "breaks"], 2, processing._TurnBrokenOff),
        (["refuses"], 1, ClientResponseError),
    ],
)
def test_an_action_is_asked_once_more_and_then_the_turn_breaks_off(
    actions: _Actions, plan: list[str], asked: int, outcome: type[BaseException] | None
) -> None:
    actions.plan = list(plan)

    async def call() -> Any:
        calls = ActionCalls(actions.url, 1)
        try:
            return await calls.request(json={"next_action": "action_answer"})
        finally:
            await calls.close()

    if outcome is None:
        assert asyncio.run(call()) == {"events": [], "responses": []}
    else:
        with pytest.raises(outcome):
            asyncio.run(call())
    assert actions.asked == asked


@pytest.mark.model
def test_of_a_turn_without_actions_nothing_is_stored(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.say("merhaba")
    before = talk.run(talk.assistant.agent.tracker_store.retrieve(talk._sender)).events

    async def away(*_: Any, **__: Any) -> Any:
        raise processing._TurnBrokenOff("away")

    monkeypatch.setattr(type(talk.assistant.agent.processor.action_endpoint), "request", away)
    with pytest.raises(ActionsAwayError):
        talk.say("esep nedir")
    after = talk.run(talk.assistant.agent.tracker_store.retrieve(talk._sender)).events
    assert len(after) == len(before)


@pytest.mark.model
def test_few_turns_are_under_way_at_once_and_none_is_lost(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    processor = talk.assistant.agent.processor
    under_way, seen = 0, []

    async def turn(_: Any, message: UserMessage) -> list[dict[str, Any]]:
        nonlocal under_way
        under_way += 1
        seen.append(under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return [{"text": message.text}]

    async def all_of_them() -> list[Any]:
        monkeypatch.setattr(processor, "_places", asyncio.Semaphore(processing.TURNS_AT_ONCE))
        turns = (processor.handle_message(UserMessage(str(number))) for number in range(50))
        return await asyncio.gather(*turns)

    monkeypatch.setattr(MessageProcessor, "handle_message", turn)
    answers = talk.run(all_of_them())
    assert [answer[0]["text"] for answer in answers] == [str(number) for number in range(50)]
    assert max(seen) == processing.TURNS_AT_ONCE


def test_an_event_is_found_by_its_name_and_an_unknown_one_is_refused() -> None:
    processing.install()
    assert RasaEvent.from_parameters({"event": "slot", "name": "a", "value": 1}) == SlotSet("a", 1)
    assert RasaEvent.resolve_by_type("slot") is SlotSet
    with pytest.raises(ValueError, match="nothing"):
        RasaEvent.resolve_by_type("nothing")


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ({"events": [], "responses": []}, False),
        ({"events": [{"event": "slot", "name": "a", "value": None}]}, False),
        ({"events": [{"event": "slot"}]}, True),
        ({"events": [{"event": "no-such"}]}, True),
        ({"responses": ["text"]}, True),
        ([], True),
    ],
)
def test_an_answer_of_another_form_is_refused(answer: Any, refused: bool) -> None:
    processing.install()
    validate = RemoteAction("action_answer", None)._validate_action_result
    if refused:
        with pytest.raises(jsonschema_rs.ValidationError):
            validate(answer)
    else:
        assert validate(answer)
