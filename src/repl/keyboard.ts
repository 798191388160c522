/**
 * The keyboard of a terminal in raw mode: keys and pasted texts, in the order in which they arrive.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { emitKeypressEvents, type Key as ReadlineKey } from "node:readline";
import { Readable } from "node:stream";
import type { ReadStream } from "node:tty";
import type { Clock } from "../async/clock.ts";

/** A key, as `node:readline` names it, with the text that it types. */
export interface KeyPress {
  /** Tells keys and pasted texts apart. */
  type: "key";
  /** The text that the key stands for; absent for keys such as arrows. */
  text: string | undefined;
  /** Its name, without the keys held down with it: `a`, `left`, `return`. */
  key: ReadlineKey;
  /** Whether it arrived with other lines at once: no hand types so fast, it is a paste in a terminal that does not say so. */
  isBurst: boolean;
}

/** A text from the clipboard. */
export interface Paste {
  /** Tells keys and pasted texts apart. */
  type: "paste";
  /** The text, as the terminal sent it. */
  text: string;
}

/** What comes from a keyboard. */
export type KeyboardEvent = KeyPress | Paste;

/** The parts of a terminal that a keyboard needs. */
export type KeyboardInput = Pick<ReadStream, "setRawMode" | "resume" | "pause" | "on" | "off">;

/** Turns bracketed paste on and off (xterm: DECSET 2004), so that pasted newlines are no Enter keys. */
const BRACKETED_PASTE = { on: "\x1b[?2004h", off: "\x1b[?2004l" } as const;

/** What stands before and behind a pasted text. */
const PASTE = { begin: "\x1b[200~", end: "\x1b[201~" } as const;

/** How long the rest of a key may take behind ESC, in milliseconds: as for Readline (`keyseq-timeout`). */
const ESCAPE_MS = 500;

const ESCAPE = "\x1b";

/** How soon the pieces of a long paste follow each other, in milliseconds: a hand takes twice as long for a key. */
const BURST_MS = 50;

/** Text with a line break in the middle. */
const SEVERAL_LINES = /(?:\r\n|\r(?!\n)|\n)[^]/;

/** Reads a terminal from when it is made until it is disposed of, which gives the terminal back as it was. */
export class Keyboard implements Disposable {
  readonly #input: KeyboardInput;
  readonly #write: (text: string) => void;
  readonly #clock: Clock;
  readonly #decoder = new TextDecoder();
  /** `node:readline` recognises keys in what it emits as data. */
  readonly #keys = new Readable({ read() {} });
  readonly #events: KeyboardEvent[] = [];
  /** What has arrived and may be the beginning of a mark, or of a paste. */
  #held = "";
  #isBurst = false;
  /** Until when what arrives belongs to the last burst. */
  #burstEnd = -Infinity;
  #forgetEscape = () => {};
  #isOpen = true;
  #changed = Promise.withResolvers<void>();
  #onInterrupt: (() => void) | undefined;

  /**
   * Takes the terminal over.
   *
   * @param input the terminal
   * @param write writes to it
   * @param clock tells ESC from the beginning of other keys
   */
  constructor(input: KeyboardInput, write: (text: string) => void, clock: Clock) {
    this.#input = input;
    this.#write = write;
    this.#clock = clock;
    emitKeypressEvents(this.#keys);
    this.#keys.on("keypress", this.#onKey);
    input.setRawMode(true);
    write(BRACKETED_PASTE.on);
    input.on("data", this.#onData);
    input.on("end", this.#onEnd);
    input.on("error", this.#onEnd);
    input.resume();
  }

  /** Whether more has arrived than has been taken. */
  get hasNext(): boolean {
    return this.#events.length > 0;
  }

  /** The event that is taken next, if it has arrived. */
  get ahead(): KeyboardEvent | undefined {
    return this.#events[0];
  }

  /**
   * Takes the next event, as soon as there is one; `undefined` when the terminal has gone.
   *
   * @param signal gives up, and leaves what arrives later to others. Default: waits
   * @throws the signal's reason
   */
  async next(signal?: AbortSignal): Promise<KeyboardEvent | undefined> {
    const wake = () => this.#tell();
    signal?.addEventListener("abort", wake);
    try {
      while (this.#events.length === 0 && this.#isOpen && !signal?.aborted) await this.#changed.promise;
      signal?.throwIfAborted();
      return this.#events.shift();
    } finally {
      signal?.removeEventListener("abort", wake);
    }
  }

  /** Presses Ctrl-C, as a signal from outside does. */
  interrupt(): void {
    this.#onKey("\x03", { name: "c", ctrl: true, sequence: "\x03" });
  }

  /** Hands every Ctrl-C to the listener, at once; what was typed before it is forgotten. Returns a function that ends that. */
  onInterrupt(listener: () => void): () => void {
    this.#onInterrupt = listener;
    return () => this.#onInterrupt = undefined;
  }

  /** Gives the terminal back. */
  [Symbol.dispose](): void {
    this.#forgetEscape();
    this.#input.off("data", this.#onData);
    this.#input.off("end", this.#onEnd);
    this.#input.off("error", this.#onEnd);
    this.#input.pause();
    this.#write(BRACKETED_PASTE.off);
    try {
      this.#input.setRawMode(false);
    } catch {
      // A terminal that has gone needs no mode.
    }
    this.#onEnd();
  }

  readonly #onKey = (text: string | undefined, key: ReadlineKey): void => {
    if (this.#onInterrupt !== undefined && key.ctrl && key.name === "c") {
      this.#events.length = 0;
      return this.#onInterrupt();
    }
    this.#add({ type: "key", text: text ?? undefined, key, isBurst: this.#isBurst });
  };

  readonly #onData = (bytes: Uint8Array): void => {
    this.#forgetEscape();
    this.#held += this.#decoder.decode(bytes, { stream: true });
    for (;;) {
      const begin = this.#held.indexOf(PASTE.begin);
      if (begin === -1) break;
      const end = this.#held.indexOf(PASTE.end, begin);
      if (end === -1) return this.#press(begin);
      this.#press(begin);
      this.#add({ type: "paste", text: this.#held.slice(PASTE.begin.length, end - begin) });
      this.#held = this.#held.slice(end - begin + PASTE.end.length);
    }
    this.#press(this.#held.length - openMark(this.#held));
    if (this.#held === ESCAPE) this.#forgetEscape = this.#clock.setTimer(this.#pressEscape, ESCAPE_MS);
  };

  readonly #pressEscape = (): void => {
    this.#held = "";
    this.#onKey(undefined, { name: "escape", sequence: ESCAPE });
  };

  readonly #onEnd = (): void => {
    this.#isOpen = false;
    this.#tell();
  };

  /** Hands so many of the held characters on, as keys. */
  #press(count: number): void {
    const text = this.#held.slice(0, count);
    this.#held = this.#held.slice(count);
    if (count === 0) return;
    const now = this.#clock.now();
    this.#isBurst = SEVERAL_LINES.test(text) || now < this.#burstEnd;
    if (this.#isBurst) this.#burstEnd = now + BURST_MS;
    this.#keys.emit("data", Buffer.from(text.replaceAll("\r\n", "\r")));
    this.#isBurst = false;
  }

  #add(event: KeyboardEvent): void {
    this.#events.push(event);
    this.#tell();
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** How many characters at the end may be the beginning of the mark before a paste. A lone ESC waits too: it means Alt. */
function openMark(text: string): number {
  for (let length = PASTE.begin.length - 1; length > 0; length--) {
    if (text.endsWith(PASTE.begin.slice(0, length))) return length;
  }
  return 0;
}
