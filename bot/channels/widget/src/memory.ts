/** What a page remembers between reloads; a browser that forbids it gets a fresh start. */

import type { Outgoing } from "./api";

export interface Kept {
  session: string;
  accepted: boolean;
  open: boolean;
  large: boolean;
  speak: boolean;
  read: boolean;
  seen: number;
  outbox: (Outgoing & { title: string })[];
}

const KEY = "etwinning-yardim";
const FRESH: Kept = {
  session: "",
  accepted: false,
  open: false,
  large: false,
  speak: false,
  read: false,
  seen: 0,
  outbox: [],
};

export class Memory {
  private kept: Kept;

  /** `device`: over days and tabs (localStorage); otherwise this tab's visit only. */
  constructor(private readonly device: boolean) {
    this.kept = { ...FRESH, ...this.load() };
  }

  get<K extends keyof Kept>(name: K): Kept[K] {
    return this.kept[name];
  }

  set(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    try {
      this.storage().setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // Full or forbidden: the conversation still lives on the page.
    }
  }

  /** Take over what another tab has stored; tell whether it is another conversation. */
  reload(): boolean {
    const before = this.kept.session;
    this.kept = { ...this.kept, ...this.load(), open: this.kept.open };
    return this.kept.session !== before;
  }

  onOtherTab(changed: () => void): void {
    if (!this.device) return;
    addEventListener("storage", (event) => {
      if (event.key === KEY) changed();
    });
  }

  private load(): Partial<Kept> {
    try {
      const found = JSON.parse(this.storage().getItem(KEY) ?? "{}");
      return typeof found === "object" && found ? found : {};
    } catch {
      return {};
    }
  }

  private storage(): Storage {
    return this.device ? localStorage : sessionStorage;
  }
}
