"""Every state the widget can be in: accessible, nothing overflows, looked at by eye.

With `EKRAN=docs/ekran` the screenshots of the documentation are made anew.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.channels.widget.hand import Hand

pytestmark = [pytest.mark.model, pytest.mark.server]

VIEWS: dict[str, dict[str, Any]] = {
    "masaustu": {"viewport": {"width": 1000, "height": 720}},
    "koyu": {"viewport": {"width": 1000, "height": 720}, "color_scheme": "dark"},
    "telefon": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "dar": {"viewport": {"width": 320, "height": 568}},
    # A window of 1280 × 1024 at 200 % is half as many pixels of CSS.
    "yakin": {"viewport": {"width": 640, "height": 512}, "device_scale_factor": 2},
    "renksiz": {"viewport": {"width": 1000, "height": 720}, "forced_colors": "active"},
}
#: The states whose pictures stand in the documentation.
PICTURES = {
    *(f"masaustu-{state}" for state in ("kapali", "gizlilik", "yanit", "gorevli", "secenekler")),
    *("telefon-karsilama", "telefon-hesap", "koyu-yanit", "dar-buyuk", "renksiz-yanit"),
    *("yakin-yanit", "zor-tema"),
}
CASE = "projemizde 14 türk öğretmen var, başvursam kabul olur mu"


def check(hand: Hand, name: str) -> None:
    """See that a state has no violation and no overflow; keep its picture if wanted."""
    found = Axe().run(hand.page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert hand.overflows() == []
    folder = os.environ.get("EKRAN")
    if folder and name in PICTURES:
        hand.page.screenshot(path=Path(folder) / f"yardim-{name}.png")


@pytest.mark.parametrize("view", VIEWS)
def test_every_state_is_accessible_and_fits(visit: Callable[..., Hand], view: str) -> None:
    hand = visit(begun=False, **VIEWS[view])
    check(hand, f"{view}-kapali")
    hand.open()
    expect(hand.button("Anladım, başlayalım")).to_be_focused()
    check(hand, f"{view}-gizlilik")
    hand.accept()
    check(hand, f"{view}-karsilama")
    assert "Kaynak: SSS Kalite Etiketi 3" in hand.ask("sertifikada eski okulum yazıyor")
    check(hand, f"{view}-yanit")
    hand.ask("22 aktif projem var yeni proje kurabilir miyim")
    hand.ask("etiket alabilir miyiz acaba, projede 11 Türk öğretmen var")
    check(hand, f"{view}-hesap")
    hand.ask("yarın ankarada hava nasıl olacak")
    check(hand, f"{view}-gorevli")
    hand.button("Seçenekler").click()
    check(hand, f"{view}-secenekler")
    hand.button("Yazıyı büyüt").click()
    check(hand, f"{view}-buyuk")
    hand.menu("Konuşmayı sil")
    check(hand, f"{view}-silme")


def test_an_answer_begins_at_its_top(visit: Callable[..., Hand]) -> None:
    hand = visit(**VIEWS["telefon"])
    hand.ask(CASE)
    body = hand.root.locator(".body").bounding_box()
    first = hand.said.first.bounding_box()
    assert body
    assert first
    assert body["y"] <= first["y"] < body["y"] + body["height"]


def test_a_rude_theme_changes_nothing(visit: Callable[..., Hand]) -> None:
    plain, rude = visit(), visit("/webhooks/web/demo/rude.html")
    wanted = ("font-size", "text-transform", "font-family", "line-height", "opacity", "display")

    def styles(hand: Hand) -> Any:
        return hand.root.evaluate(
            """(host, wanted) => [".head", ".composer", "textarea", ".choices button", "svg"].map(
              (one) => {
                const style = getComputedStyle(host.shadowRoot.querySelector(one));
                return wanted.map((name) => style.getPropertyValue(name));
              })""",
            wanted,
        )

    assert styles(rude) == styles(plain)
    check(rude, "zor-tema")
    size = rude.root.locator(".panel").bounding_box()
    assert size
    assert size["width"] == 384


def test_a_sites_colour_gets_text_that_can_be_read(visit: Callable[..., Hand]) -> None:
    hand = visit("/webhooks/web/demo/rude.html")
    head = hand.root.locator(".head")
    expect(head).to_have_css("background-color", "rgb(255, 204, 0)")
    expect(head).to_have_css("color", "rgb(0, 0, 0)")
