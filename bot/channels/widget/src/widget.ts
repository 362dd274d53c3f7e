/** `<etwinning-yardim>`: the launcher and the panel, in a shadow root of their own. */

import { Api, Refused, type Choice, type Line } from "./api";
import { textOn } from "./color";
import { Composer } from "./composer";
import { Conversation, type Sent } from "./conversation";
import { Memory } from "./memory";
import { menu } from "./menu";
import { choiceRow, ownLine, saidLine, savedAs, settle } from "./message";
import { button, element, icon } from "./nodes";
import { privacyNotice } from "./privacy";
import { asText, print } from "./record";
import { referenceCard } from "./reference";
import css from "./style.css";
import { texts } from "./texts";
import { readAloud, silence } from "./voice";

const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)";
const LINK = /^#yardim=([\w.-]+)$/;

export interface Options {
  base: string;
  device: boolean;
  left: boolean;
  color: string;
}

export class Widget extends HTMLElement {
  private memory!: Memory;
  private talk!: Conversation;
  private composer!: Composer;
  private readonly shown = new Map<string, HTMLElement>();
  private readonly launcher = element("button", { type: "button", class: "launcher" });
  private readonly panel = element("div", { class: "panel", role: "dialog", hidden: "" });
  private readonly subtitle = element("p", {}, texts.subtitle);
  private readonly banner = element("p", { class: "banner", role: "note", hidden: "" });
  private readonly trouble = element("div", { class: "trouble", role: "alert", hidden: "" });
  private readonly log = element("ol", { class: "log" });
  private readonly body = element("div", {
    ...{ class: "body", tabindex: "-1", role: "log" },
    // What is new is said in a place of its own, once.
    ...{ "aria-live": "off", "aria-label": texts.log },
  });
  private readonly typing = element("p", { class: "typing", hidden: "" }, texts.typing);
  private readonly news = element("div", { class: "unseen", "aria-live": "polite" });
  private options_: HTMLElement | null = null;
  private readonly menuButton = button(
    texts.menu,
    () => this.toggleMenu(),
    { class: "round", "aria-expanded": "false" },
    icon("menu"),
  );
  private announced = 0;

  begin(options: Options): void {
    this.memory = new Memory(options.device);
    this.talk = new Conversation(new Api(options.base), this.memory, () => !this.panel.hidden);
    this.composer = new Composer(
      (text) => this.say(text),
      () => this.talk.start?.most ?? 1000,
      (sentence) => this.complain(sentence),
    );
    this.build(options);
    this.talk.addEventListener("change", () => this.draw());
    this.restore();
  }

  private build(options: Options): void {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const onColor = textOn(options.color);
    if (onColor) {
      this.style.setProperty("--accent", options.color);
      this.style.setProperty("--on-accent", onColor);
    }
    this.classList.toggle("left", options.left);
    this.lang = "tr";
    this.launcher.append(icon("chat"), element("span", {}, texts.launcher));
    this.launcher.addEventListener("click", () => void this.open());
    this.panel.setAttribute("aria-label", texts.name);
    const close = button(texts.close, () => this.close(), { class: "round" }, icon("close"));
    const title = element("div", {}, element("h2", {}, texts.title), this.subtitle);
    const head = element("div", { class: "head" }, title, this.menuButton, close);
    this.body.append(this.log, this.typing);
    this.panel.append(head, this.banner, this.trouble, this.body, this.composer.form, this.news);
    this.panel.addEventListener("keydown", (event) => this.key(event));
    root.append(this.panel, this.launcher);
    this.enlarge();
    this.badge();
  }

  /** A page that was left in the middle, or a private link, opens where it stopped. */
  private restore(): void {
    const link = LINK.exec(location.hash)?.[1];
    if (link) {
      history.replaceState(history.state, "", location.pathname + location.search);
      void this.open(link);
    } else if (this.memory.get("open") && !matchMedia(FULL_SCREEN).matches) {
      void this.open(undefined, false);
    } else if (this.memory.get("session")) {
      void this.talk.load().catch(() => undefined);
    }
  }

  private async open(link?: string, focus = true): Promise<void> {
    const full = matchMedia(FULL_SCREEN).matches;
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.panel.toggleAttribute("aria-modal", full);
    if (full) this.panel.setAttribute("aria-modal", "true");
    this.memory.set({ open: true });
    if (focus) this.body.focus();
    try {
      if (link) await this.talk.reopen(link);
      await this.talk.load();
      this.draw();
      this.welcome(focus);
    } catch (error) {
      this.complain(error instanceof Refused ? error.message : texts.failedStart, () =>
        this.open(error instanceof Refused ? undefined : link, focus),
      );
    }
  }

  private close(): void {
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.memory.set({ open: false });
    silence();
    this.badge();
    this.launcher.focus();
  }

  /** The notice first; then greeting and topics, if nothing was said yet. */
  private welcome(focus: boolean): void {
    const accepted = this.memory.get("accepted");
    this.composer.form.hidden = !accepted;
    this.composer.listens(this.memory.get("speak"));
    if (!accepted) return this.privacy(focus);
    const { topics } = this.talk.start ?? { topics: [] };
    if (!this.log.querySelector("li") && !this.talk.lines.length) {
      this.log.append(
        element(
          "li",
          { class: "assistant", "data-greeting": "" },
          element(
            "div",
            { class: "bubble" },
            element("p", {}, texts.greeting),
            element("p", {}, texts.topics),
          ),
          choiceRow(topics, this),
        ),
      );
    }
    if (focus) this.focusField();
    this.bottom();
  }

  private privacy(focus: boolean): void {
    const { start } = this.talk;
    if (!start || this.body.querySelector(".privacy")) return;
    const accepted = this.memory.get("accepted");
    const notice = privacyNotice(start, accepted, () => {
      notice.remove();
      this.log.hidden = false;
      this.memory.set({ accepted: true });
      this.welcome(true);
    });
    this.log.hidden = true;
    this.body.prepend(notice);
    if (focus) notice.querySelector("button")?.focus();
  }

  private say(text: string): void {
    this.complain("");
    this.talk.say(text);
    this.focusField();
  }

  press(choice: Choice): void {
    this.complain("");
    this.talk.press(choice);
    this.focusField();
  }

  retry(sent: Sent): void {
    this.talk.retry(sent);
    this.focusField();
  }

  hosts(): readonly string[] {
    return this.talk.start?.hosts ?? [];
  }

  /** Bring the page up to date: new lines once each, states, announcements. */
  private draw(): void {
    const { talk } = this;
    this.subtitle.textContent = talk.paused ? texts.subtitleStaff : texts.subtitle;
    this.banner.hidden = !talk.start?.banner;
    this.banner.textContent = talk.start?.banner ?? "";
    this.typing.hidden = !talk.busy || Boolean(talk.trouble) || talk.paused;
    if (talk.trouble || this.trouble.dataset["of"] === "talk") this.complain(talk.trouble);
    this.trouble.dataset["of"] = talk.trouble ? "talk" : "";
    if (talk.notice) this.announce(talk.notice);
    const wanted = new Map<string, () => HTMLElement>();
    for (const line of talk.lines) wanted.set(keyOf(line), () => this.lineOf(line));
    for (const sent of talk.outbox) {
      const state = sent.failed ? "failed" : "sending";
      const now = new Date().toISOString();
      wanted.set(`${state} ${sent.id}`, () => ownLine(sent.title, now, sent, this));
    }
    this.place(wanted);
    this.tellNews();
    this.badge();
  }

  private lineOf(line: Line): HTMLElement {
    if (line.author === "user") return ownLine(line.text, line.at, null, this);
    if (line.reference) return referenceCard(this.talk, line.reference, line.at);
    return saidLine(line, this);
  }

  /** Put the wanted lines into the log in order; what is there already stays as it is. */
  private place(wanted: Map<string, () => HTMLElement>): void {
    let added = false;
    for (const [key, item] of this.shown) {
      if (wanted.has(key)) continue;
      if (item.contains(this.shadowRoot?.activeElement ?? null)) this.focusField();
      item.remove();
      this.shown.delete(key);
    }
    let before: Element | null = this.log.querySelector("[data-greeting]");
    for (const [key, make] of wanted) {
      let item = this.shown.get(key);
      if (!item) {
        item = make();
        this.shown.set(key, item);
        added = true;
      }
      const next: Element | null = before ? before.nextElementSibling : this.log.firstElementChild;
      if (next !== item) this.log.insertBefore(item, next);
      before = item;
    }
    if (!added) return;
    this.settleOld();
    this.bottom();
  }

  /** Quick replies belong to the last question: older ones go. */
  private settleOld(): void {
    const own = [...this.log.querySelectorAll("li.user")].pop();
    if (!own) return;
    for (const item of this.log.querySelectorAll<HTMLElement>("li.assistant, li.staff")) {
      const older = item.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (older && !item.hasAttribute("data-greeting")) settle(item);
    }
  }

  /** Say each new line once to those who listen, and read it aloud if that is wanted. */
  private tellNews(): void {
    const from = Math.max(this.announced, this.talk.known);
    const fresh = this.talk.lines.filter((line) => line.number > from && line.author !== "user");
    this.announced = Math.max(this.announced, ...this.talk.lines.map((line) => line.number));
    const spoken = fresh.filter((line) => line.text);
    if (!spoken.length) return;
    const said = spoken.map((line) => this.shown.get(keyOf(line))?.querySelector(".bubble"));
    const text = said.map((bubble) => bubble?.textContent ?? "").join(" ");
    this.announce(text);
    if (this.memory.get("read") && !this.panel.hidden) readAloud(text);
  }

  private announce(text: string): void {
    this.news.textContent = text;
  }

  /** Count what the person has not seen on the launcher. */
  private badge(): void {
    const others = this.talk.lines.filter((line) => line.author !== "user" && line.text);
    const last = Math.max(0, ...others.map((line) => line.number));
    if (!this.panel.hidden) this.memory.set({ seen: last });
    const count = others.filter((line) => line.number > this.memory.get("seen")).length;
    const label = count ? texts.launcherNew(count) : texts.launcherLabel;
    this.launcher.setAttribute("aria-label", label);
    this.launcher.dataset["count"] = count ? String(count) : "";
  }

  private complain(sentence: string, again?: () => void): void {
    this.trouble.hidden = !sentence;
    this.trouble.replaceChildren(sentence);
    if (again) this.trouble.append(" ", button(texts.tryAgain, again, { class: "small" }));
  }

  private toggleMenu(): void {
    if (this.options_) return this.closeMenu();
    this.options_ = menu(this.memory, {
      resize: () => {
        this.memory.set({ large: !this.memory.get("large") });
        this.enlarge();
      },
      print: () => print(this.talk.lines, this.hosts()),
      save: () => savedAs(texts.fileName, "text/plain;charset=utf-8", asText(this.talk.lines)),
      privacy: () => this.privacy(true),
      forget: () => this.askToForget(),
      voice: (kind) => this.voice(kind),
      closed: () => this.closeMenu(),
    });
    this.menuButton.setAttribute("aria-expanded", "true");
    this.menuButton.after(this.options_);
    this.options_.querySelector("button")?.focus();
  }

  private closeMenu(): void {
    this.options_?.remove();
    this.options_ = null;
    this.menuButton.setAttribute("aria-expanded", "false");
    this.menuButton.focus();
  }

  private voice(kind: "speak" | "read"): void {
    const wanted = !this.memory.get(kind);
    this.memory.set({ [kind]: wanted });
    this.composer.listens(this.memory.get("speak"));
    if (kind === "read") silence();
    this.complain(wanted ? texts.settings.voiceNote : "");
  }

  private askToForget(): void {
    const said = texts.settings;
    const done = (): void => {
      question.remove();
      this.focusField();
    };
    const forget = async (): Promise<void> => {
      try {
        await this.talk.forget();
      } catch {
        return this.complain(texts.unreachable);
      }
      this.announced = 0;
      this.log.querySelector("[data-greeting]")?.remove();
      question.remove();
      this.welcome(true);
      this.announce(said.forgotten);
    };
    const question = element(
      "div",
      { class: "question", role: "alertdialog", "aria-label": said.forgetAsk },
      element("p", {}, said.forgetAsk),
      button(said.forgetYes, () => void forget(), { class: "main" }),
      button(said.forgetNo, done),
    );
    this.body.append(question);
    this.bottom();
    question.querySelector("button")?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.options_) this.closeMenu();
      else this.close();
    } else if (event.key === "Tab" && this.panel.hasAttribute("aria-modal")) {
      this.stay(event);
    }
  }

  /** On a phone the panel is the page: Tab goes round inside. */
  private stay(event: KeyboardEvent): void {
    const all = "button, textarea, input, a[href], summary";
    const seen = [...this.panel.querySelectorAll<HTMLElement>(all)].filter(
      (one) => one.offsetParent !== null,
    );
    const [first, last] = [seen[0], seen[seen.length - 1]];
    const active = this.shadowRoot?.activeElement;
    if (event.shiftKey ? active === first || active === this.body : active === last) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  }

  private focusField(): void {
    if (this.composer.form.hidden) this.body.focus();
    else this.composer.field.focus({ preventScroll: true });
  }

  private enlarge(): void {
    this.classList.toggle("large", this.memory.get("large"));
  }

  /** Show the newest lines from the person's own last one on: an answer begins at its top. */
  private bottom(): void {
    const own = [...this.log.querySelectorAll<HTMLElement>("li.user")].pop();
    const start = own ? own.offsetTop - this.body.offsetTop - 8 : this.body.scrollHeight;
    this.body.scrollTop = this.body.querySelector(".question") ? this.body.scrollHeight : start;
  }
}

function keyOf(line: Line): string {
  return line.author === "user" && line.id ? `user ${line.id}` : `line ${line.number}`;
}
