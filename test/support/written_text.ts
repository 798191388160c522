/**
 * The text that a process has written so far, for tests that wait for a word in it.
 *
 * @module
 */

import { Notifier } from "../../src/async/notifier.ts";

/** The text of a stream while it grows. */
export class WrittenText {
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  readonly #changed = new Notifier();
  #text = "";
  #isOpen = true;

  /** Begins to read a stream. */
  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.ended = this.#read(stream);
  }

  /** The text so far. */
  get text(): string {
    return this.#text;
  }

  /** Whether more may come. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves when a text or pattern is in it; rejects, with all that was written, when the stream ends without. */
  async until(wanted: string | RegExp): Promise<void> {
    const isThere = () => typeof wanted === "string" ? this.#text.includes(wanted) : wanted.test(this.#text);
    await this.#changed.until(() => isThere() || !this.#isOpen);
    if (!isThere()) {
      throw new Error(`the process ended without writing ${JSON.stringify(String(wanted))}:\n${this.#text}`);
    }
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      this.#text += text;
      this.#changed.notify();
    }
    this.#isOpen = false;
    this.#changed.notify();
  }
}
