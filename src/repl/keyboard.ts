/**
 * Reads keys and pasted texts from a terminal in raw mode, in the order in which they arrive.
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
  type: "key";
  /** The text that the key types; `undefined` for keys such as arrows. */
  text: string | undefined;
  /** The key with its name (`a`, `left`, `return`) and its modifiers. */
  key: ReadlineKey;
  /** Whether it arrived together with other lines, faster than typing: a paste in a terminal without bracketed paste. */
  isBurst: boolean;
}

/** A text from the clipboard. */
export interface Paste {
  type: "paste";
  /** The text, as the terminal sent it. */
  text: string;
}

export type KeyboardEvent = KeyPress | Paste;

export type KeyboardInput = Pick<ReadStream, "setRawMode" | "resume" | "pause" | "on" | "off">;

/** Turns bracketed paste on and off (xterm: DECSET 2004), so that pasted newlines are not read as Enter keys. */
const BRACKETED_PASTE = { on: "\x1b[?2004h", off: "\x1b[?2004l" } as const;

/** The marks before and after a pasted text. */
const PASTE = { begin: "\x1b[200~", end: "\x1b[201~" } as const;

/** The timeout for the rest of a key's sequence after ESC, in milliseconds: that of Readline (`keyseq-timeout`). */
const ESCAPE_MS = 500;

const ESCAPE = "\x1b";

/** The longest time between the pieces of a long paste, in milliseconds. A person needs twice as long between two keys. */
const BURST_MS = 50;

/** Text with a line break in the middle. */
const SEVERAL_LINES = /(?:\r\n|\r(?!\n)|\n)[^]/;

/** Dispose a keyboard to restore the terminal's mode. */
export class Keyboard implements Disposable {
  readonly #input: KeyboardInput;
  readonly #write: (text: string) => void;
  readonly #clock: Clock;
  readonly #decoder = new TextDecoder();
  /** The stream in whose data `node:readline` recognizes keys. */
  readonly #keys = new Readable({ read() {} });
  readonly #events: KeyboardEvent[] = [];
  /** Text that has arrived and may be the beginning of a mark or of a paste. */
  #held = "";
  #isBurst = false;
  /** The time until which new text belongs to the last burst. */
  #burstEnd = -Infinity;
  #forgetEscape = () => {};
  #isOpen = true;
  #changed = Promise.withResolvers<void>();
  #onInterrupt: (() => void) | undefined;

  /**
   * Sets the terminal to raw mode and starts to read it.
   *
   * @param clock measures the time after ESC, to distinguish it from the beginning of another key
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

  /** Whether an event has arrived and was not taken yet. */
  get hasNext(): boolean {
    return this.#events.length > 0;
  }

  /** The next event, if it has arrived. */
  get ahead(): KeyboardEvent | undefined {
    return this.#events[0];
  }

  /**
   * Waits for the next event, and takes it. Returns `undefined` once the terminal was closed.
   *
   * @param signal cancels the wait, and later events stay for other callers. Default: no cancellation
   * @throws the signal's reason
   */
  async next(signal?: AbortSignal): Promise<KeyboardEvent | undefined> {
    const wake = () => this.#notify();
    signal?.addEventListener("abort", wake);
    try {
      while (this.#events.length === 0 && this.#isOpen && !signal?.aborted) await this.#changed.promise;
      signal?.throwIfAborted();
      return this.#events.shift();
    } finally {
      signal?.removeEventListener("abort", wake);
    }
  }

  /** Acts as if Ctrl-C was pressed, for a signal from outside. */
  interrupt(): void {
    this.#onKey("\x03", { name: "c", ctrl: true, sequence: "\x03" });
  }

  /** Calls the listener at every Ctrl-C and discards the keys before it. Returns a function that removes the listener. */
  onInterrupt(listener: () => void): () => void {
    this.#onInterrupt = listener;
    return () => this.#onInterrupt = undefined;
  }

  /** Stops reading, and restores the terminal's mode. */
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
      // The terminal was closed, so its mode does not matter.
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
    this.#notify();
  };

  /** Passes this number of held characters on as keys. */
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
    this.#notify();
  }

  #notify(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

/** Returns the number of characters at the end that may begin the mark of a paste. A lone ESC counts too, because it may mean Alt. */
function openMark(text: string): number {
  for (let length = PASTE.begin.length - 1; length > 0; length--) {
    if (text.endsWith(PASTE.begin.slice(0, length))) return length;
  }
  return 0;
}
