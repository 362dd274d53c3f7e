/** The server's side of the conversation: `docs/web-kanali.yml` describes it. */

export interface Choice {
  title: string;
  choice: string;
}

export interface Line {
  number: number;
  author: "user" | "assistant" | "staff";
  id?: string;
  text: string;
  choices?: Choice[];
  file?: { name: string; type: string; content: string };
  reference?: string;
  at: string;
}

export interface Messages {
  messages: Line[];
  cursor: number;
  paused: boolean;
}

export interface Start {
  banner: string | null;
  topics: Choice[];
  hosts: string[];
  most: number;
  hours: number;
  days: number;
  email: boolean;
}

export interface Outgoing {
  id: string;
  text?: string;
  choice?: string;
}

/** The server said no: a sentence for the person, and when to try again (seconds). */
export class Refused extends Error {
  constructor(
    sentence: string,
    readonly status: number,
    readonly wait: number,
  ) {
    super(sentence);
  }
}

/** Nobody answered, or something else than the assistant did. */
export class Unreachable extends Error {}

const TIMEOUT = 25_000;

export class Api {
  constructor(private readonly base: string) {}

  start(): Promise<Start> {
    return this.call("GET", "/start");
  }

  begin(link?: string): Promise<{ session: string }> {
    return this.call("POST", "/sessions", "", link === undefined ? undefined : { link });
  }

  send(session: string, message: Outgoing): Promise<Messages> {
    return this.call("POST", "/messages", session, message);
  }

  history(session: string, after: number): Promise<Messages> {
    return this.call("GET", `/messages?after=${after}`, session);
  }

  link(session: string): Promise<{ link: string }> {
    return this.call("POST", "/links", session);
  }

  async keepAddress(session: string, address: string, page: string): Promise<void> {
    await this.call("PUT", "/email", session, { address, page });
  }

  async dropAddress(session: string): Promise<void> {
    await this.call("DELETE", "/email", session);
  }

  async forget(session: string): Promise<void> {
    await this.call("DELETE", "/sessions/current", session);
  }

  private async call<T>(method: string, path: string, session = "", body?: object): Promise<T> {
    const headers: Record<string, string> = {};
    if (session) headers["Authorization"] = `Bearer ${session}`;
    if (body) headers["Content-Type"] = "application/json";
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), TIMEOUT);
    try {
      const answer = await fetch(this.base + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: "omit",
        signal: ended.signal,
      });
      const said = answer.status === 204 ? null : await answer.json();
      if (answer.ok) return said as T;
      if (typeof said?.error !== "string") throw new Unreachable(`${answer.status}`);
      const wait = Number(answer.headers.get("Retry-After")) || 0;
      throw new Refused(said.error, answer.status, wait);
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Unreachable(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}
