"""The desk in a real browser, beside a really started assistant."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.channels.pages import texts
from tests.desk.lessons import REFUSED, propose, waiting
from tests.desk.office import NAME, DeskServer
from tests.desk.store import PASSWORD

pytestmark = [pytest.mark.model, pytest.mark.server]
CASE_SECONDS = 5.0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def signed_in(office: DeskServer, browser: Browser) -> dict[str, Any]:
    """Return the state of a browser that has signed in."""
    context = browser.new_context(base_url=office.address, locale="tr-TR")
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Kullanıcı adı").fill(NAME)
    page.get_by_label("Parola").fill(PASSWORD)
    page.get_by_role("button", name="Giriş yap").click()
    expect(page.get_by_role("heading", name="Kuyruk")).to_be_visible()
    expect(page.locator(".question").first).to_be_visible()
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def context(office: DeskServer, browser: Browser, signed_in: Any) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=office.address, locale="tr-TR", storage_state=signed_in)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    made = context.new_page()
    made.set_default_timeout(10_000)
    return made


def test_an_editor_teaches_without_scripts(
    office: DeskServer, browser: Browser, signed_in: Any
) -> None:
    context = browser.new_context(
        base_url=office.address, java_script_enabled=False, storage_state=signed_in
    )
    page = context.new_page()
    propose(page, ["etiketi panoya asmak icin hangi programi kullaniyoruz"], "ke-04")
    page.get_by_role("button", name="Onayla: etiketi").click()
    expect(page.get_by_role("button", name="Eğitimi başlat")).to_be_visible()
    page.get_by_role("button", name="Reddet: etiketi").click()
    expect(page.get_by_role("heading", name="Reddedilenler")).to_be_visible()
    with waiting(office) as teaching:
        page.goto(f"/ogretme/gecmis/{teaching}/")
        page.get_by_role("link", name="Yenile").click()
        expect(page.get_by_text("sırada")).to_be_visible()
    page.goto("/bilgiler/duyuru/")
    page.get_by_label("Duyuru").fill("Portal bu akşam bakımda.")
    page.get_by_role("button", name="Sakla").click()
    expect(page.locator(".messages")).to_contain_text("Yayında: Duyuru")
    context.close()


def open_case(page: Page, words: str) -> None:
    """Open a case by a search of the queue."""
    page.goto(f"/kuyruk/?sekme=tumu&q={words}")
    page.locator(".question").first.click()
    expect(page.locator("#konusma")).to_be_visible()


def test_a_question_becomes_a_case_and_the_answer_reaches_the_page(
    office: DeskServer, page: Page
) -> None:
    """The whole loop: website, assistant, tracker, reader, desk, and back."""
    teacher = office.teacher()
    said = teacher.say("ben Zeynep, afiş yarışmasının jüri üyeleri kimler acaba").body
    (code,) = [line["reference"] for line in said["messages"] if "reference" in line]
    expect_case(page, code)
    expect(page.locator("#konusma")).to_contain_text("jüri üyeleri kimler")

    page.locator("#yanit textarea").fill("Jüri **henüz** açıklanmadı.")
    page.get_by_role("button", name="Önizle").click()
    expect(page.locator("#onizleme strong")).to_have_text("henüz")
    page.get_by_role("button", name="Gönder").click()
    expect(page.get_by_role("status").first).to_contain_text("Konuşmaya yazıldı")
    expect(page.locator("#konusma .staff")).to_contain_text("henüz açıklanmadı")

    (line,) = teacher.history(said["cursor"])
    assert (line["author"], line["text"]) == ("staff", "Jüri **henüz** açıklanmadı.")
    # The question stands in no log: deleting the conversation deletes all of it.
    assert code in office.logs()
    assert "Zeynep" not in office.logs()


def test_a_conversation_is_taken_over_and_given_back(office: DeskServer, page: Page) -> None:
    teacher = office.teacher()
    said = teacher.say("görevli ile konuşmak istiyorum lütfen").body
    (code,) = [line["reference"] for line in said["messages"] if "reference" in line]
    expect_case(page, code)
    page.get_by_role("button", name="Konuşmayı devral").click()
    expect(page.locator("#konusma")).to_contain_text("Konuşmayı görevli devraldı")
    silent = teacher.say("sertifikada eski okulum yazıyor")
    assert (silent.body["messages"], silent.body["paused"]) == ([], True)
    # The open page shows the teacher's message by itself.
    expect(page.locator("#konusma")).to_contain_text("eski okulum yazıyor")
    page.get_by_role("button", name="Konuşmayı geri ver").click()
    expect(page.get_by_role("button", name="Konuşmayı devral")).to_be_visible()
    assert "Kaynak:" in texts(teacher.say("sertifikada eski okulum yazıyor"))


def expect_case(page: Page, code: str) -> None:
    """Open a case as soon as there is one."""
    deadline = time.monotonic() + CASE_SECONDS
    page.goto(f"/vaka/{code}/")
    while page.get_by_role("heading", name=code).count() == 0:
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)
        page.goto(f"/vaka/{code}/")


def test_teachers_with_the_same_question_are_one_row(page: Page) -> None:
    page.goto("/kuyruk/?sekme=yeni&q=ödül")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".people")).to_have_text("3 öğretmen sordu")
    page.locator(".people").click()
    expect(page.locator(".row")).to_have_count(3)


def test_the_queue_is_worked_with_the_keyboard(page: Page) -> None:
    page.goto("/kuyruk/?sekme=tumu&sira=yeni")
    questions = page.locator(".question")
    page.keyboard.press("j")
    expect(questions.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(questions.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(questions.nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("j?")  # in a field these are letters
    expect(page.get_by_role("searchbox")).to_have_value("j?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Klavye kısayolları")).to_be_visible()
    page.keyboard.press("j")  # the list is open: nothing moves behind it
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/vaka/[0-9A-Z-]{9}/$"))


def test_a_case_is_worked_with_the_keyboard(page: Page) -> None:
    open_case(page, "fotokopi")
    for key, target in (("a", "#yanit textarea"), ("n", "#note-text"), ("c", "#id_closing")):
        page.keyboard.press(key)
        expect(page.locator(target)).to_be_focused()
        page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator(".messages")).to_contain_text("Vaka sizde.")
    page.keyboard.press("a")
    page.keyboard.type("Okulunuzun kuralı geçerlidir.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messages")).to_contain_text("Konuşmaya yazıldı")
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="Kuyruk")).to_be_visible()


def test_single_keys_can_be_turned_off(page: Page) -> None:
    page.goto("/kuyruk/?sekme=tumu")
    page.keyboard.press("?")
    page.get_by_label("Tek tuşlu kısayollar açık").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator(".question").first).not_to_be_focused()


def test_a_suggestion_is_put_into_the_reply(page: Page) -> None:
    page.goto("/hazir-yanitlar/yeni/")
    page.get_by_label("Başlık").fill("Selam")
    page.get_by_label("Yanıt").fill("Merhaba, sorunuzu aldık.")
    page.get_by_role("button", name="Sakla").click()
    open_case(page, "hava")
    page.get_by_text("Selam", exact=True).click()
    page.get_by_role("link", name="Yanıta ekle").last.click()
    expect(page.locator("#yanit textarea")).to_have_value("Merhaba, sorunuzu aldık.")


def test_a_double_click_saves_once(page: Page) -> None:
    page.goto("/hazir-yanitlar/yeni/")
    page.get_by_label("Başlık").fill("Yalnız bir kez")
    page.get_by_label("Yanıt").fill("Merhaba.")
    page.get_by_role("button", name="Sakla").dblclick()
    expect(page.locator(".messages")).to_be_visible()
    page.goto("/hazir-yanitlar/")
    expect(page.get_by_text("Yalnız bir kez", exact=True)).to_have_count(1)


def test_without_scripts_a_case_is_answered_all_the_same(
    office: DeskServer, browser: Browser, signed_in: Any
) -> None:
    teacher = office.teacher()
    said = teacher.say("rozet tasarımını kim yaptı, renkleri neye göre seçildi").body
    (code,) = [line["reference"] for line in said["messages"] if "reference" in line]
    context = browser.new_context(
        base_url=office.address, java_script_enabled=False, storage_state=signed_in
    )
    page = context.new_page()
    expect_case(page, code)
    page.locator("#yanit textarea").fill("**Bir öğretmenimiz** yaptı.")
    page.get_by_role("button", name="Önizle").click()
    expect(page.locator("#onizleme strong")).to_have_text("Bir öğretmenimiz")
    page.get_by_role("button", name="Gönder").click()
    expect(page.locator(".messages")).to_contain_text("Konuşmaya yazıldı")
    context.close()
    assert teacher.history(said["cursor"])[-1]["author"] == "staff"


def test_a_draft_outlives_the_session(page: Page, context: BrowserContext) -> None:
    open_case(page, "fotokopi")
    page.locator("#yanit textarea").fill("Uzun uzun yazılmış bir yanıt")
    context.clear_cookies(name="masa")
    page.get_by_role("button", name="Gönder").click()
    page.get_by_label("Kullanıcı adı").fill(NAME)
    page.get_by_label("Parola").fill(PASSWORD)
    page.get_by_role("button", name="Giriş yap").click()
    expect(page.locator("#yanit textarea")).to_have_value("Uzun uzun yazılmış bir yanıt")
    page.get_by_role("button", name="Gönder").click()
    expect(page.locator(".messages")).to_contain_text("Konuşmaya yazıldı")
    expect(page.locator("#yanit textarea")).to_have_value("")


def addresses(page: Page) -> list[str]:
    """Return every page there is, the case with personal data among them."""
    page.goto("/kuyruk/?sekme=tumu&q=görevliyle")
    case = page.locator(".question").first.get_attribute("href") or ""
    page.goto("/kullanicilar/")
    person = page.locator("tbody a").first.get_attribute("href") or ""
    return [
        *("/kuyruk/", "/kuyruk/?sekme=tumu&sira=cok", "/kuyruk/?sekme=bekleyen&q=yok"),
        *(case, "/vaka/AAAA-AAAA/"),
        *("/hazir-yanitlar/", "/hazir-yanitlar/yeni/"),
        *("/raporlar/", "/raporlar/?first=2000-01-01"),
        *("/gizlilik/", "/kayit/", "/kullanicilar/", "/kullanicilar/yeni/", person),
        *("/ayarlar/", "/parola/", "/parola/belirle/MQ/yok/"),
        *("/ogretme/", f"/ogretme/cumle/?vaka={case.split('/')[2]}", "/ogretme/kayit/"),
        f"/ogretme/gecmis/{REFUSED}/",
        *("/bilgiler/", "/bilgiler/duyuru/", "/bilgiler/koordinatorler/"),
        *("/bilgiler/takvim/appeal_until/", "/bilgiler/sayi/akis-kalite/members_tr/"),
        "/bilginin-sagligi/",
    ]


def test_every_page_is_accessible(office: DeskServer, browser: Browser, signed_in: Any) -> None:
    context = browser.new_context(base_url=office.address, storage_state=signed_in)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    seen = addresses(page)
    for address in seen:
        complaints.clear()
        page.goto(address)
        check_page(page, address)
        # A refused script or style would be told here; a page that is not there is one.
        assert [text for text in complaints if "404" not in text] == [], address
    with waiting(office) as teaching:
        page.goto(f"/ogretme/gecmis/{teaching}/")
        check_page(page, "a teaching under way")
    page.goto("/gizlilik/")
    page.get_by_label("Takip kodu, oturum ya da sohbet kimliği").fill(seen[3].split("/")[2])
    page.get_by_role("button", name="Bul").click()
    check_page(page, "privacy, found")
    page.goto("/kuyruk/")
    page.keyboard.press("?")
    check_page(page, "keys")
    context.close()
    # Who has not signed in sees these.
    context = browser.new_context(base_url=office.address)
    page = context.new_page()
    page.goto("/giris/")
    check_page(page, "sign in")
    page.get_by_label("Kullanıcı adı").fill("yok")
    for _ in range(5):
        page.get_by_label("Parola").fill("yanlış")
        page.get_by_role("button", name="Giriş yap").click()
    expect(page.get_by_role("heading", name="Giriş durduruldu")).to_be_visible()
    check_page(page, "locked out")
    context.close()


def check_page(page: Page, name: str) -> None:
    """Hold a page to axe's rules and to its width: wide and on a phone, light and dark."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        check_rules(page, f"{name}, light, {width}")
        page.emulate_media(color_scheme="dark")
        check_rules(page, f"{name}, dark, {width}", runOnly=["color-contrast"])
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name}: {wide}"


def check_rules(page: Page, name: str, **options: list[str]) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"], **options})
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
