/**
 * Tracks the fenced code blocks in Markdown.
 *
 * @module
 */

import type { Reading, TextSource } from "./text_source.ts";

/** The mark at the beginning and the end of a code block. */
export const FENCE = "```";

const LANGUAGE = /[\w+.-]+/y;
const PYTHON = /^(?:i?py|python|pycon)/i;

/** Tracks whether the text is inside a code block, and whether the block is Python. */
export class CodeFence {
  #isOpen = false;
  #language = "";

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the text is inside a block of Python, in which apparent calls are only code. */
  get isPython(): boolean {
    return this.#isOpen && PYTHON.test(this.#language);
  }

  /** Consumes a fence with its language. A fence without a language closes an open block. */
  *read(text: TextSource): Reading<void> {
    text.take(FENCE.length);
    this.#language = yield* text.skip(LANGUAGE);
    this.#isOpen = !this.#isOpen || this.#language !== "";
  }

  /** Closes the block. */
  leave(): void {
    this.#isOpen = false;
  }
}
