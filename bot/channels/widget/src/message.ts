/** One line of the conversation as the page shows it. */

import type { Choice, Line } from "./api";
import type { Sent } from "./conversation";
import { rendered } from "./markdown";
import { button, element } from "./nodes";
import { texts } from "./texts";

const TIME = new Intl.DateTimeFormat("tr-TR", { hour: "2-digit", minute: "2-digit" });
/** Payloads that stay useful later; other choices answer the last question only. */
const LASTING = /^\/(faq|akis)\{/;

export interface Acts {
  press(choice: Choice): void;
  retry(sent: Sent): void;
  hosts(): readonly string[];
}

/** A line of the assistant or the staff. */
export function saidLine(line: Line, acts: Acts): HTMLLIElement {
  const who = line.author === "staff" ? texts.staff : texts.assistant;
  const bubble = element("div", { class: "bubble" }, rendered(line.text, acts.hosts()));
  const item = element("li", { class: line.author }, who_(who, line.at), line.text ? bubble : null);
  if (line.file) item.append(fileButton(line.file));
  if (line.choices?.length) item.append(choiceRow(line.choices, acts));
  if (line.text.length > 80) item.append(copyButton(bubble));
  return item;
}

/** A line of the person: sent, on its way, or refused. */
export function ownLine(text: string, at: string, sent: Sent | null, acts: Acts): HTMLLIElement {
  const bubble = element("div", { class: "bubble" }, text);
  const item = element("li", { class: "user" }, who_(texts.you, at), bubble);
  if (sent?.failed) {
    item.append(
      element("p", { class: "failed" }, sent.failed),
      button(texts.retry, () => acts.retry(sent), { class: "small" }),
    );
  } else if (sent) {
    item.append(element("p", { class: "state" }, texts.sending));
  }
  return item;
}

/** Take away the choices that only the last question had. */
export function settle(item: HTMLElement): void {
  for (const choice of item.querySelectorAll<HTMLElement>("[data-choice]")) {
    if (!LASTING.test(choice.dataset["choice"] ?? "")) choice.remove();
  }
  for (const row of item.querySelectorAll(".choices:empty")) row.remove();
}

export function choiceRow(choices: readonly Choice[], acts: Acts): HTMLElement {
  const made = choices.map((choice) =>
    button(choice.title, () => acts.press(choice), { "data-choice": choice.choice }),
  );
  return element("div", { class: "choices" }, ...made);
}

export function savedAs(name: string, type: string, content: string): void {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })) });
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no secure page, or forbidden
  }
}

function who_(who: string, at: string): HTMLElement {
  const time = element("time", { datetime: at }, TIME.format(new Date(at)));
  return element("p", { class: "who" }, who, " ", time);
}

function fileButton(file: NonNullable<Line["file"]>): HTMLElement {
  const save = (): void => savedAs(file.name, file.type, file.content);
  return button(texts.download(file.name), save, { class: "small" });
}

function copyButton(bubble: HTMLElement): HTMLElement {
  const made: HTMLButtonElement = button(
    texts.copy,
    async () => {
      made.textContent = (await copied(bubble.innerText)) ? texts.copied : texts.notCopied;
    },
    { class: "small" },
  );
  return made;
}
