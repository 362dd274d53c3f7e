"""Bad networks, killed servers, reloads, two tabs, people who come back later."""

import itertools
import os
import re
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.channels.widget.hand import Hand
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]
QUESTION = "sertifikada eski okulum yazıyor"
#: How many messages the drill sends; the whole drill is DRILL=1000.
DRILL = int(os.environ.get("DRILL", "60"))
PER_PAGE = 50


def test_a_reload_keeps_the_conversation(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.ask(QUESTION)
    hand.page.reload()
    expect(hand.own).to_have_text([QUESTION])
    expect(hand.said.first).to_contain_text("Kaynak:")
    assert "Rica ederim" in hand.ask("teşekkürler")


def test_another_tab_is_another_visit(visit: Callable[..., Hand]) -> None:
    """On a shared PC a new tab shows nothing of the last one."""
    hand = visit()
    hand.ask(QUESTION)
    other = visit(tab_of=hand)
    expect(other.own).to_have_count(0)


def test_two_tabs_share_a_conversation_if_the_site_wants_it(
    visit: Callable[..., Hand], server: Server
) -> None:
    def remember(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace('widget.js" defer', 'widget.js" data-bellek="cihaz" defer')
        route.fulfill(response=answer, body=text)

    hand = visit(begun=False)
    hand.page.context.route(re.compile(r"127\.0\.0\.1:\d+/$"), remember)
    hand.page.reload()
    hand.open()
    hand.accept()
    hand.ask(QUESTION)
    other = visit(tab_of=hand, begun=False)
    expect(other.own).to_have_text([QUESTION])
    other.ask("teşekkürler")
    hand.page.bring_to_front()
    expect(hand.own).to_have_text([QUESTION, "teşekkürler"])


def test_what_was_written_offline_goes_out_later_once(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.page.context.set_offline(True)
    hand.write("merhaba")
    hand.write(QUESTION)
    expect(hand.root.get_by_role("alert")).to_contain_text("Bağlantı yok")
    expect(hand.log.locator(".state")).to_have_count(2)
    hand.page.context.set_offline(False)
    expect(hand.said.nth(1)).to_contain_text("Kaynak:")
    expect(hand.own).to_have_text(["merhaba", QUESTION])
    expect(hand.root.get_by_role("alert")).to_be_hidden()


def test_a_message_on_its_way_survives_a_reload(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.ask("merhaba")
    hand.page.route("**/messages", lambda route: route.abort())
    hand.write(QUESTION)
    expect(hand.log.locator(".state")).to_have_count(1)
    hand.page.unroute("**/messages")
    hand.page.reload()
    expect(hand.own).to_have_text(["merhaba", QUESTION])
    expect(hand.said.last).to_contain_text("işinize yaradı")


def test_a_server_killed_in_the_middle_is_waited_for(
    visit: Callable[..., Hand], server: Server
) -> None:
    hand = visit()
    hand.ask("merhaba")
    os.kill(server.children()["rasa"], signal.SIGKILL)
    hand.write(QUESTION)
    expect(hand.root.get_by_role("alert")).to_contain_text("ulaşılamıyor")
    expect(hand.said.nth(1)).to_contain_text("Kaynak:", timeout=60_000)
    expect(hand.own).to_have_text(["merhaba", QUESTION])


def test_a_session_that_ran_out_goes_on_as_a_new_one(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.ask("merhaba")
    hand.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage["etwinning-yardim"]);
          sessionStorage["etwinning-yardim"] = JSON.stringify({ ...kept, session: "a.b.c" });
        }"""
    )
    hand.page.reload()
    expect(hand.own).to_have_count(0)
    assert "Kaynak:" in hand.ask(QUESTION)


def test_a_browser_that_forbids_storage_is_served(visit: Callable[..., Hand]) -> None:
    hand = visit(begun=False)
    hand.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no'); } })"
    )
    hand.page.reload()
    hand.open()
    hand.accept()
    assert "Kaynak:" in hand.ask(QUESTION)


def test_a_refusal_is_shown_and_can_be_sent_again(visit: Callable[..., Hand]) -> None:
    hand = visit()
    refusal = {"status": 400, "json": {"error": "Olmadı."}}
    hand.page.route("**/messages", lambda route: route.fulfill(**refusal))
    hand.write(QUESTION)
    expect(hand.log.locator(".failed")).to_have_text("Olmadı.")
    hand.page.unroute("**/messages")
    hand.button("Yeniden gönder").click()
    expect(hand.said.first).to_contain_text("Kaynak:")
    expect(hand.own).to_have_text([QUESTION])


def test_who_writes_too_fast_is_told_and_answered_later(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.ask("merhaba")
    busy = {
        "status": 429,
        "headers": {"Retry-After": "1", "Content-Type": "application/json"},
        "body": '{"error": "Çok hızlı yazdınız."}',
    }
    hand.page.route("**/messages", lambda route: route.fulfill(**busy), times=1)
    hand.write("teşekkürler")
    expect(hand.root.get_by_role("alert")).to_contain_text("Çok hızlı")
    expect(hand.said.last).to_contain_text("Rica ederim")
    expect(hand.root.get_by_role("alert")).to_be_hidden()


def test_forgetting_deletes_on_the_server_too(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.ask(QUESTION)
    hand.menu("Konuşmayı sil")
    with hand.page.expect_response("**/sessions/current") as deleted:
        hand.button("Evet, sil").click()
    assert deleted.value.status == 204
    expect(hand.own).to_have_count(0)
    hand.page.reload()
    expect(hand.log.locator("[data-greeting]")).to_be_visible()
    expect(hand.own).to_have_count(0)


def test_an_assistant_that_does_not_start_can_be_tried_again(visit: Callable[..., Hand]) -> None:
    hand = visit(begun=False)
    hand.page.route("**/start", lambda route: route.abort(), times=1)
    hand.open()
    expect(hand.root.get_by_role("alert")).to_contain_text("açılamıyor")
    hand.button("Yeniden dene").click()
    hand.accept()
    assert "Kaynak:" in hand.ask(QUESTION)


def dropping_every_tenth() -> Callable[[Route], None]:
    """Let the server answer every request, and lose every tenth answer on the way."""
    count = itertools.count(1)

    def pass_on(route: Route) -> None:
        answer = route.fetch()
        if next(count) % 10:
            route.fulfill(response=answer)
        else:
            route.abort()

    return pass_on


def test_every_message_is_answered_once_though_responses_are_lost(
    visit: Callable[..., Hand], server: Server
) -> None:
    """Every tenth response is dropped after the server has answered."""
    for start in range(0, DRILL, PER_PAGE):
        hand = visit()
        sent = [f"teşekkürler {number}" for number in range(start, min(start + PER_PAGE, DRILL))]
        hand.page.route("**/webhooks/web/messages*", dropping_every_tenth())
        for text in sent:
            hand.write(text)
        expect(hand.own).to_have_count(len(sent))
        expect(hand.log.locator("li.user .state")).to_have_count(0, timeout=240_000)
        expect(hand.said).to_have_count(len(sent))
        assert hand.own.all_inner_texts() == sent
        hand.page.unroute("**/webhooks/web/messages*")
        hand.page.reload()
        expect(hand.own).to_have_text(sent)
        expect(hand.said).to_have_count(len(sent))
        hand.page.close()


def test_the_server_is_well_after_all_this(server: Server) -> None:
    wait_for(lambda: len(server.children()) >= 2, server.said)
