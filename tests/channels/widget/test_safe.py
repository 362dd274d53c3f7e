"""Nothing that is said, by either side, becomes code; nothing is asked of other hosts."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.channels.test_staff import Desk
from tests.channels.widget.conftest import SECRET
from tests.channels.widget.hand import Hand
from tests.servers import Server

pytestmark = [pytest.mark.model, pytest.mark.server]

PAYLOADS = [
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<a href='javascript:window.hit=1'>x</a>",
    "[x](javascript:window.hit=1)",
    "[x](JaVaScRiPt:window.hit=1)",
    "[x](java\tscript:window.hit=1)",
    "[x](&#106;avascript:window.hit=1)",
    "[x](data:text/html,<script>window.hit=1</script>)",
    "[x](vbscript:msgbox)",
    "[x](http://kotu.example/)",
    "[x](//kotu.example/)",
    "<javascript:window.hit=1>",
    "![x](x onerror=window.hit=1)",
    '![x](https://kotu.example/i.png "a")',
    "[x]: javascript:window.hit=1\n\n[x]",
    '<details open ontoggle="window.hit=1">',
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hit=1>",
    "<style>*{display:none}</style>",
    '<base href="https://kotu.example/">',
    '<meta http-equiv="refresh" content="0;url=https://kotu.example/">',
    '<form action="https://kotu.example/"><button>x</button></form>',
    "<object data='data:text/html,<script>window.hit=1</script>'></object>",
    "<etwinning-yardim onfocus=window.hit=1 tabindex=1 autofocus>",
    "`<script>window.hit=1</script>`",
    "**<img src=x onerror=window.hit=1>**",
    "- <video><source onerror=window.hit=1></video>",
    "\u202e<script>window.hit=1</script>",
    "{{constructor.constructor('window.hit=1')()}}",
]

#: What the log may hold; anything else would be somebody's own.
KNOWN = {
    *("OL", "LI", "P", "DIV", "STRONG", "EM", "UL", "CODE", "BR", "A", "BUTTON", "TIME"),
    *("SPAN", "DETAILS", "SUMMARY", "FORM", "LABEL", "INPUT"),
}


def harmless(page: Page) -> None:
    assert page.evaluate("window.hit") is None
    found = page.evaluate(
        """() => {
          const log = document.querySelector("etwinning-yardim").shadowRoot.querySelector(".log");
          const all = [...log.querySelectorAll(".bubble *")];
          return {
            names: all.map((one) => one.tagName),
            links: all.filter((one) => one.href).map((one) => one.href),
            handlers: all.flatMap((one) => one.getAttributeNames()).filter((a) => /^on/.test(a)),
          };
        }"""
    )
    assert set(found["names"]) <= KNOWN
    assert found["handlers"] == []
    kinds = {urlsplit(link).scheme for link in found["links"]}
    assert kinds <= {"https", "mailto", "tel"}, found["links"]


def asked_of(page: Page) -> set[str]:
    """Collect the hosts a page asks anything of."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    return hosts


def test_what_a_person_types_is_shown_as_typed(visit: Callable[..., Hand]) -> None:
    hand = visit()
    for payload in PAYLOADS:
        hand.field.fill(payload)
        hand.field.press("Enter")
    expect(hand.log.locator("li.user .state")).to_have_count(0, timeout=60_000)
    expect(hand.own).to_have_count(len(PAYLOADS))
    shown = [" ".join(text.split()) for text in hand.own.all_inner_texts()]
    assert shown == [" ".join(payload.split()) for payload in PAYLOADS]
    harmless(hand.page)
    hand.page.reload()
    expect(hand.own).to_have_count(len(PAYLOADS))
    harmless(hand.page)


def test_what_the_staff_or_the_record_say_is_no_code(
    visit: Callable[..., Hand], server: Server
) -> None:
    hand = visit()
    hosts = asked_of(hand.page)
    hand.ask("yarın ankarada hava nasıl olacak")
    token = hand.page.evaluate("JSON.parse(sessionStorage['etwinning-yardim']).session")
    desk, owner = Desk(server, SECRET), _Owner(token)
    for payload in PAYLOADS:
        assert desk.reply(owner, payload)[0] == 200
    expect(hand.log.locator("li.staff")).to_have_count(len(PAYLOADS))
    harmless(hand.page)
    hand.page.reload()
    expect(hand.log.locator("li.staff")).to_have_count(len(PAYLOADS))
    harmless(hand.page)
    assert hosts == {f"127.0.0.1:{server.port}"}


class _Owner:
    """A page's session, as `Desk.reply` wants it."""

    def __init__(self, token: str) -> None:
        self.token: Any = token


def test_links_of_the_documents_are_kept(visit: Callable[..., Hand], server: Server) -> None:
    hand = visit()
    hand.ask("yarın ankarada hava nasıl olacak")
    token = hand.page.evaluate("JSON.parse(sessionStorage['etwinning-yardim']).session")
    text = (
        "[a](https://ornek.example/) [b](mailto:a@b.example) [c](tel:+903120000000) "
        "[d](http://etwinning.meb.gov.tr/il-koordinatorleri/) <https://e.example/>"
    )
    Desk(server, SECRET).reply(_Owner(token), text)
    links = hand.log.locator("li.staff a")
    expect(links).to_have_count(5)
    for link in links.all():
        assert link.get_attribute("rel") == "noopener noreferrer"
