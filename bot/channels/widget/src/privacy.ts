/** What is kept, how long, whose tool it is, how to delete: before the first message. */

import type { Start } from "./api";
import { button, element } from "./nodes";
import { texts } from "./texts";

export function privacyNotice(start: Start, accepted: boolean, done: () => void): HTMLElement {
  const items = texts.privacy.items(start.hours, start.days).map((text) => element("li", {}, text));
  return element(
    "section",
    { class: "privacy", "aria-label": texts.privacy.again },
    element("h3", {}, texts.privacy.title),
    element("ul", {}, ...items),
    button(accepted ? texts.privacy.back : texts.privacy.accept, done, { class: "main" }),
  );
}
