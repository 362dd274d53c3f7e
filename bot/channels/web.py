"""The channel of the website: sessions, messages that arrive once, history, forgetting.

Any worker can serve any request: what is known of a conversation stands in the tracker
store, and a message is looked for there, under the conversation's lock, before it is
taken. `docs/web-kanali.yml` describes the routes.
"""

import asyncio
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversations import forget, read
from bot.channels.http import (
    RefusedError,
    agent_of,
    as_json,
    free,
    guard,
    json_object,
    route_name,
)
from bot.channels.payloads import plain_text
from bot.channels.quota import Quota
from bot.channels.sessions import Session, SessionError, Sessions
from bot.channels.transcript import Choice, Line, Transcript, offered
from bot.channels.turns import Said, TurnError, take_turn
from bot.channels.web_email import (
    ADDRESS,
    MAX_ADDRESS,
    Addresses,
    Wanted,
    forget_address,
    mail_answer,
)
from bot.channels.web_files import add_files
from bot.clock import now
from bot.knowledge import current
from bot.knowledge.banner import banner_now
from bot.knowledge.topics import load_topics
from bot.live import live
from bot.mail import mail_is_set
from bot.nlu.labels import payload_of
from bot.secret import stored_secret
from bot.settings import Settings, settings
from bot.text.clean import clean

MAX_BODY_BYTES = 16 * 1024
_ID = re.compile(r"[\w-]{8,64}")
METHODS = "GET, POST, PUT, DELETE, OPTIONS"
MAX_PAGE = 2_000

BAD_ID = "“id” 8-64 karakter olmalı; harf, rakam, - ve _ içerebilir"
BAD_MESSAGE = "“text” ya da “choice” bir metin olmalı; ikisi birden gönderilmez"
BAD_CHOICE = "Bu seçenek bu konuşmada sunulmadı"
BAD_AFTER = "“after” 0 ya da daha büyük bir tam sayı olmalı"
BAD_ORIGIN = "Bu siteye izin verilmedi"
EMPTY = "İleti boş. Sorunuzu yazıp yeniden gönderin."
TOO_LONG = "İletiniz çok uzun; en çok {most} karakter gönderebilirsiniz."
TOO_LARGE = "Gövde çok büyük"
NO_SESSION = "Oturumunuz sona erdi. Yeni bir konuşma başlatın."
NO_LINK = "Bu bağlantı geçersiz ya da süresi dolmuş. Yeni bir konuşma başlatabilirsiniz."
NO_MAIL = "Bu asistan e-posta gönderemiyor"
BAD_ADDRESS = "Bu bir e-posta adresi değil. Denetleyip yeniden yazın."
BAD_PAGE = "“page” izin verilen bir sitenin sayfası olmalı"
TOO_MANY = "Çok hızlı yazdınız. {seconds} saniye sonra yeniden deneyin."
FAILED = "Şu anda yanıt veremiyorum; sorun bende. Birkaç dakika sonra yeniden deneyin."


class WebInput(InputChannel):
    """`/webhooks/web/…`: the widget's side of the assistant."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, part of its address."""
        return "web"

    def __init__(self) -> None:
        """Read the settings; secret and counters are shared by all workers."""
        chosen = settings()
        self._settings: Settings = chosen
        secret = chosen.web_secret or stored_secret(chosen.var_dir, "web-secret")
        self._sessions = Sessions(secret, chosen.web_hours, chosen.keep_days)
        self._quota = Quota(chosen.redis_url)
        self._topics = {
            payload_of(topic.id): topic.title for topic in load_topics(live().knowledge, current())
        }

    def blueprint(self, on_new_message: Any) -> Blueprint:
        """Return the routes. Messages go to the agent itself, under its lock."""
        routes = Blueprint("web_channel")
        guard(routes)
        routes.middleware(free(self._check), "request")
        routes.middleware(free(self._share), "response")
        handlers = (
            ("/start", "GET", self._start),
            ("/sessions", "POST", self._begin),
            ("/sessions/current", "DELETE", self._forget),
            ("/messages", "GET", self._history),
            ("/messages", "POST", self._take),
            ("/links", "POST", self._link),
            ("/email", "PUT", self._keep_address),
            ("/email", "DELETE", self._drop_address),
        )
        for path, method, handler in handlers:
            routes.add_route(free(handler), path, methods=[method], name=route_name(method, path))
        for path in dict.fromkeys(path for path, _, _ in handlers):
            routes.add_route(
                _preflight, path, methods=["OPTIONS"], name=route_name("OPTIONS", path)
            )
        add_files(routes, self._settings.demo)
        return routes

    async def _check(self, request: Request) -> None:
        """Refuse strange sites and large bodies before anything is read."""
        origin = request.headers.get("origin", "")
        if origin and not self._allowed(origin, request):
            raise RefusedError(BAD_ORIGIN, 403)
        if len(request.body) > MAX_BODY_BYTES:
            raise RefusedError(TOO_LARGE, 413)

    async def _start(self, request: Request) -> HTTPResponse:
        """What a page shows before anything was asked."""
        topics = [Choice(title=title, choice=choice) for choice, title in self._topics.items()]
        body = {
            "banner": banner_now(live().knowledge, now()),
            "topics": topics,
            "hosts": _plain_hosts(),
            "most": self._settings.max_message,
            "hours": self._settings.web_hours,
            "days": self._settings.keep_days,
            "email": mail_is_set(),
        }
        return as_json(body)

    async def _begin(self, request: Request) -> HTTPResponse:
        """Issue a session: of a new conversation, or of the one a private link names."""
        await self._count(request, None)
        link = json_object(request).get("link") if request.body else None
        if link is None:
            session = self._sessions.issue()
        else:
            try:
                session = self._sessions.reopen(str(link))
            except SessionError as error:
                raise RefusedError(NO_LINK, 401) from error
        body = {"session": session.token, "expires": session.expires.isoformat()}
        return as_json(body, 201)

    async def _forget(self, request: Request) -> HTTPResponse:
        session = self._session(request)
        agent = agent_of(request)
        async with agent.lock_store.lock(session.conversation):
            await asyncio.to_thread(forget, agent, session.conversation)
        await self.forget(agent, session.conversation)
        return response.empty(204)

    async def _link(self, request: Request) -> HTTPResponse:
        session = self._session(request)
        await self._count(request, session)
        link = self._sessions.link(session.conversation)
        return as_json({"link": link.token, "expires": link.expires.isoformat()}, 201)

    async def _keep_address(self, request: Request) -> HTTPResponse:
        """Keep an e-mail address for the staff's next answer in this conversation."""
        session = self._session(request)
        await self._count(request, session)
        if not mail_is_set():
            raise RefusedError(NO_MAIL, 404)
        body = json_object(request)
        address, page = body.get("address"), body.get("page")
        if not isinstance(address, str) or not ADDRESS.fullmatch(address[: MAX_ADDRESS + 1]):
            raise RefusedError(BAD_ADDRESS, 400)
        if not isinstance(page, str) or not self._is_ours(page, request):
            raise RefusedError(BAD_PAGE, 400)
        addresses = await asyncio.to_thread(Addresses, agent_of(request))
        await asyncio.to_thread(addresses.keep, session.conversation, Wanted(address, page))
        return response.empty(204)

    async def _drop_address(self, request: Request) -> HTTPResponse:
        await self.forget(agent_of(request), self._session(request).conversation)
        return response.empty(204)

    async def deliver(
        self, agent: Any, conversation: str, text: str, *, notice: bool = False
    ) -> str:
        """Mail a staff reply if that was asked for; the page reads it from the record.

        Raises:
            MailError: if the e-mail could not be sent.
        """
        if notice or not mail_is_set():
            return "stored"
        link = self._sessions.link(conversation).token
        addresses = await asyncio.to_thread(Addresses, agent)
        mailed = await mail_answer(addresses, conversation, text, link)
        return "mailed" if mailed else "stored"

    async def forget(self, agent: Any, conversation: str) -> None:
        """Delete what this channel keeps of a conversation besides the tracker."""
        await forget_address(agent, conversation)

    def _is_ours(self, page: str, request: Request) -> bool:
        """Tell whether a page's address lies on an allowed site, and holds no fragment."""
        found = urlsplit(page)
        origin = f"{found.scheme}://{found.netloc}"
        return (
            found.scheme in {"http", "https"}
            and len(page) <= MAX_PAGE
            and not found.fragment
            and self._allowed(origin, request)
        )

    async def _history(self, request: Request) -> HTTPResponse:
        session = self._session(request)
        after = request.args.get("after", "0")
        if not re.fullmatch(r"\d{1,6}", after):
            raise RefusedError(BAD_AFTER, 400)
        said = await read(agent_of(request), session.conversation)
        return _answered(said.lines[int(after) :], said)

    async def _take(self, request: Request) -> HTTPResponse:
        session = self._session(request)
        message_id, text, choice = self._message(request)
        await self._count(request, session)
        return await self._turn(agent_of(request), session, message_id, text, choice)

    def _allowed(self, origin: str, request: Request) -> bool:
        return origin in self._settings.origins() or urlsplit(origin).netloc == request.host

    async def _share(self, request: Request, answer: HTTPResponse) -> None:
        """Let the page of an allowed site read the answer, and nobody store it."""
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers["Vary"] = ", ".join(filter(None, [answer.headers.get("Vary"), "Origin"]))
        origin = request.headers.get("origin", "")
        if origin and self._allowed(origin, request):
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Access-Control-Allow-Methods"] = METHODS
            answer.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
            answer.headers["Access-Control-Max-Age"] = "600"

    def _session(self, request: Request) -> Session:
        try:
            return self._sessions.read(request.token or "")
        except SessionError as error:
            raise RefusedError(NO_SESSION, 401) from error

    async def _count(self, request: Request, session: Session | None) -> None:
        """Count a message of a session and of its address.

        Raises:
            RefusedError: if there were too many this minute, with when to try again.
        """
        address = request.remote_addr or request.ip
        keys = [(f"address {address}", self._settings.web_per_address)]
        if session:
            keys.append((f"session {session.conversation}", self._settings.web_per_minute))
        for key, most in keys:
            if seconds := await self._quota.wait(key, most):
                headers = {"Retry-After": str(seconds)}
                raise RefusedError(TOO_MANY.format(seconds=seconds), 429, **headers)

    def _message(self, request: Request) -> tuple[str, str, str]:
        """Return the id, the text (empty for a press) and the choice (empty for a text)."""
        body = json_object(request)
        message_id, text, choice = body.get("id"), body.get("text"), body.get("choice")
        if not isinstance(message_id, str) or not _ID.fullmatch(message_id):
            raise RefusedError(BAD_ID, 400)
        if isinstance(choice, str) and choice and text is None:
            return message_id, "", choice
        if not isinstance(text, str) or choice is not None:
            raise RefusedError(BAD_MESSAGE, 400)
        text = clean(text).strip()
        if not plain_text(text):  # nothing but slashes says nothing either
            raise RefusedError(EMPTY, 400)
        if len(text) > self._settings.max_message:
            raise RefusedError(TOO_LONG.format(most=self._settings.max_message), 413)
        return message_id, text, ""

    async def _turn(
        self, agent: Any, session: Session, message_id: str, text: str, choice: str
    ) -> HTTPResponse:
        """Answer a message once: a repeated id gets what was said the first time."""

        def said(before: Transcript) -> Said:
            if choice and choice not in self._topics and not offered(before.lines, choice):
                raise RefusedError(BAD_CHOICE, 400)
            return Said(choice or plain_text(text))

        try:
            answer, whole = await take_turn(
                agent, self.name(), session.conversation, message_id, said
            )
        except TurnError as error:
            # Nothing is stored of a turn that failed: the page may send it again.
            raise RefusedError(FAILED, 503, **{"Retry-After": "30"}) from error
        return _answered(answer, whole)


async def _preflight(request: Request) -> HTTPResponse:
    return response.empty(204)


def _plain_hosts() -> list[str]:
    """Return the sites that the documents' own links reach without https."""
    places = (place for one in current().documents.values() for place in one.places.values())
    links = (urlsplit(link) for place in places for link in place.links)
    return sorted({link.netloc for link in links if link.scheme == "http"})


def _answered(lines: Sequence[Line], whole: Transcript) -> HTTPResponse:
    body = {"messages": list(lines), "cursor": len(whole.lines), "paused": whole.paused}
    return as_json(body)
