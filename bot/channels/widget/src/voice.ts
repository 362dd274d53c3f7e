/** Dictation and reading aloud, where the browser has them; both are off until wanted. */

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
}

interface Result extends Event {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

type Maker = new () => Recognition;
type WithSpeech = typeof globalThis & { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };

const LANGUAGE = "tr-TR";

function maker(): Maker | undefined {
  const world = globalThis as WithSpeech;
  return world.SpeechRecognition ?? world.webkitSpeechRecognition;
}

export function canListen(): boolean {
  return Boolean(maker());
}

export function canRead(): boolean {
  return "speechSynthesis" in globalThis;
}

/** Listen until silence; `heard` gets what was understood so far. Returns how to stop. */
export function listen(heard: (text: string) => void, ended: () => void): () => void {
  const Made = maker();
  if (!Made) return ended;
  const recognition = new Made();
  recognition.lang = LANGUAGE;
  recognition.interimResults = true;
  recognition.addEventListener("result", (event) => {
    const results = Array.from((event as Result).results);
    heard(results.map((result) => result[0]?.transcript ?? "").join(" "));
  });
  recognition.addEventListener("end", ended);
  recognition.addEventListener("error", ended);
  recognition.start();
  return () => recognition.stop();
}

export function readAloud(text: string): void {
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = LANGUAGE;
  speechSynthesis.speak(spoken);
}

export function silence(): void {
  if (canRead()) speechSynthesis.cancel();
}
