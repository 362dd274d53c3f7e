"""Take the pictures of the staff's guide: `python -m tests.desk.screens`.

A real assistant, real questions, and thirty days of made-up conversations behind them.
"""

import random
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from bot.learning.phrases import read_phrases
from bot.settings import ROOT
from bot.training import current_model, train
from tests.browser import chromium
from tests.desk.events import Talk
from tests.desk.lessons import RECEIVER, ROBBED, STOLEN, lesson, propose
from tests.desk.office import NAME, QUESTIONS, DeskServer
from tests.desk.store import PASSWORD, Store

FOLDER = ROOT / "docs/ekran"
DAYS = 30
DAY_SECONDS = 86_400
COLOURS = 64
ENTRIES = ("ke-01", "ke-03", "esep-03", "esep-07", "genel-01", "akis-kalite")
REPLY = (
    "Ödül töreninin yeri henüz açıklanmadı. Açıklanınca **ana sayfada** duyurulur; "
    "size de buradan yazarız."
)


def main() -> None:
    """Start everything and write the pictures."""
    if current_model() is None:
        train()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, DeskServer(Path(folder)) as office:
        made_up(office)
        office.ask_all(QUESTIONS)
        with chromium() as browser:
            page = browser.new_page(
                base_url=office.address, locale="tr-TR", viewport={"width": 1100, "height": 820}
            )
            take(page)


def made_up(office: DeskServer) -> None:
    """Fill the days before with conversations."""
    chance, store = random.Random(5), Store(office.var_dir)
    for day in range(DAYS, 0, -1):
        for number in range(chance.randint(6, 16)):
            start = time.time() - day * DAY_SECONDS + number * 600
            talk = Talk(start, chance.choice(("web", "web", "telegram")))
            entry, kind = chance.choice(ENTRIES), chance.random()
            if kind < 0.6:
                talk.user("soru").answered(entry).user("evet").judged(entry, helpful=True)
            elif kind < 0.85:
                talk.user("soru").offered("soru", entry, "ke-02").user("1").answered(entry)
            else:
                talk.user("soru").offered("soru", entry, "ke-02")
            store.add(f"web-{day}-{number}", talk.events)


def take(page: Page) -> None:
    """Go through the desk as a member of staff does."""
    page.goto("/")
    page.get_by_label("Kullanıcı adı").fill(NAME)
    page.get_by_label("Parola").fill(PASSWORD)
    picture(page, "giris")
    page.get_by_role("button", name="Giriş yap").click()
    page.goto("/hazir-yanitlar/yeni/")
    page.get_by_label("Başlık").fill("Sorunuz araştırılıyor")
    page.get_by_label("Yanıt").fill("Merhaba, sorunuzu aldık. Öğrenince buradan yazacağız.")
    page.get_by_role("button", name="Sakla").click()
    page.goto("/kuyruk/")
    picture(page, "kuyruk")
    page.goto("/kuyruk/?q=görevliyle")
    page.locator(".question").first.click()
    picture(page, "kisisel-veri")
    page.goto("/kuyruk/?q=ödül")
    page.locator(".question").first.click()
    picture(page, "vaka")
    page.locator("#yanit textarea").fill(REPLY)
    for box in page.locator("input[name=also]").all():
        box.check()
    page.get_by_role("button", name="Önizle").click()
    expect(page.locator("#onizleme strong")).to_be_visible()
    page.locator("#yanit").scroll_into_view_if_needed()
    picture(page, "yanit")
    page.get_by_role("button", name="Gönder").click()
    expect(page.locator(".messages li").first).to_be_visible()
    picture(page, "iletildi")
    page.keyboard.press("?")
    picture(page, "kisayollar")
    for name in ("raporlar", "gizlilik", "kullanicilar", "kayit", "ayarlar"):
        page.goto(f"/{name}/")
        picture(page, name)
    teach(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    page.goto("/kuyruk/?sekme=tumu")
    picture(page, "telefon")


def teach(page: Page) -> None:
    """Propose a new entry, and teach what harms: the report says why it is not in use."""
    page.goto("/kuyruk/?sekme=tumu&q=ödül")
    page.locator(".question").first.click()
    page.get_by_role("link", name="Yeni kayıt gerekli").click()
    page.get_by_label("Bölüm").select_option("genel")
    page.get_by_label("Başlık").fill("Ödül töreninin yeri")
    picture(page, "kayit", "ogretme")
    propose(page, ["etiketimi yükledim ama listede görünmüyor hâlâ"], "ke-02")
    page.goto("/ogretme/")
    picture(page, "liste", "ogretme")
    known = [one.text for one in read_phrases(ROOT / "data") if one.label == f"faq/{ROBBED}"]
    propose(page, known[:STOLEN], RECEIVER)
    assert lesson(page) == "yayına alınmadı"
    picture(page, "rapor", "ogretme")
    page.goto("/bilgiler/")
    picture(page, "bilgiler", "ogretme")
    page.goto("/bilginin-sagligi/")
    picture(page, "saglik", "ogretme")


def picture(page: Page, name: str, guide: str = "masa") -> None:
    """Write what is seen, in few colours: the pictures go with the sources."""
    path = FOLDER / f"{guide}-{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
