"""A hand on the widget: what a person does there, and what they see."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

#: The element that has the focus, through the shadow root; "BODY" when it is lost.
_FOCUSED = """() => {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found ? found.tagName + " " + (found.getAttribute("aria-label") ?? found.textContent ?? "")
    : "BODY";
}"""
#: From now on, keep everything that is announced.
_LISTEN = """() => {
  const root = document.querySelector("etwinning-yardim").shadowRoot;
  window.announced = [];
  const news = root.querySelector(".unseen");
  const heard = () => news.textContent && window.announced.push(news.textContent);
  new MutationObserver(heard).observe(news, { childList: true, characterData: true });
}"""


class Hand:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("etwinning-yardim")
        self.field = self.root.get_by_role("textbox", name="Sorunuzu yazın")
        self.log = self.root.locator(".log")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.root.get_by_role("button", name=name)

    @property
    def launcher(self) -> Locator:
        return self.root.locator(".launcher")

    def open(self) -> None:
        self.launcher.click()

    def accept(self) -> None:
        self.button("Anladım, başlayalım").click()
        expect(self.field).to_be_focused()

    def menu(self, name: str) -> None:
        self.button("Seçenekler").click()
        self.button(name).click()

    def write(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str) -> str:
        """Write, wait for the answer, and return it."""
        answers = self.said.count()
        self.write(text)
        expect(self.said.nth(answers)).to_be_visible()
        expect(self.root.locator(".typing")).to_be_hidden()
        return "\n".join(self.said.all_inner_texts()[answers:])

    @property
    def said(self) -> Locator:
        """The bubbles of the assistant and the staff, greeting and cards left out."""
        return self.log.locator("li:is(.assistant, .staff):not([data-greeting]) .bubble:not(.card)")

    @property
    def own(self) -> Locator:
        return self.log.locator("li.user .bubble")

    def focused(self) -> str:
        return str(self.page.evaluate(_FOCUSED))

    def listen(self) -> None:
        self.page.evaluate(_LISTEN)

    def announced(self) -> list[str]:
        return list(self.page.evaluate("window.announced"))

    def overflows(self) -> list[Any]:
        """Return what is wider than its place, and the page itself if it scrolls sideways."""
        return list(
            self.page.evaluate(
                """() => {
          const root = document.querySelector("etwinning-yardim").shadowRoot;
          const wide = [...root.querySelectorAll("*")].filter((one) => {
            const box = one.getBoundingClientRect();
            const shown = box.width > 1 && getComputedStyle(one).clipPath === "none";
            return shown && (box.right > innerWidth + 1 || box.left < -1);
          }).map((one) => one.tagName + "." + one.className);
          if (document.documentElement.scrollWidth > innerWidth) wide.push("page");
          return wide;
        }"""
            )
        )
