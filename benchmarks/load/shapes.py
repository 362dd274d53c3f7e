"""How a message's cost changes with the conversation's length and with what is stored."""

import csv
import io
import itertools
import json
import random
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from benchmarks.figures import percentile
from benchmarks.load.dialogues import dialogues, in_turn
from benchmarks.load.setups import Running

TURNS = 500
BAND = 50
#: Questions without a flow, so that each band of turns holds the same messages.
CYCLE = 10
EVENTS = (0, 10_000, 100_000, 1_000_000)
#: Messages timed one at a time after each filling, and those before that are not counted.
TIMED, WARM = 200, 30
AT_ONCE = 20_000
_COLUMNS = ("sender_id", "type_name", "timestamp", "intent_name", "action_name", "data")
Start = Callable[[], AbstractContextManager[Running]]


def conversation_length(start: Start) -> dict[str, Any]:
    """Time 500 turns of one conversation, over REST and over the web channel."""
    texts = [one.texts[0] for one in dialogues() if one.kind in {"kısa soru", "sohbet"}][:CYCLE]
    found = {}
    with start() as running:
        for channel, begin in {"rest": _rest, "web": _web}.items():
            before = begin(running)
            for text in texts:  # what is read at first is read before
                before(text)
            say = begin(running)
            times = [say(text) for text in itertools.islice(itertools.cycle(texts), TURNS)]
            found[channel] = [_figures(times[at : at + BAND]) for at in range(0, TURNS, BAND)]
            print(f"  {channel} {_told(found[channel])}", flush=True)
    return {"band": BAND, "channels": found}


def stored_events(start: Start) -> dict[str, Any]:
    """Time messages one at a time while ever more events of other conversations are stored."""
    with start() as running, running.without_reader():
        engine = sa.create_engine(running.database)
        # What is copied are the events of conversations that were really held.
        say = _rest(running)
        for begins, text in itertools.islice(in_turn(), sum(len(d.texts) for d in dialogues())):
            say = _rest(running) if begins else say
            say(text)
        with engine.connect() as connection:
            table = SQLTrackerStore.SQLEvent.__table__
            columns = [table.c[name] for name in _COLUMNS]
            held = [
                tuple(row) for row in connection.execute(sa.select(columns).order_by(table.c.id))
            ]
        figures, stored = [], 0
        for wanted in EVENTS:
            begun = time.monotonic()
            _fill(engine, held, wanted - stored)
            stored = wanted
            print(f"  {wanted} events, filled in {time.monotonic() - begun:.0f} s", flush=True)
            figures.append({"events": wanted, **_figures(_one_at_a_time(running))})
            print(f"  {_told(figures[-1:])}", flush=True)
        engine.dispose()
    return {"steps": figures, "bytes_an_event": sum(len(row[-1]) for row in held) / len(held)}


def _one_at_a_time(running: Running) -> list[float]:
    say, times = _rest(running), []
    for begins, text in itertools.islice(in_turn(), WARM + TIMED):
        say = _rest(running) if begins else say
        times.append(say(text))
    return times[WARM:]


def _fill(engine: sa.engine.Engine, held: Sequence[tuple[Any, ...]], count: int) -> None:
    """Store copies of the events under other conversations' names, at earlier times."""
    rows = itertools.islice(_copies(held), count)
    raw = engine.raw_connection()
    cursor = raw.cursor()
    while some := list(itertools.islice(rows, AT_ONCE)):
        if engine.dialect.name == "postgresql":
            text = io.StringIO()
            csv.writer(text).writerows(some)
            text.seek(0)
            cursor.copy_expert(f"COPY events ({','.join(_COLUMNS)}) FROM STDIN (FORMAT csv)", text)
        else:
            marks = ",".join("?" * len(_COLUMNS))
            cursor.executemany(
                f"INSERT INTO events ({','.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608 - ours
                some,
            )
        raw.commit()
    if engine.dialect.name == "postgresql":  # as its own daemon would a minute later
        cursor.execute("ANALYZE events")
        raw.commit()
    raw.close()


def _copies(held: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(1)
    while True:
        days = chance.random() * 180
        names: dict[str, str] = {}
        for conversation, kind, moment, *rest in held:
            name = names.setdefault(conversation, f"web-{chance.getrandbits(128):032x}")
            yield (name, kind, moment - days * 86_400, *rest)


def _rest(running: Running) -> Callable[[str], float]:
    """Return what writes into a new conversation over REST and tells the milliseconds."""
    sender = uuid.uuid4().hex
    address = f"{running.address}/webhooks/rest/webhook"
    return lambda text: _timed(address, {"sender": sender, "message": text}, "")


def _web(running: Running) -> Callable[[str], float]:
    """Return what writes into a new conversation of the website."""
    base = f"{running.address}/webhooks/web"
    token = json.loads(_post(f"{base}/sessions", {}, ""))["session"]
    return lambda text: _timed(f"{base}/messages", {"id": uuid.uuid4().hex, "text": text}, token)


def _timed(address: str, body: dict[str, Any], token: str) -> float:
    begun = time.perf_counter()
    answer = _post(address, body, token)
    spent = (time.perf_counter() - begun) * 1000
    if b'"text"' not in answer:
        raise RuntimeError(f"{address}: {answer!r}")
    return spent


def _post(address: str, body: dict[str, Any], token: str) -> bytes:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - our own http
        return bytes(reply.read())


def _figures(times: Sequence[float]) -> dict[str, float]:
    return {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}


def _told(figures: Sequence[dict[str, float]]) -> str:
    return "  ".join(f"{one['p50']:.1f}/{one['p95']:.1f}" for one in figures)
