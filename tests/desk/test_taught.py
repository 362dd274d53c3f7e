"""The whole loop in two browsers: a teacher's question, the staff's answer, and the lesson.

Trained and measured in earnest, with all phrases and all questions of the development set.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.clock import today
from bot.learning.phrases import read_phrases
from bot.settings import ROOT
from tests.browser import chromium
from tests.channels.widget.hand import Hand
from tests.desk.lessons import RECEIVER, ROBBED, STOLEN, lesson, propose
from tests.desk.office import NAME, DeskServer
from tests.desk.store import PASSWORD
from tests.learning.conftest import DRAFT, NEW

pytestmark = [pytest.mark.model, pytest.mark.server]

CASE_SECONDS = 5.0
ASKED = "Aynı projeye iki şubeyle katılabilir miyim?"
OTHERWISE = "iki sube ayni projede olsa sorun olur mu"
ANSWER = "birden çok sınıfınızla"


@pytest.fixture(scope="module")
def staff(office: DeskServer) -> Iterator[Page]:
    with chromium() as browser:
        page = browser.new_page(base_url=office.address, locale="tr-TR")
        page.goto("/")
        page.get_by_label("Kullanıcı adı").fill(NAME)
        page.get_by_label("Parola").fill(PASSWORD)
        page.get_by_role("button", name="Giriş yap").click()
        yield page


@pytest.fixture
def teacher(office: DeskServer, staff: Page) -> Iterator[Hand]:
    """A teacher in a browser of their own."""
    browser = staff.context.browser
    assert browser is not None
    context = browser.new_context(locale="tr-TR")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{office.port}/")
    hand = Hand(page)
    hand.open()
    hand.accept()
    yield hand
    context.close()


def seconds(staff: Page) -> float:
    """Return the processor time that the page tells."""
    told = staff.get_by_text("İşlemci süresi").inner_text()
    return float(re.findall(r"[\d.,]+", told)[0].replace(",", "."))


def said(office: DeskServer, text: str, sender: str) -> str:
    """Return the answer to a message of a conversation."""
    return "\n".join(reply.get("text") or "" for reply in office.ask(text, sender))


def test_a_teaching_that_harms_others_is_not_activated_and_the_page_says_which(
    staff: Page, teacher: Hand
) -> None:
    known = [one.text for one in read_phrases(ROOT / "data") if one.label == f"faq/{ROBBED}"]
    before = teacher.ask(known[0])
    propose(staff, known[:STOLEN], RECEIVER)
    assert lesson(staff) == "yayına alınmadı"
    warning = staff.locator(".warning")
    expect(warning).to_contain_text("Şu an kullanılan model değişmedi")
    expect(warning).to_contain_text(f"{ROBBED} kötüleşiyor")
    expect(staff.get_by_role("region", name=f"Sorular: {ROBBED}")).to_contain_text(RECEIVER)
    assert before in teacher.ask(known[0])


def test_a_question_is_answered_by_the_staff_taught_and_then_answered_by_the_assistant(
    office: DeskServer, staff: Page, teacher: Hand
) -> None:
    said_first = teacher.ask(ASKED)
    if "hiçbiri" in said_first:  # titles near it are offered first
        said_first = teacher.ask("hiçbiri")
    code = re.search(r"\w{4}-\w{4}", said_first)
    assert code
    asked_at = time.monotonic()
    staff.goto(f"/vaka/{code[0]}/")
    while staff.get_by_role("heading", name=code[0]).count() == 0:
        assert time.monotonic() - asked_at < CASE_SECONDS
        staff.wait_for_timeout(100)
        staff.goto(f"/vaka/{code[0]}/")
    case_seconds = time.monotonic() - asked_at

    staff.locator("#yanit textarea").fill(DRAFT.answer)
    staff.get_by_role("button", name="Gönder").click()
    expect(teacher.log.locator("li.staff")).to_contain_text(ANSWER)

    staff.goto(f"/vaka/{code[0]}/")
    staff.get_by_role("link", name="Yeni kayıt gerekli").click()
    assert ASKED in staff.get_by_label("Öğretmenlerin cümleleri").input_value()
    expect(staff.get_by_label("Yanıt:", exact=True)).to_have_value(DRAFT.answer)
    staff.get_by_label("Bölüm").select_option(DRAFT.chapter)
    staff.get_by_label("Başlık").fill(DRAFT.title)
    staff.get_by_label("Kaynak belge").select_option("yeni")
    staff.get_by_label("Yeni belgenin adı").fill(NEW.title)
    staff.get_by_label("Yeni belgenin kısa adı").fill(NEW.short)
    staff.get_by_label("Yeni belgenin tarihi").fill(NEW.date)
    staff.get_by_label("Belgenin neresinde").fill(NEW.place)
    staff.get_by_label("Öğretmenlerin cümleleri").fill("\n".join([ASKED, *DRAFT.phrases]))
    staff.get_by_role("button", name="Öner", exact=True).click()
    assert lesson(staff) == "yayında", staff.locator("main").inner_text()
    # Shown, not judged: a machine's speed is no fault of the code.
    print(f"\ncase after {case_seconds:.1f} s; taught in {seconds(staff):.1f} s of processor time")
    expect(staff.get_by_text("sorudan doğru yere giden")).to_be_visible()

    # The same page, the same conversation, in words that nobody taught.
    assert ANSWER in teacher.ask(OTHERWISE)

    staff.goto("/ogretme/")
    staff.get_by_role("button", name="Geri al").click()
    expect(staff.locator(".messages")).to_contain_text("Son öğretme geri alınıyor")
    assert ANSWER not in said(office, ASKED, "undone")
    expect(staff.locator(".teaching-rolled_back")).to_be_visible()


def test_facts_changed_on_the_pages_are_live_in_the_running_assistant(
    office: DeskServer, staff: Page, teacher: Hand, tmp_path: Path
) -> None:
    year = str(today().year)
    staff.goto("/bilgiler/sayi/akis-proje-siniri/active_projects/")
    for label, value in (("Değer", "30"), ("İlk yıl", year), ("Son yıl", year)):
        staff.get_by_label(label).fill(value)
    staff.get_by_label("Kaynak belge").select_option("yeni")
    staff.get_by_label("Yeni belgenin adı").fill("Proje sınırları duyurusu")
    staff.get_by_label("Yeni belgenin kısa adı").fill("Duyuru")
    staff.get_by_label("Yeni belgenin tarihi").fill(f"{year}-01-15")
    staff.get_by_label("Belgenin neresinde").fill("Sınırlar")
    staff.get_by_role("button", name="Sakla").click()
    expect(staff.locator(".messages")).to_contain_text("Yayında")
    verdict = said(office, "22 aktif projem var yeni proje kurabilir miyim", "figure")
    assert "30" in verdict
    assert "Duyuru" in verdict

    people = tmp_path / "rehber.csv"
    people.write_text(f"il;ad;kaynak;tarih\nVan;Deneme Kişi;Yazı;{year}-01-15\n")
    staff.goto("/bilgiler/koordinatorler/")
    staff.get_by_label("CSV dosyası").set_input_files(people)
    staff.get_by_role("button", name="İçe aktar").click()
    expect(staff.get_by_role("region", name="Rehber")).to_contain_text("Deneme Kişi")
    assert "Deneme Kişi" in said(office, "van il koordinatörü kim", "people")

    notice = "Portal yarın sabah bakımda."
    staff.goto("/bilgiler/duyuru/")
    staff.get_by_label("Duyuru").fill(notice)
    staff.get_by_role("button", name="Sakla").click()
    expect(staff.locator(".messages")).to_contain_text(f"Yayında: Duyuru: {notice}")
    teacher.page.reload()
    expect(teacher.root.get_by_role("note")).to_have_text(notice)
    staff.get_by_role("button", name="Duyuruyu kaldır").click()
    expect(staff.locator(".messages")).to_contain_text("Yayında: Duyuru kaldırıldı")
    teacher.page.reload()
    expect(teacher.root.get_by_role("note")).to_be_hidden()
