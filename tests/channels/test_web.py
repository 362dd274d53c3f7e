"""The website's channel over a started assistant: real servers, real conversations."""

import contextlib
import json
import os
import signal
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from bot.channels import http, web
from tests.channels.pages import QUESTION, SITE, Page, new_id, texts
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("web"),
        BOT_WEB_ORIGINS=f"{SITE},http://localhost:8080",
        BOT_WEB_PER_MINUTE="600",
        BOT_WEB_PER_ADDRESS="6000",
    ) as started:
        yield started


@pytest.fixture
def page(server: Server) -> Page:
    return Page(server).begin()


def test_a_question_is_answered_with_source_and_choices(page: Page) -> None:
    answer = page.say(QUESTION)
    assert answer.status == 200
    first = answer.body["messages"][0]
    assert first["author"] == "assistant"
    assert "Kaynak: SSS Kalite Etiketi 3 (2020)" in first["text"]
    assert first["choices"][0]["title"]
    assert answer.body["cursor"] == len(page.history())


def test_a_repeated_message_is_answered_from_the_record(page: Page) -> None:
    message_id = new_id()
    first = page.say(QUESTION, message_id)
    again = page.say(QUESTION, message_id)
    assert again.body["messages"] == first.body["messages"]
    assert [line["author"] for line in page.history()].count("user") == 1


def test_the_same_message_sent_at_once_is_taken_once(page: Page) -> None:
    message_id = new_id()
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: page.say(QUESTION, message_id), range(6)))
    assert {texts(answer) for answer in answers} == {texts(answers[0])}
    assert [line["author"] for line in page.history()].count("user") == 1


def test_the_history_is_read_from_a_cursor(page: Page) -> None:
    cursor = page.say(QUESTION).body["cursor"]
    assert page.history(cursor) == []
    page.say("teşekkürler")
    later = page.history(cursor)
    assert [line["author"] for line in later] == ["user", "assistant"]
    assert later[0]["text"] == "teşekkürler"
    assert [line["number"] for line in later] == [cursor + 1, cursor + 2]


def test_a_choice_that_was_offered_is_taken_and_shown_by_its_title(page: Page) -> None:
    choice = page.say(QUESTION).body["messages"][0]["choices"][0]
    answer = page.press(choice["choice"])
    assert "Kaynak:" in texts(answer)
    pressed = [line for line in page.history() if line["author"] == "user"][-1]
    assert pressed["text"] == choice["title"]


def test_a_choice_of_another_conversation_is_refused(page: Page, server: Server) -> None:
    choice = page.say(QUESTION).body["messages"][0]["choices"][0]["choice"]
    other = Page(server).begin()
    other.say("merhaba")
    answer = other.press(choice)
    assert (answer.status, answer.body["error"]) == (400, web.BAD_CHOICE)


@pytest.mark.parametrize("text", ["/restart", '/faq{"entry": "ke-03"}', "/ret", "  //back"])
def test_what_a_person_types_is_text(page: Page, text: str) -> None:
    answer = page.say(text)
    assert answer.status == 200
    assert not page.history()[0]["text"].startswith("/")


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"x", 400, http.BAD_JSON),
        (b"[1]", 400, http.BAD_JSON),
        (b"[" * 100_00, 400, http.BAD_JSON),
        ({"text": "merhaba"}, 400, web.BAD_ID),
        ({"id": "kısa", "text": "merhaba"}, 400, web.BAD_ID),
        ({"id": "a" * 32}, 400, web.BAD_MESSAGE),
        ({"id": "a" * 32, "text": 5}, 400, web.BAD_MESSAGE),
        ({"id": "a" * 32, "text": "x", "choice": "y"}, 400, web.BAD_MESSAGE),
        ({"id": "a" * 32, "text": " \x00 "}, 400, web.EMPTY),
        ({"id": "a" * 32, "text": "/ //"}, 400, web.EMPTY),
        ({"id": "a" * 32, "choice": ""}, 400, web.BAD_MESSAGE),
        ({"id": "a" * 32, "text": "a" * 1001}, 413, web.TOO_LONG.format(most=1000)),
        ({"id": "a" * 32, "text": "a" * 20_000}, 413, web.TOO_LARGE),
    ],
)
def test_what_is_no_message_is_refused_with_a_sentence(
    page: Page, body: Any, status: int, sentence: str
) -> None:
    answer = page.call("POST", "/messages", body)
    assert (answer.status, answer.body) == (status, {"error": sentence})
    assert page.history() == []


@pytest.mark.parametrize("after", ["-1", "x", "1e3", "99999999"])
def test_a_cursor_that_is_none_is_refused(page: Page, after: str) -> None:
    assert page.call("GET", f"/messages?after={after}").body == {"error": web.BAD_AFTER}


def test_a_cursor_past_the_end_brings_nothing(page: Page) -> None:
    assert page.history(500) == []


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "changed"])
def test_a_session_that_is_not_ours_is_refused(page: Page, token: str) -> None:
    page.token = page.token[:-4] + "AAAA" if token == "changed" else token
    headers = {"Authorization": f"Bearer {page.token}"}
    answer = page.call("GET", "/messages", None, **headers)
    assert (answer.status, answer.body["error"]) == (401, web.NO_SESSION)


def test_a_page_of_another_site_is_refused(server: Server) -> None:
    answer = Page(server, "https://baska.example").call("POST", "/sessions")
    assert (answer.status, answer.body["error"]) == (403, web.BAD_ORIGIN)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", "/messages"), ("POST", "/messages"), ("POST", "/links")),
        *(("DELETE", "/sessions/current"), ("PUT", "/email"), ("DELETE", "/email")),
    ],
)
def test_a_stolen_session_is_of_no_use_to_another_site(
    page: Page, server: Server, method: str, path: str
) -> None:
    page.say(QUESTION)
    before = page.history()
    thief = Page(server, "https://baska.example")
    thief.token = page.token
    answer = thief.call(method, path, {"id": new_id(), "text": "merhaba"})
    assert (answer.status, answer.body["error"]) == (403, web.BAD_ORIGIN)
    assert page.history() == before


ODD_TEXTS = [
    "z" + "\u0301" * 900,  # one letter under a tower of marks
    "\u202eesep nedir\u202c \u200f\u200e\u2066x\u2069",
    "\u200b\u200d\ufeff",
    "ESEP\u0307 nedir I\u0307",
    "ＥＳＥＰ ﬁyat ℌ ﷺ",
    "👩‍👩‍👧‍👦" * 80,
    "\U0010ffff\U000e0041 \ufffe",
    "\x1b[31m\x07 esep",
    "%s{0}$ {{7*7}} <script>",
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_letters_are_answered(page: Page, text: str) -> None:
    assert page.say(text).status == 200
    assert [line["author"] for line in page.history()][:2] == ["user", "assistant"]


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff\ud83d", r"\u0000\udc00"])
def test_half_a_letter_is_taken_out(page: Page, escape: str) -> None:
    body = f'{{"id": "{new_id()}", "text": "{escape}esep nedir"}}'
    assert page.call("POST", "/messages", body.encode()).status == 200
    assert page.history()[0]["text"] == "esep nedir"
    alone = page.call("POST", "/messages", body.replace("esep nedir", "").encode())
    assert (alone.status, alone.body["error"]) == (400, web.EMPTY)


def test_a_packed_body_is_not_unpacked(page: Page) -> None:
    """A few kilobytes that are hundreds of megabytes, were they unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    sign = json.dumps({"id": new_id(), "text": "x"}).encode()
    whole = packer.compress(sign + b" " * 8_000_000) + packer.flush()
    assert len(whole) < web.MAX_BODY_BYTES
    for coding in ("gzip", "deflate", "br, gzip"):
        answer = page.call("POST", "/messages", whole, **{"Content-Encoding": coding})
        assert (answer.status, answer.body["error"]) == (400, http.BAD_JSON)
    assert page.history() == []


def test_a_page_of_an_allowed_site_may_read_the_answer(server: Server, page: Page) -> None:
    asked = page.call("OPTIONS", "/messages")
    assert asked.status in {200, 204}
    for answer in (asked, page.say("merhaba"), page.call("POST", "/messages", b"x")):
        assert answer.headers["access-control-allow-origin"] == SITE
        assert answer.headers["cache-control"] == "no-store"
    own = Page(server, f"http://127.0.0.1:{server.port}")
    assert own.call("POST", "/sessions").status == 201


def test_a_conversation_is_forgotten_when_its_owner_says_so(page: Page, server: Server) -> None:
    other = Page(server).begin()
    other.say("merhaba")
    page.say(QUESTION)
    assert page.call("DELETE", "/sessions/current").status == 204
    assert page.history() == []
    assert len(other.history()) == 2
    # The session goes on, with nothing remembered.
    assert page.say("merhaba").status == 200


def test_answers_lost_on_the_way_are_fetched_again(server: Server) -> None:
    """Every third response is dropped; the page sends the message again."""
    page = Page(server).begin()
    sent = [f"kalite etiketi başvurusu {number} kez sordum ne zaman" for number in range(30)]
    for number, text in enumerate(sent):
        message_id = new_id()
        if number % 3 == 0:
            page.say(text, message_id)  # taken, but nobody reads the answer
        assert page.say(text, message_id).body["messages"]
    asked = [line["text"] for line in page.history() if line["author"] == "user"]
    assert asked == sent


def test_a_killed_server_loses_neither_session_nor_history(page: Page, server: Server) -> None:
    page.say(QUESTION)
    before = page.history()
    os.kill(server.children()["rasa"], signal.SIGKILL)

    def back() -> bool:
        try:
            return page.call("GET", "/messages").status == 200
        except OSError:
            return False

    wait_for(back, server.said)
    assert page.history() == before
    assert "Rica ederim" in texts(page.say("teşekkürler"))


def test_who_writes_too_fast_is_told_when_to_go_on(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path, BOT_WEB_PER_MINUTE="3", BOT_WEB_PER_ADDRESS="7")
    try:
        server.wait_ready()
        page = Page(server, f"http://127.0.0.1:{server.port}").begin()
        for _ in range(3):
            assert page.say("merhaba").status == 200
        answer = page.say("merhaba")
        seconds = int(answer.headers["retry-after"])
        assert answer.status == 429
        assert 1 <= seconds <= 60
        assert answer.body["error"] == web.TOO_MANY.format(seconds=seconds)
        assert len(page.history()) == 6
        # The address has its own, larger count, whatever the session.
        answers = [Page(server, page.origin).call("POST", "/sessions") for _ in range(4)]
        assert 429 in {answer.status for answer in answers}
    finally:
        server.stop()


def test_a_page_learns_what_it_shows_first(page: Page) -> None:
    body = page.call("GET", "/start").body
    assert body["banner"] is None
    assert [topic["title"] for topic in body["topics"]][:2] == [
        "Ben üye olabilir miyim, hesaplayalım",
        "ESEP'e adım adım geçelim",
    ]
    assert "etwinning.meb.gov.tr" in body["hosts"]
    assert (body["most"], body["hours"], body["email"]) == (1_000, 24, False)


def test_a_topic_may_be_chosen_before_anything_was_said(page: Page) -> None:
    topic = page.call("GET", "/start").body["topics"][4]
    assert "Kaynak:" in texts(page.press(topic["choice"]))
    assert page.history()[0]["text"] == topic["title"]


def test_a_private_link_opens_the_same_conversation(page: Page, server: Server) -> None:
    page.say(QUESTION)
    link = page.call("POST", "/links").body["link"]
    other = Page(server)
    other.token = other.call("POST", "/sessions", {"link": link}).body["session"]
    assert other.history() == page.history()


@pytest.mark.parametrize("link", ["", "a.b.c", 5, None])
def test_a_link_that_is_none_opens_nothing(page: Page, link: Any) -> None:
    # A session is no link, and a link is no session.
    for wrong in (link, page.token) if link is not None else (page.token,):
        answer = page.call("POST", "/sessions", {"link": wrong})
        assert (answer.status, answer.body["error"]) == (401, web.NO_LINK)
    page.token = page.call("POST", "/links").body["link"]
    assert page.call("GET", "/messages").status == 401


def test_without_a_mail_server_no_address_is_kept(page: Page) -> None:
    wanted = {"address": "a@okul.example", "page": f"{SITE}/sayfa"}
    answer = page.call("PUT", "/email", wanted)
    assert (answer.status, answer.body["error"]) == (404, web.NO_MAIL)
    assert page.call("DELETE", "/email").status == 204


@pytest.fixture(scope="module")
def mailing(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("mailing"),
        BOT_WEB_ORIGINS=SITE,
        BOT_SMTP_URL="smtp://127.0.0.1:9",
        BOT_MAIL_FROM="yardim@kurum.example",
    ) as started:
        yield started


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"address": "ali", "page": SITE}, web.BAD_ADDRESS),
        ({"address": f"{'a' * 250}@b.example", "page": SITE}, web.BAD_ADDRESS),
        ({"address": "a@b.example\nBcc: c@d.example", "page": SITE}, web.BAD_ADDRESS),
        ({"address": "a@b.example", "page": "https://kotu.example/"}, web.BAD_PAGE),
        ({"address": "a@b.example", "page": "javascript:alert(1)"}, web.BAD_PAGE),
        ({"address": "a@b.example", "page": f"{SITE}/#yardim=x"}, web.BAD_PAGE),
        ({"address": "a@b.example"}, web.BAD_PAGE),
        (b"x", http.BAD_JSON),
    ],
)
def test_an_address_or_page_that_is_none_is_refused(
    mailing: Server, body: Any, sentence: str
) -> None:
    answer = Page(mailing).begin().call("PUT", "/email", body)
    assert (answer.status, answer.body) == (400, {"error": sentence})


def test_the_demo_page_is_at_the_root_and_can_be_left_out(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path, BOT_DEMO="hayır")
    try:
        server.wait_ready()
        assert "Sayfa " not in server.said()
        for path, status in (
            ("/", 200),  # Rasa's own line
            ("/webhooks/web/demo/index.html", 404),
            ("/webhooks/web/widget.js", 200),
        ):
            with contextlib.closing(HTTPConnection("127.0.0.1", server.port)) as connection:
                connection.request("GET", path)
                reply = connection.getresponse()
                assert (reply.status, b"etwinning" in reply.read().lower()) == (
                    status,
                    path.endswith(".js"),
                ), path
    finally:
        server.stop()
