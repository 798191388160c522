/**
 * Follows the fences of code blocks in Markdown.
 *
 * @module
 */

import type { Reading, TextSource } from "./text_source.ts";

/** What a code block begins and ends with. */
export const FENCE = "```";

const LANGUAGE = /[\w+.-]+/y;
const PYTHON = /^(?:i?py|python|pycon)/i;

/** Whether a text is inside a code block, and whether that is Python. */
export class CodeFence {
  #isOpen = false;
  #language = "";

  /** Whether the text is inside a code block. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether this is a block of Python: what looks like a call there is code. */
  get isPython(): boolean {
    return this.#isOpen && PYTHON.test(this.#language);
  }

  /** Consumes a fence with its language. A fence without one closes the block, if there is one. */
  *read(text: TextSource): Reading<void> {
    text.take(FENCE.length);
    this.#language = yield* text.skip(LANGUAGE);
    this.#isOpen = !this.#isOpen || this.#language !== "";
  }

  /** Leaves the block. */
  leave(): void {
    this.#isOpen = false;
  }
}
