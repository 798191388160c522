/**
 * What a key is called, and what it types.
 *
 * @module
 */

import type { KeyPress } from "./keyboard.ts";

/** Whether a text that a key sends is to be inserted. */
const PRINTABLE = /^[^\p{Cc}]+$/u;

/** Names a key with what is held down with it: `ctrl-c`, `meta-return`. */
export function keyName({ key: { name = "", ctrl, meta } }: KeyPress): string {
  return `${ctrl ? "ctrl-" : ""}${meta ? "meta-" : ""}${name}`;
}

/** The text that a key types; absent where it types none. */
export function typedText({ text }: KeyPress): string | undefined {
  return text !== undefined && PRINTABLE.test(text) ? text : undefined;
}
