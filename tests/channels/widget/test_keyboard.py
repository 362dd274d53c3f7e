"""The widget by keyboard and by ear."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.channels.widget.hand import Hand

pytestmark = [pytest.mark.model, pytest.mark.server]
PHONE = {"viewport": {"width": 360, "height": 740}}


def test_from_opening_to_the_first_answer_by_keyboard_alone(visit: Callable[..., Hand]) -> None:
    hand = visit(begun=False)
    keys = hand.page.keyboard
    for _ in range(10):
        keys.press("Tab")
        if "Yardım asistanını aç" in hand.focused():
            break
    keys.press("Enter")
    expect(hand.button("Anladım, başlayalım")).to_be_focused()
    keys.press("Enter")
    expect(hand.field).to_be_focused()
    keys.type("sertifikada eski okulum yazıyor")
    keys.press("Enter")
    expect(hand.said.first).to_contain_text("Kaynak: SSS Kalite Etiketi 3")
    expect(hand.field).to_be_focused()
    # A related question by keyboard: back over the buttons, then the focus is in the field.
    for _ in range(12):
        keys.press("Shift+Tab")
        if "Okul değiştirdim" in hand.focused():
            break
    keys.press("Enter")
    expect(hand.said.last).to_contain_text("işinize yaradı mı")
    expect(hand.field).to_be_focused()
    keys.press("Escape")
    expect(hand.launcher).to_be_focused()


def test_the_focus_is_never_lost(visit: Callable[..., Hand]) -> None:
    hand = visit()
    steps: list[Callable[[], object]] = [
        lambda: hand.ask("merhaba"),
        lambda: hand.button("Seçenekler").click(),
        lambda: hand.page.keyboard.press("Escape"),
        lambda: hand.menu("Yazıyı büyüt"),
        lambda: hand.menu("Gizlilik bilgisi"),
        lambda: hand.button("Konuşmaya dön").click(),
        lambda: hand.ask("yarın ankarada hava nasıl olacak"),
        lambda: hand.menu("Konuşmayı sil"),
        lambda: hand.button("Vazgeç").click(),
        lambda: hand.menu("Konuşmayı sil"),
        lambda: hand.button("Evet, sil").click(),
    ]
    for number, step in enumerate(steps):
        step()
        hand.page.wait_for_function(
            "() => document.activeElement?.tagName === 'ETWINNING-YARDIM'", timeout=5_000
        )
        assert hand.focused() != "BODY", number


def test_on_a_phone_tab_goes_round_inside(visit: Callable[..., Hand]) -> None:
    hand = visit(**PHONE)
    assert hand.root.get_by_role("dialog").get_attribute("aria-modal") == "true"
    for key in ("Tab", "Shift+Tab"):
        for _ in range(15):
            hand.page.keyboard.press(key)
            assert hand.focused() not in {"BODY", "BODY "}
            assert "ETWINNING" not in hand.focused()


def test_each_answer_is_announced_once(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.listen()
    said = [hand.ask(text) for text in ("sertifikada eski okulum yazıyor", "teşekkürler")]
    announced = " | ".join(hand.announced())
    assert announced.count("değişiklik yapılamaz") == 1
    assert announced.count("Rica ederim") == 1
    assert len(hand.announced()) == len(said)


def test_what_was_said_before_is_no_news_after_a_reload(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.ask("merhaba")
    hand.page.reload()
    hand.listen()
    expect(hand.said.first).to_contain_text("yardım asistanıyım")
    hand.ask("teşekkürler")
    assert [one for one in hand.announced() if "asistanıyım" in one] == []


def test_the_field_takes_several_lines(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.field.type("bir")
    hand.page.keyboard.press("Shift+Enter")
    hand.field.type("iki")
    assert hand.field.input_value() == "bir\niki"
    assert hand.own.count() == 0


def test_a_message_too_long_stays_in_the_field(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.write("a" * 1_001)
    expect(hand.root.get_by_role("alert")).to_contain_text("en çok 1000 karakter")
    assert len(hand.field.input_value()) == 1_001
