"""A question taken to the staff: the code, the late answer, the private link, the e-mail."""

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.channels.test_staff import Desk, conversation_of
from tests.channels.widget.conftest import SECRET
from tests.channels.widget.hand import Hand
from tests.servers import Server, free_port, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]
UNKNOWN = "yarın ankarada hava nasıl olacak"


class Mailbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], str, str]] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        message: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body
        self.mails.append((envelope.rcpt_tos, str(message["subject"]), body.get_content()))
        return "250 OK"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def server(
    model: Path, tmp_path_factory: pytest.TempPathFactory, mailbox: tuple[Mailbox, int]
) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("staff-reply"),
        BOT_STAFF_SECRET=SECRET,
        BOT_WEB_PER_ADDRESS="6000",
        BOT_SMTP_URL=f"smtp://127.0.0.1:{mailbox[1]}",
        BOT_MAIL_FROM="yardim@kurum.example",
    ) as begun:
        yield begun


class Owner:
    def __init__(self, hand: Hand) -> None:
        kept = "JSON.parse(sessionStorage['etwinning-yardim']).session"
        self.token: Any = hand.page.evaluate(kept)


def test_the_answer_appears_in_the_open_page(visit: Callable[..., Hand], server: Server) -> None:
    hand = visit()
    code = re.search(r"\w{4}-\w{4}", hand.ask(UNKNOWN))
    assert code
    expect(hand.log.locator(".card")).to_contain_text(code[0])
    hand.listen()
    Desk(server, SECRET).reply(Owner(hand), "Hava **güzel** olacak.")
    expect(hand.log.locator("li.staff")).to_contain_text("Hava güzel olacak.")
    assert [one for one in hand.announced() if "güzel" in one] == ["Hava güzel olacak."]


def test_an_answer_to_a_closed_panel_shows_a_badge(
    visit: Callable[..., Hand], server: Server
) -> None:
    hand = visit()
    hand.ask(UNKNOWN)
    hand.page.keyboard.press("Escape")
    Desk(server, SECRET).reply(Owner(hand), "Yanıt geldi.")
    hand.page.reload()
    expect(hand.launcher).to_have_accessible_name("Yardım asistanını aç, 1 yeni ileti")
    hand.open()
    expect(hand.log.locator("li.staff")).to_contain_text("Yanıt geldi.")
    hand.page.keyboard.press("Escape")
    expect(hand.launcher).to_have_accessible_name("Yardım asistanını aç")


def test_a_private_link_opens_the_conversation_elsewhere(
    visit: Callable[..., Hand], server: Server
) -> None:
    hand = visit(permissions=["clipboard-read", "clipboard-write"])
    hand.ask(UNKNOWN)
    hand.button("Özel bağlantıyı kopyala").click()
    expect(hand.log.locator(".card [role=status]")).to_contain_text("Kopyalandı")
    link = hand.page.evaluate("navigator.clipboard.readText()")
    Desk(server, SECRET).reply(Owner(hand), "Bunu buradan okuyun.")
    hand.page.context.close()
    later = visit("/" + link.partition("/")[2].partition("/")[2].partition("/")[2], begun=False)
    expect(later.own).to_have_text([UNKNOWN])
    expect(later.log.locator("li.staff")).to_contain_text("Bunu buradan okuyun.")
    assert "#" not in later.page.url
    assert "Rica ederim" in later.ask("teşekkürler")


def test_a_link_that_is_none_is_said(visit: Callable[..., Hand]) -> None:
    hand = visit("/#yardim=a.b.c", begun=False)
    expect(hand.root.get_by_role("alert")).to_contain_text("geçersiz ya da süresi dolmuş")
    hand.button("Yeniden dene").click()
    expect(hand.button("Anladım, başlayalım")).to_be_visible()


def test_an_answer_is_mailed_once_and_the_address_forgotten(
    visit: Callable[..., Hand], server: Server, mailbox: tuple[Mailbox, int]
) -> None:
    box = mailbox[0]
    hand = visit()
    hand.ask(UNKNOWN)
    hand.log.locator("summary").click()
    hand.root.get_by_label("E-posta adresiniz").fill("ayse@okul.example")
    hand.button("Kaydet").click()
    expect(hand.log.locator(".card [role=status]")).to_contain_text("kaydedildi")
    desk, owner = Desk(server, SECRET), Owner(hand)
    # Who takes over has not answered yet.
    for path in ("/pause", "/resume"):
        assert desk.post(path, {"conversation": conversation_of(owner)})[0] == 200
    assert desk.reply(owner, "Yanıtımız budur.") == (200, {"delivery": "mailed"})
    assert desk.reply(owner, "Bir de şu var.") == (200, {"delivery": "stored"})
    wait_for(lambda: len(box.mails) == 1)
    recipients, subject, body = box.mails.pop()
    assert recipients == ["ayse@okul.example"]
    assert "yanıtlandı" in subject
    assert "Yanıtımız budur." in body
    link = re.search(rf"http://127\.0\.0\.1:{server.port}(/#yardim=\S+)", body)
    assert link
    later = visit(link[1], begun=False)
    expect(later.own).to_have_text([UNKNOWN])
    stored = b"".join(path.read_bytes() for path in server.var_dir.glob("*.db*"))
    assert b"ayse@okul.example" not in stored


def test_an_address_can_be_taken_back(
    visit: Callable[..., Hand], server: Server, mailbox: tuple[Mailbox, int]
) -> None:
    hand = visit()
    hand.ask(UNKNOWN)
    hand.log.locator("summary").click()
    hand.root.get_by_label("E-posta adresiniz").fill("ali@okul.example")
    hand.button("Kaydet").click()
    hand.button("Vazgeç, adresimi sil").click()
    expect(hand.log.locator(".card [role=status]")).to_contain_text("silindi")
    assert Desk(server, SECRET).reply(Owner(hand), "Yanıt.") == (200, {"delivery": "stored"})
    assert mailbox[0].mails == []


def test_a_conversation_taken_over_shows_who_answers(
    visit: Callable[..., Hand], server: Server
) -> None:
    hand = visit()
    hand.ask(UNKNOWN)
    body = {"conversation": conversation_of(Owner(hand))}
    assert Desk(server, SECRET).post("/pause", body)[0] == 200
    expect(hand.root.locator(".head")).to_contain_text("Bir görevli yanıtlıyor")
    hand.write("orada mısınız")
    expect(hand.log.locator("li.user .state")).to_have_count(0)
    expect(hand.root.locator(".typing")).to_be_hidden()
    Desk(server, SECRET).reply(Owner(hand), "Buradayım.")
    expect(hand.log.locator("li.staff").last).to_contain_text("Buradayım.")
