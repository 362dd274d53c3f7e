"""Many people talk to a larger set-up at once while its parts are killed under them."""

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp

from tests.servers import wait_for

QUESTIONS = (
    "esep nedir",
    "sertifikada eski okulumun adı yazıyor",
    "aynı anda kaç projem olabilir",
    "kalite etiketi başvurusu ne zaman",
    "il koordinatörüme nasıl ulaşırım",
    "mantı tarifi verir misin",
)
PATIENCE_SECONDS = 60


class Person:
    """Somebody whose page sends each message until it is answered, as the widget does."""

    def __init__(self, address: str, web: aiohttp.ClientSession) -> None:
        self._base, self._web = f"{address}/webhooks/web", web
        self._token = ""
        self.asked: list[str] = []
        self.waited: list[float] = []
        self.repeats = 0

    async def begin(self) -> None:
        self._token = (await self._send("POST", "/sessions", None))["session"]

    async def ask(self, text: str) -> None:
        key, begun = uuid.uuid4().hex, time.monotonic()
        self.asked.append(key)
        await self._send("POST", "/messages", {"id": key, "text": text})
        self.waited.append(time.monotonic() - begun)

    async def lines(self) -> list[dict[str, Any]]:
        return list((await self._send("GET", "/messages?after=0", None))["messages"])

    async def _send(self, method: str, path: str, body: Any) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        while True:
            said: Any = None
            try:
                url = f"{self._base}{path}"
                timeout = aiohttp.ClientTimeout(total=30)
                async with self._web.request(
                    method, url, json=body, headers=headers, timeout=timeout
                ) as reply:
                    said = (reply.status, await reply.text())
                    if reply.status < 300:
                        return dict(await reply.json())
                    # A refusal is a sentence, never a page of some server's.
                    assert reply.status in {429, 502, 503, 504}, said
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:
                said = error
            assert time.monotonic() < deadline, said
            self.repeats += 1
            await asyncio.sleep(0.5)


async def talk(
    address: str,
    people: int,
    messages: int,
    faults: list[Callable[[], None]],
    every: float,
    pause: float = 0.0,
) -> list[Person]:
    """Let people talk; a fault strikes every so many seconds while they do."""
    async with crowd(address, people) as all_of_them:

        async def all_messages(person: Person, first: int) -> None:
            for number in range(messages):
                await person.ask(QUESTIONS[(first + number) % len(QUESTIONS)])
                await asyncio.sleep(pause)  # a person reads

        talking = asyncio.gather(*(all_messages(one, i) for i, one in enumerate(all_of_them)))
        for fault in faults:
            await asyncio.sleep(every)
            await asyncio.to_thread(fault)
        await talking
        return all_of_them


async def talk_during(address: str, people: int, work: Callable[[], None]) -> list[Person]:
    """Let people talk without a pause until some work is done."""
    async with crowd(address, people) as all_of_them:
        working = asyncio.create_task(asyncio.to_thread(work))

        async def messages(person: Person, first: int) -> None:
            for number in itertools.count(first):
                await person.ask(QUESTIONS[number % len(QUESTIONS)])
                if working.done():
                    return

        await asyncio.gather(*(messages(one, i) for i, one in enumerate(all_of_them)), working)
        return all_of_them


@contextlib.asynccontextmanager
async def crowd(address: str, people: int) -> AsyncIterator[list[Person]]:
    """Let people begin; at the end see that none lost a message or had one doubled."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as web:
        all_of_them = [Person(address, web) for _ in range(people)]
        await asyncio.gather(*(person.begin() for person in all_of_them))
        yield all_of_them
        for person in all_of_them:
            _check(await person.lines(), person)


def _check(lines: list[dict[str, Any]], person: Person) -> None:
    """Every message stands once, in order, and is answered."""
    own = [line["id"] for line in lines if line["author"] == "user"]
    assert own == person.asked
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if line["author"] == "user":
            assert after, line
            assert (after["author"], bool(after["text"])) == ("assistant", True), line


def processes(part: str, within: Path | str = "") -> list[int]:
    """Return the ids of this machine's processes whose command holds both."""
    found = []
    for line in subprocess.check_output(["ps", "-ww", "-eo", "pid,args"], text=True).splitlines():
        number, _, command = line.strip().partition(" ")
        guarding = "bot.guard" in command or "--pdeathsig" in command
        if part in command and str(within) in command and not guarding:
            found.append(int(number))
    return found


def strike(number: signal.Signals, part: str, within: Path | str = "") -> Callable[[], None]:
    """Return what sends a signal to the first of such processes."""

    def fault() -> None:
        # It may still be coming back from the fault before.
        wait_for(lambda: processes(part, within), lambda: part)
        os.kill(processes(part, within)[0], number)

    return fault
