"""A Bot API server that hands in what a sender writes and tells it when the bot has answered."""

import asyncio
from typing import Any

from aiohttp import web
from typing_extensions import Self

from tests.channels.telegram.emulator import Emulator

_RELAY = "relay"
PATIENCE_SECONDS = 30


class Relay(Emulator):
    """The tests' Bot API server with an address for the load generator."""

    def __init__(self) -> None:
        """Wait for nobody."""
        super().__init__()
        self._waiting: dict[int, asyncio.Future[str]] = {}

    def __enter__(self) -> Self:
        """Start."""
        super().__enter__()
        return self

    @property
    def relay(self) -> str:
        """Where a sender posts {"chat", "text"} and gets the bot's text."""
        return f"{self.url}/bot{_RELAY}/say"

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != _RELAY:
            return await super()._call(request)
        said = await request.json()
        chat = {"id": said["chat"], "type": "private", "first_name": "Ayşe"}
        answer = self._waiting[said["chat"]] = asyncio.get_running_loop().create_future()
        status = await self.post(self.update(message=self.message(chat, text=said["text"])))
        if status != 200:
            return web.json_response({"refused": status}, status=502)
        try:
            return web.json_response({"text": await asyncio.wait_for(answer, PATIENCE_SECONDS)})
        except asyncio.TimeoutError:
            return web.json_response({"refused": "no answer"}, status=504)

    def _take(self, method: str, parameters: dict[str, Any], text: str) -> dict[str, Any]:
        taken = super()._take(method, parameters, text)
        answer = self._waiting.pop(int(parameters["chat_id"]), None)
        if answer is not None and not answer.done():
            answer.set_result(text)
        return taken
