/** Where the person writes: a field that grows, sending, dictation. */

import { button, element, icon } from "./nodes";
import { texts } from "./texts";
import { listen } from "./voice";

const TALLEST = 120;

export class Composer {
  readonly field = element("textarea", { rows: "1", "aria-label": texts.input });
  readonly form: HTMLFormElement;
  private readonly mic: HTMLButtonElement;
  private stop: (() => void) | null = null;

  constructor(
    private readonly send: (text: string) => void,
    private readonly most: () => number,
    private readonly refuse: (sentence: string) => void,
  ) {
    this.field.placeholder = texts.input;
    this.field.enterKeyHint = "send";
    const submit = element(
      "button",
      { type: "submit", class: "round main", "aria-label": texts.send, title: texts.send },
      icon("send"),
    );
    this.mic = button(texts.dictate, () => this.dictate(), { class: "round" }, icon("mic"));
    this.form = element("form", { class: "composer" }, this.field, this.mic, submit);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.fit());
    this.listens(false);
  }

  /** Show or hide dictation. */
  listens(wanted: boolean): void {
    this.mic.hidden = !wanted;
    if (!wanted) this.stop?.();
  }

  private submit(): void {
    const text = this.field.value.trim();
    if (!text) return;
    if ([...text].length > this.most()) return this.refuse(texts.tooLong(this.most()));
    this.field.value = "";
    this.fit();
    this.send(text);
  }

  private dictate(): void {
    if (this.stop) return this.stop();
    const before = this.field.value;
    this.label(texts.dictating);
    this.stop = listen(
      (heard) => {
        this.field.value = `${before} ${heard}`.trim();
        this.fit();
      },
      () => {
        this.stop = null;
        this.label(texts.dictate);
      },
    );
  }

  private label(text: string): void {
    this.mic.setAttribute("aria-label", text);
    this.mic.title = text;
    this.mic.classList.toggle("on", text === texts.dictating);
  }

  private fit(): void {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST)}px`;
  }
}
