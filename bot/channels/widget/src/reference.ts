/** The card of a question that went to the staff: its code, a private link, an e-mail. */

import { Refused } from "./api";
import type { Conversation } from "./conversation";
import { copied } from "./message";
import { button, element } from "./nodes";
import { texts } from "./texts";

const said = texts.reference;

export function referenceCard(talk: Conversation, code: string, at: string): HTMLLIElement {
  const state = element("p", { class: "state", role: "status" });
  const card = element(
    "div",
    { class: "bubble card" },
    element("p", {}, element("strong", {}, `${said.title}: `, element("span", {}, code))),
    element("p", {}, said.text),
    linkButton(talk, state),
    talk.start?.email ? emailForm(talk, state) : null,
    state,
  );
  return element("li", { class: "assistant", "data-at": at }, card);
}

function linkButton(talk: Conversation, state: HTMLElement): HTMLElement {
  return button(
    said.link,
    () =>
      attempt(state, async () => {
        const link = await talk.link();
        if (await copied(link)) return `${texts.copied}. ${said.warning}`;
        const field = element("input", { readonly: "", "aria-label": said.link, value: link });
        state.before(element("p", {}, said.linkShown, field));
        field.select();
        return said.warning;
      }),
    { class: "small" },
  );
}

function emailForm(talk: Conversation, state: HTMLElement): HTMLElement {
  const field = element("input", { type: "email", required: "", autocomplete: "email" });
  const form = element(
    "form",
    {},
    element("label", {}, said.emailLabel, field),
    element("p", { class: "state" }, said.emailNote),
    element("button", { type: "submit", class: "small" }, said.emailSend),
  );
  const box = element("details", {}, element("summary", {}, said.email), form);
  const drop = button(
    said.emailDrop,
    () =>
      attempt(state, async () => {
        await talk.dropAddress();
        drop.replaceWith(box);
        return said.emailDropped;
      }),
    { class: "small" },
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(state, async () => {
      await talk.keepAddress(field.value.trim());
      field.value = "";
      box.replaceWith(drop);
      drop.focus();
      return said.emailKept;
    });
  });
  return box;
}

async function attempt(state: HTMLElement, act: () => Promise<string>): Promise<void> {
  try {
    state.textContent = await act();
  } catch (error) {
    state.textContent = error instanceof Refused ? error.message : texts.unreachable;
  }
}
