/** The conversation on paper and in a file. */

import type { Line } from "./api";
import { rendered } from "./markdown";
import { element } from "./nodes";
import { texts } from "./texts";

const WHEN = new Intl.DateTimeFormat("tr-TR", { dateStyle: "long", timeStyle: "short" });

function speaker(line: Line): string {
  const names = { user: texts.you, assistant: texts.assistant, staff: texts.staff };
  return `${names[line.author]} – ${WHEN.format(new Date(line.at))}`;
}

export function asText(lines: readonly Line[]): string {
  const said = lines.filter((line) => line.text);
  return said.map((line) => `${speaker(line)}\n${line.text}\n`).join("\n");
}

/** Print from a frame of its own: the page around the widget stays out of it. */
export function print(lines: readonly Line[], hosts: readonly string[]): void {
  const frame = element("iframe", { title: texts.settings.print, hidden: "" });
  document.body.append(frame);
  const inside = frame.contentDocument;
  if (!inside) return frame.remove();
  inside.title = texts.name;
  for (const line of lines.filter((one) => one.text)) {
    const said = line.author === "user" ? line.text : rendered(line.text, hosts);
    inside.body.append(element("h3", {}, speaker(line)), element("div", {}, said));
  }
  frame.contentWindow?.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow?.print();
}
