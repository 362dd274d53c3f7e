"""A Bot API server for tests: real HTTP, one bot, as many people as wanted.

It sends the updates of a chat one after another and repeats what is not taken, as
Telegram's own server does, keeps what it was sent, and holds every request to `bot_api`.

The third-party emulator there is, npm telegram-test-api 4.2.1, falls short: its getMe lacks
`is_bot` and its dates are in milliseconds, neither of which the Bot API's client can read; it
has no setMyCommands, sendChatAction, sendDocument; it sends no secret, forgets an update once
it was asked for, and knows no limits and no 429.
"""

import asyncio
import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import aiohttp
from aiohttp import web

from tests.channels.telegram import bot_api
from tests.channels.telegram.bot_api import BadRequestError
from tests.servers import free_port

TOKEN = "123456789:AAF-emulated_token_of_thirty_five_"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Yardım", "username": "etw_yardim_bot"}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MESSAGES = {"sendMessage", "sendDocument"}
BLOCKED = "Forbidden: bot was blocked by the user"


class Sent(NamedTuple):
    """What the bot sent: the text as people see it, the buttons as (text, data)."""

    chat: int
    number: int
    text: str
    buttons: list[tuple[str, str]]
    method: str
    parameters: dict[str, Any]


class Refusal(NamedTuple):
    """An answer that is no success."""

    status: int
    description: str
    parameters: dict[str, Any]


class Emulator:
    """The server, in a thread of its own."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token = token
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        #: Requests the Bot API would refuse: there should be none.
        self.violations: list[str] = []
        self.blocked: set[int] = set()
        self.webhook: dict[str, Any] = {}
        self.commands: list[dict[str, str]] = []
        #: May refuse a call before anything else: (method, chat) to a refusal.
        self.trouble: Callable[[str, int], Refusal | None] = lambda method, chat: None
        #: While cleared nothing more is taken from the bot; it waits for its answer.
        self.open = threading.Event()
        self.open.set()
        #: How many messages of the bot are held back so.
        self.held = 0
        #: Chats whose messages are taken without an answer.
        self.mute: set[int] = set()
        #: Chats whose messages are taken with an answer that cannot be read.
        self.unreadable: set[int] = set()
        self._numbers = itertools.count(1)
        self._update_ids = itertools.count(700_000_001)
        self._pending: list[dict[str, Any]] = []
        self._queues: dict[Any, asyncio.Queue[dict[str, Any]]] = {}
        self._queries: dict[str, int] = {}
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    # -- the server's own life

    def __enter__(self) -> "Emulator":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())
        self._loop.close()

    async def _serve(self) -> None:
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))
        app = web.Application(client_max_size=bot_api.FILE)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self._ready.set()

    async def _close(self) -> None:
        tasks = asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.close()
        await self._runner.cleanup()

    # -- what people do

    def update(self, **content: Any) -> dict[str, Any]:
        """Return the next update, not delivered yet."""
        return {"update_id": next(self._update_ids), **content}

    def message(self, chat: dict[str, Any], **content: Any) -> dict[str, Any]:
        """Return a message somebody wrote."""
        person = {"id": abs(chat["id"]), "is_bot": False, "first_name": "Ayşe"}
        number = next(self._numbers)
        head = {"message_id": number, "date": int(time.time()), "chat": chat, "from": person}
        return {**head, **content}

    def query(self, message: Sent, chat: dict[str, Any], data: str) -> dict[str, Any]:
        """Return the press of a button under a message of the bot."""
        query_id = str(next(self._numbers))
        self._queries[query_id] = chat["id"]
        rows = [[{"text": text, "callback_data": held}] for text, held in message.buttons]
        shown = {
            "message_id": message.number,
            "date": int(time.time()),
            "chat": chat,
            "from": BOT,
            "text": message.text,
            "reply_markup": {"inline_keyboard": rows},
        }
        person = {"id": abs(chat["id"]), "is_bot": False, "first_name": "Ayşe"}
        head = {"id": query_id, "from": person, "chat_instance": "1", "data": data}
        return {**head, "message": shown}

    def hand_in(self, update: dict[str, Any]) -> int:
        """Give an update to the bot, by its webhook or when it asks; return its id."""
        self._loop.call_soon_threadsafe(self._add, update)
        return int(update["update_id"])

    def _add(self, update: dict[str, Any]) -> None:
        kind = next(name for name in update if name != "update_id")
        wanted = self.webhook.get("allowed_updates")
        if self.webhook and wanted and kind not in wanted:
            return
        if not self.webhook:
            self._pending.append(update)
            return
        held = update[kind]
        # As the real one: one queue for the messages of a chat, others for the rest.
        key = (kind, (held.get("message") or held)["chat"]["id"])
        if key not in self._queues:
            self._queues[key] = asyncio.Queue()
            self._loop.create_task(self._push(self._queues[key]))
        self._queues[key].put_nowait(update)

    async def _push(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        while True:
            update = await queue.get()
            while await self.post(update) != 200:
                await asyncio.sleep(0.2)

    async def post(self, update: dict[str, Any]) -> int:
        """Send an update to the webhook once; return the status, 0 if nobody listens."""
        headers = {SECRET_HEADER: self.webhook["secret_token"]}
        try:
            async with self._client.post(
                self.webhook["url"], json=update, headers=headers
            ) as reply:
                return reply.status
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return 0

    def run(self, work: Any) -> Any:
        """Run a coroutine in the server's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    def to(self, chat: int) -> list[Sent]:
        """Return what the bot sent to a chat."""
        return [sent for sent in self.sent if sent.chat == chat]

    # -- what the bot calls

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _refused(Refusal(401, "Unauthorized", {}))
        method = request.match_info["method"]
        form = dict(await request.post())
        parameters = bot_api.parameters_of(form)
        self.calls.append((method, parameters))
        if method not in bot_api.PARAMETERS:
            self.violations.append(f"no method {method}")
            return _refused(Refusal(404, "Not Found", {}))
        if unknown := set(parameters) - bot_api.PARAMETERS[method]:
            self.violations.append(f"{method}: {unknown}")
        chat = int(parameters.get("chat_id", 0))
        if not await self._hold(method, request):
            return _refused(Refusal(500, "Internal Server Error", {}))
        refusal = self.trouble(method, chat)
        if refusal is None and method in MESSAGES and chat in self.blocked:
            refusal = Refusal(403, BLOCKED, {})
        if refusal is not None:
            return _refused(refusal)
        try:
            name = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", method)
            result = await getattr(self, f"_{name}")(parameters)
        except BadRequestError as error:
            self.violations.append(f"{method}: {error}: {parameters}")
            return _refused(Refusal(400, f"Bad Request: {error}", {}))
        if isinstance(result, Refusal):
            return _refused(result)
        while chat in self.mute and method in MESSAGES:
            await asyncio.sleep(0.01)
        return web.json_response({"ok": True, "result": result})

    async def _hold(self, method: str, request: web.Request) -> bool:
        """Keep a message back while the server is closed; False if its sender died."""
        if method not in MESSAGES:
            return True
        self.held += 1
        try:
            while not self.open.is_set() and request.transport is not None:
                await asyncio.sleep(0.01)
        finally:
            self.held -= 1
        return request.transport is not None

    async def _get_me(self, parameters: dict[str, Any]) -> Any:
        return BOT

    async def _set_webhook(self, parameters: dict[str, Any]) -> Any:
        bot_api.check_webhook(parameters, local=True)
        self.webhook = parameters
        for update in self._pending:
            self._add(update)
        self._pending.clear()
        return True

    async def _delete_webhook(self, parameters: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    async def _set_my_commands(self, parameters: dict[str, Any]) -> Any:
        bot_api.check_commands(parameters["commands"])
        self.commands = parameters["commands"]
        return True

    async def _get_updates(self, parameters: dict[str, Any]) -> Any:
        bot_api.check_updates(parameters)
        if self.webhook:
            return Refusal(409, "Conflict: can't use getUpdates method while webhook is active", {})
        offset = int(parameters.get("offset", 0))
        self._pending = [update for update in self._pending if update["update_id"] >= offset]
        until = time.monotonic() + int(parameters.get("timeout", 0))
        while not self._pending and time.monotonic() < until:
            await asyncio.sleep(0.01)
        return self._pending[:100]

    async def _send_message(self, parameters: dict[str, Any]) -> Any:
        return self._take(
            "sendMessage", parameters, bot_api.text_of(parameters, "text", 1, bot_api.TEXT)
        )

    async def _send_document(self, parameters: dict[str, Any]) -> Any:
        caption = bot_api.text_of(parameters, "caption", 0, bot_api.CAPTION)
        field = parameters["document"]
        content = field.file.read()
        if not 0 < len(content) <= bot_api.FILE or not field.filename:
            raise BadRequestError("file must be non-empty")
        kept = {**parameters, "document": {"name": field.filename, "content": content}}
        return self._take("sendDocument", kept, caption)

    def _take(self, method: str, parameters: dict[str, Any], text: str) -> dict[str, Any]:
        buttons = bot_api.keyboard_of(parameters.get("reply_markup"))
        chat, number = int(parameters["chat_id"]), next(self._numbers)
        self.sent.append(Sent(chat, number, text, buttons, method, parameters))
        return {
            "message_id": number,
            "date": int(time.time()) * (1000 if chat in self.unreadable else 1),
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
            "from": BOT,
        }

    async def _send_chat_action(self, parameters: dict[str, Any]) -> Any:
        if parameters.get("action") not in bot_api.ACTIONS:
            raise BadRequestError("wrong parameter action in request")
        return True

    async def _answer_callback_query(self, parameters: dict[str, Any]) -> Any:
        if self._queries.pop(parameters["callback_query_id"], None) is None:
            raise BadRequestError("query is too old and response timeout expired")
        return True

    async def _edit_message_reply_markup(self, parameters: dict[str, Any]) -> Any:
        buttons = bot_api.keyboard_of(parameters.get("reply_markup"))
        chat, number = int(parameters["chat_id"]), int(parameters["message_id"])
        for index, sent in enumerate(self.sent):
            if (sent.chat, sent.number) == (chat, number):
                if sent.buttons == buttons:
                    raise BadRequestError("message is not modified")
                self.sent[index] = sent._replace(buttons=buttons)
                return {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}}
        raise BadRequestError("message to edit not found")


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status}
    body["description"] = refusal.description
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.Response(
        text=json.dumps(body), status=refusal.status, content_type="application/json"
    )


def flood(every: int, seconds: int = 1) -> Callable[[str, int], Refusal | None]:
    """Return trouble: one message in `every` is one too many."""
    counted: Iterator[int] = itertools.count(1)

    def trouble(method: str, chat: int) -> Refusal | None:
        if method in MESSAGES and next(counted) % every == 0:
            text = f"Too Many Requests: retry after {seconds}"
            return Refusal(429, text, {"retry_after": seconds})
        return None

    return trouble
