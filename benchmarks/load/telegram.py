"""A Bot API server that hands in what a sender writes and says when the bot answered."""

import asyncio
import time
from typing import Any

from aiohttp import web
from typing_extensions import Self

from tests.channels.telegram.emulator import Emulator
from tests.servers import wait_for

_RELAY = "relay"
PATIENCE_SECONDS = 30
#: An answer is one message or several; a person goes on when no more come.
QUIET_SECONDS = 0.2


class Relay(Emulator):
    """The tests' Bot API server with an address for the load generator."""

    def __init__(self) -> None:
        """Wait for nobody."""
        super().__init__()
        self._answers: dict[int, asyncio.Event] = {}

    def __enter__(self) -> Self:
        """Start."""
        super().__enter__()
        return self

    @property
    def relay(self) -> str:
        """Where a sender posts {"chat", "text"}; gets the milliseconds to the first answer."""
        return f"{self.url}/bot{_RELAY}/say"

    def begin(self) -> None:
        """Have one message answered: the very first waits for others that may come before it.

        A process that has just started may refuse for a moment.
        """
        wait_for(self._begun)

    def _begun(self) -> bool:
        try:
            self.run(self._say(1, "merhaba"))
        except ConnectionError:
            return False
        return True

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != _RELAY:
            return await super()._call(request)
        said = await request.json()
        try:
            spent = await self._say(said["chat"], said["text"])
        except (ConnectionError, asyncio.TimeoutError) as error:
            return web.json_response({"refused": repr(error)}, status=502)
        return web.json_response({"text": "", "ms": spent})

    async def _say(self, number: int, text: str) -> float:
        """Write in a private chat and wait for the answer; return when it began."""
        chat = {"id": number, "type": "private", "first_name": "Ayşe"}
        answered = self._answers[number] = asyncio.Event()
        begun = time.perf_counter()
        status = await self.post(self.update(message=self.message(chat, text=text)))
        if status != 200:
            raise ConnectionError(status)
        await asyncio.wait_for(answered.wait(), PATIENCE_SECONDS)
        spent = (time.perf_counter() - begun) * 1000
        while answered.is_set():
            answered.clear()
            await asyncio.sleep(QUIET_SECONDS)
        return spent

    def _take(self, method: str, parameters: dict[str, Any], text: str) -> dict[str, Any]:
        taken = super()._take(method, parameters, text)
        if answered := self._answers.get(int(parameters["chat_id"])):
            answered.set()
        return taken
