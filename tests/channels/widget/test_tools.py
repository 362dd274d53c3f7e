"""Topics, banner, copying, printing, saving, calendar files, voice, size and speed to load."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.channels.web_files import FOLDER
from bot.knowledge.banner import Banner, write_banner
from bot.settings import ROOT
from tests.channels.widget.hand import Hand
from tests.servers import Server

pytestmark = [pytest.mark.model, pytest.mark.server]

VOICE = """
  window.SpeechRecognition = class extends EventTarget {
    start() {
      const result = new Event("result");
      result.results = [[{ transcript: "sertifikada eski okulum yazıyor" }]];
      setTimeout(() => { this.dispatchEvent(result); this.dispatchEvent(new Event("end")); });
    }
    stop() {}
  };
  window.spoken = [];
  speechSynthesis.speak = (spoken) => window.spoken.push([spoken.lang, spoken.text]);
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge folder, for a notice of its own."""
    import shutil

    return Path(shutil.copytree(ROOT / "knowledge", tmp_path_factory.mktemp("k") / "knowledge"))


@pytest.fixture(scope="module")
def server(
    model: Path, tmp_path_factory: pytest.TempPathFactory, knowledge: Path
) -> Iterator[Server]:
    with Server(
        tmp_path_factory.mktemp("tools"),
        BOT_KNOWLEDGE_DIR=str(knowledge),
        BOT_WEB_PER_ADDRESS="6000",
    ) as begun:
        yield begun


def test_a_topic_begins_the_conversation(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.button("Ret kararına nasıl itiraz edilir").click()
    expect(hand.said.first).to_contain_text("Kaynak:")
    expect(hand.own).to_have_text(["Ret kararına nasıl itiraz edilir"])
    hand.page.reload()
    expect(hand.own).to_have_text(["Ret kararına nasıl itiraz edilir"])


def test_quick_replies_go_when_they_are_answered(visit: Callable[..., Hand]) -> None:
    hand = visit()
    hand.button("ESEP'e adım adım geçelim").click()
    expect(hand.log.locator("[data-choice]:not([data-choice^='/'])").first).to_be_visible()
    replies = hand.log.locator("[data-choice]:not([data-choice^='/'])")
    before = replies.all_inner_texts()
    replies.first.click()
    expect(hand.own).to_have_count(2)
    expect(hand.root.locator(".typing")).to_be_hidden()
    assert before
    first = hand.log.locator("li.assistant:not([data-greeting])").first
    expect(first.locator("[data-choice]:not([data-choice^='/'])")).to_have_count(0)


def test_a_notice_of_the_staff_is_shown(visit: Callable[..., Hand], knowledge: Path) -> None:
    write_banner(knowledge, Banner(text="ESEP bugün kapalı. <b>Yarın</b> deneyin."))
    try:
        hand = visit()
        expect(hand.root.get_by_role("note")).to_have_text(
            "ESEP bugün kapalı. <b>Yarın</b> deneyin."
        )
    finally:
        write_banner(knowledge, Banner())
    expect(visit().root.get_by_role("note")).to_be_hidden()


def test_an_answer_can_be_copied(visit: Callable[..., Hand]) -> None:
    hand = visit(permissions=["clipboard-read", "clipboard-write"])
    hand.ask("sertifikada eski okulum yazıyor")
    hand.button("Kopyala").first.click()
    expect(hand.button("Kopyalandı")).to_be_visible()
    assert "değişiklik yapılamaz" in hand.page.evaluate("navigator.clipboard.readText()")


def test_the_conversation_can_be_saved_and_printed(
    visit: Callable[..., Hand], tmp_path: Path
) -> None:
    hand = visit()
    hand.ask("sertifikada eski okulum yazıyor")
    with hand.page.expect_download() as saved:
        hand.menu("Konuşmayı kaydet (.txt)")
    saved.value.save_as(tmp_path / "k.txt")
    text = (tmp_path / "k.txt").read_text(encoding="utf-8")
    assert "sertifikada eski okulum yazıyor" in text
    assert "Kaynak: SSS Kalite Etiketi 3" in text
    hand.menu("Konuşmayı yazdır")
    printed = hand.page.locator("iframe").last.content_frame.locator("body")
    expect(printed).to_contain_text("sertifikada eski okulum yazıyor")
    expect(printed).to_contain_text("değişiklik yapılamaz")


def test_a_computed_day_comes_as_a_calendar_file(
    visit: Callable[..., Hand], tmp_path: Path
) -> None:
    hand = visit()
    for text in ("okulumuz eTwinning'e 12.03.2024te kaydoldu, etiket için aday olabilir miyiz",):
        hand.ask(text)
    for _ in range(4):
        if hand.button("Tarihi takvimime ekle").count():
            break
        hand.ask("bilmiyorum")
    hand.button("Tarihi takvimime ekle").click()
    with hand.page.expect_download() as saved:
        hand.button("Dosyayı indir").click()
    saved.value.save_as(tmp_path / "k.ics")
    assert "BEGIN:VCALENDAR" in (tmp_path / "k.ics").read_text(encoding="utf-8")


def test_voice_is_off_until_it_is_wanted(visit: Callable[..., Hand]) -> None:
    hand = visit(begun=False)
    hand.page.add_init_script(VOICE)
    hand.page.reload()
    hand.open()
    hand.accept()
    expect(hand.button("Sesle yaz")).to_be_hidden()
    hand.menu("Sesle yazmayı aç")
    expect(hand.root.get_by_role("alert")).to_contain_text("tarayıcınızın üreticisi")
    hand.button("Sesle yaz").click()
    expect(hand.field).to_have_value("sertifikada eski okulum yazıyor")
    hand.menu("Yanıtları sesli oku")
    hand.field.press("Enter")
    expect(hand.said.first).to_be_visible()
    spoken = hand.page.evaluate("window.spoken")
    assert spoken[0][0] == "tr-TR"
    assert "değişiklik yapılamaz" in spoken[0][1]


def test_the_first_load_is_one_small_file(server: Server, visit: Callable[..., Hand]) -> None:
    content = (FOLDER / "dist" / "widget.js").read_bytes()
    assert len(gzip.compress(content, 9)) <= 25_000
    hand = visit(begun=False)
    loaded = hand.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    ours = [name for name in loaded if "/demo/" not in name and "favicon" not in name]
    assert ours == [f"http://127.0.0.1:{server.port}/webhooks/web/widget.js"]


def test_a_site_gets_a_new_widget_only_when_it_changed(visit: Callable[..., Hand]) -> None:
    hand = visit(begun=False)
    status = hand.page.evaluate(
        """async () => {
          const first = await fetch("/webhooks/web/widget.js");
          const tag = first.headers.get("ETag");
          const headers = { "If-None-Match": tag };
          const again = await fetch("/webhooks/web/widget.js", { headers, cache: "no-store" });
          return [first.status, again.status, first.headers.get("Cache-Control")];
        }"""
    )
    assert status == [200, 304, "public, max-age=300"]
