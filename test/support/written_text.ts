/**
 * The text that a process has written so far, for tests that wait for a text in it.
 *
 * @module
 */

import { Notifier } from "../../src/async/notifier.ts";

/** The growing text of a stream. */
export class WrittenText {
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  readonly #changed = new Notifier();
  #text = "";
  #isOpen = true;

  /** Starts reading a stream. */
  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.ended = this.#read(stream);
  }

  /** The text so far. */
  get text(): string {
    return this.#text;
  }

  /** Whether the stream is still open. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves when the text contains a text or pattern. Rejects with all text if the stream ends without it. */
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
