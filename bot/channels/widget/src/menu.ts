/** The options: size of the text, printing, saving, voice, privacy, forgetting. */

import type { Memory } from "./memory";
import { button, element } from "./nodes";
import { texts } from "./texts";
import { canListen, canRead } from "./voice";

const said = texts.settings;

export interface MenuActs {
  resize(): void;
  print(): void;
  save(): void;
  privacy(): void;
  forget(): void;
  voice(kind: "speak" | "read"): void;
  closed(): void;
}

/** The list as it fits now; every act closes it. */
export function menu(memory: Memory, acts: MenuActs): HTMLElement {
  const list = element("div", { class: "menu", role: "group", "aria-label": texts.menu });
  const add = (label: string, act: () => void): void => {
    list.append(
      button(label, () => {
        acts.closed();
        act();
      }),
    );
  };
  add(memory.get("large") ? said.smaller : said.larger, acts.resize);
  if (canListen()) add(memory.get("speak") ? said.speakOff : said.speakOn, () => acts.voice("speak"));
  if (canRead()) add(memory.get("read") ? said.readOff : said.readOn, () => acts.voice("read"));
  add(said.print, acts.print);
  add(said.save, acts.save);
  add(texts.privacy.again, acts.privacy);
  add(said.forget, acts.forget);
  return list;
}
