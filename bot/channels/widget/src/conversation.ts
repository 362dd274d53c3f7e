/** The conversation: lines in the server's order, messages on their way, and waiting for more. */

import { Api, Refused, Unreachable, type Choice, type Line, type Outgoing, type Start } from "./api";
import type { Memory } from "./memory";
import { texts } from "./texts";

export type Sent = Outgoing & { title: string; failed?: string };

/** Seconds between two tries when nobody answers. */
const PAUSES = [1, 2, 4, 8, 15, 30];
/** Seconds between two looks for an answer of the staff: at first, and later. */
const LOOK_SOON = 4;
const LOOK_LATER = 30;
const SOON = 10 * 60 * 1000;

export class Conversation extends EventTarget {
  start: Start | null = null;
  lines: Line[] = [];
  outbox: Sent[] = [];
  paused = false;
  busy = false;
  /** What hinders the conversation at the moment, for the person. */
  trouble = "";
  /** Something the person should know once. */
  notice = "";
  /** Lines up to this number were there before this page looked: not news. */
  known = 0;
  private cursor = 0;
  private pumping = false;
  private tries = 0;
  private wake: (() => void) | null = null;
  private timer = 0;
  private awaited = 0;

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly visible: () => boolean,
  ) {
    super();
    this.outbox = memory.get("outbox").map((sent) => ({ ...sent }));
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.tell({ trouble: texts.offline }));
    document.addEventListener("visibilitychange", () => void this.look());
    memory.onOtherTab(() => {
      if (memory.reload()) this.empty();
      void this.look(true);
    });
  }

  /** Read what a page needs to begin, then what was said before. */
  async load(): Promise<void> {
    this.start ??= await this.api.start();
    this.tell({ trouble: "" });
    if (this.memory.get("session") && !this.lines.length) {
      this.known = Infinity;
      await this.fetch().catch((error: unknown) => {
        if (!(error instanceof Refused) || error.status !== 401) throw error;
        this.memory.set({ session: "" });
      });
      this.known = this.cursor;
    }
    void this.pump();
    this.plan();
  }

  /** Reopen the conversation of a private link. */
  async reopen(link: string): Promise<void> {
    const { session } = await this.api.begin(link);
    this.empty();
    this.memory.set({ session, accepted: true, outbox: [], seen: 0 });
    this.outbox = [];
  }

  say(text: string): void {
    this.add({ id: newId(), text, title: text });
  }

  press(choice: Choice): void {
    this.add({ id: newId(), choice: choice.choice, title: choice.title });
  }

  retry(sent: Sent): void {
    this.outbox = this.outbox.filter((one) => one !== sent);
    const { failed: _, ...again } = sent;
    this.add({ ...again, id: newId() });
  }

  async link(): Promise<string> {
    const { link } = await this.api.link(this.memory.get("session"));
    return `${page()}#yardim=${link}`;
  }

  async keepAddress(address: string): Promise<void> {
    await this.api.keepAddress(this.memory.get("session"), address, page());
  }

  async dropAddress(): Promise<void> {
    await this.api.dropAddress(this.memory.get("session"));
  }

  async forget(): Promise<void> {
    const session = this.memory.get("session");
    if (session) {
      await this.api.forget(session).catch((error: unknown) => {
        // A session that ran out has nothing left that this page may delete.
        if (!(error instanceof Refused) || error.status !== 401) throw error;
      });
    }
    this.outbox = [];
    this.memory.set({ session: "", outbox: [], seen: 0 });
    this.empty();
    this.tell({ paused: false });
  }

  /** Try at once what waits for its next try. */
  hurry(): void {
    this.tries = 0;
    this.wake?.();
    void this.pump();
    void this.look(true);
  }

  /** Look for lines that came meanwhile: an answer of the staff, another tab's talk. */
  async look(asked = false): Promise<void> {
    if (!this.memory.get("session") || document.hidden) return;
    if (asked || this.waits()) {
      try {
        await this.fetch();
      } catch (error) {
        if (error instanceof Refused && error.status === 401) return this.plan();
      }
    }
    this.plan();
  }

  private add(sent: Sent): void {
    this.outbox.push(sent);
    this.keep();
    this.tell({});
    void this.pump();
  }

  private keep(): void {
    this.memory.set({ outbox: this.outbox.filter((sent) => !sent.failed) });
  }

  private empty(): void {
    this.lines = [];
    this.cursor = this.known = 0;
  }

  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (let next = this.next(); next; next = this.next()) {
        this.tell({ busy: true });
        await this.deliver(next);
      }
    } finally {
      this.pumping = false;
      this.tell({ busy: false });
      this.plan();
    }
  }

  private next(): Sent | undefined {
    return this.outbox.find((sent) => !sent.failed);
  }

  private async deliver(sent: Sent): Promise<void> {
    try {
      let session = this.memory.get("session");
      if (!session) {
        ({ session } = await this.api.begin());
        this.memory.set({ session });
      }
      const { id, text, choice } = sent;
      const message = text === undefined ? { id, choice: choice ?? "" } : { id, text };
      const answer = await this.api.send(session, message);
      this.tries = 0;
      const first = answer.messages[0];
      const number = first ? first.number - 1 : answer.cursor;
      const own = { number, author: "user", id, text: sent.title, at: new Date().toISOString() };
      this.outbox = this.outbox.filter((one) => one !== sent);
      this.keep();
      this.take([own as Line, ...answer.messages], answer.cursor, answer.paused);
      this.tell({ trouble: "" });
    } catch (error) {
      await this.recover(error, sent);
    }
  }

  private async recover(error: unknown, sent: Sent): Promise<void> {
    if (error instanceof Refused && error.status === 401) {
      // Run out, or forgotten from another tab: go on in a new conversation.
      this.memory.set({ session: "" });
      this.empty();
      this.tell({ notice: texts.ended });
      this.tell({ notice: "" });
    } else if (error instanceof Refused && ![429, 503].includes(error.status)) {
      sent.failed = error.message;
      this.keep();
      this.tell({});
    } else if (error instanceof Refused) {
      await this.wait(error.wait || this.pause(), error.message);
    } else if (error instanceof Unreachable) {
      await this.wait(this.pause(), navigator.onLine ? texts.unreachable : texts.offline);
    } else {
      throw error;
    }
  }

  private pause(): number {
    return PAUSES[Math.min(this.tries++, PAUSES.length - 1)] ?? 30;
  }

  private wait(seconds: number, why: string): Promise<void> {
    this.tell({ trouble: why });
    return new Promise((resolve) => {
      const timer = setTimeout(done, seconds * 1000);
      this.wake = done;
      const self = this;
      function done(): void {
        clearTimeout(timer);
        self.wake = null;
        resolve();
      }
    });
  }

  private async fetch(): Promise<void> {
    const found = await this.api.history(this.memory.get("session"), this.missing() - 1);
    this.take(found.messages, found.cursor, found.paused);
    this.tell({ trouble: "" });
  }

  /** Take lines in, and fetch what stands between them and the ones known. */
  private take(lines: Line[], cursor: number, paused: boolean): void {
    const known = new Map(this.lines.map((line) => [line.number, line]));
    for (const line of lines) known.set(line.number, line);
    this.lines = [...known.values()].sort((a, b) => a.number - b.number);
    this.cursor = Math.max(this.cursor, cursor);
    const arrived = new Set(lines.map((line) => line.id));
    this.outbox = this.outbox.filter((sent) => !arrived.has(sent.id));
    if (lines.some((line) => line.reference)) this.awaited = Date.now();
    this.tell({ paused });
    if (this.missing() <= this.cursor && lines.length) void this.look(true);
  }

  /** The first number that is not there yet. */
  private missing(): number {
    const gap = this.lines.findIndex((line, index) => line.number !== index + 1);
    return gap < 0 ? this.lines.length + 1 : gap + 1;
  }

  /** Tell whether an answer of the staff may come. */
  private waits(): boolean {
    return this.paused || this.lines.some((line) => line.reference);
  }

  private plan(): void {
    clearTimeout(this.timer);
    if (!this.waits()) return;
    const soon = this.visible() && (this.paused || Date.now() - this.awaited < SOON);
    this.timer = window.setTimeout(() => void this.look(), (soon ? LOOK_SOON : LOOK_LATER) * 1000);
  }

  private tell(change: Partial<Pick<this, "paused" | "busy" | "trouble" | "notice">>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event("change"));
  }
}

/** This page's address, without what only this visit added. */
function page(): string {
  return location.href.split("#", 1)[0] ?? "";
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
