/**
 * The name of a key, and the text that it types.
 *
 * @module
 */

import type { KeyPress } from "./keyboard.ts";

/** Matches a text that a key inserts. */
const PRINTABLE = /^[^\p{Cc}]+$/u;

/** Returns the name of a key with its modifiers: `ctrl-c`, `meta-return`. */
export function keyName({ key: { name = "", ctrl, meta } }: KeyPress): string {
  return `${ctrl ? "ctrl-" : ""}${meta ? "meta-" : ""}${name}`;
}

/** Returns the text that a key types; `undefined` if it types none. */
export function typedText({ text }: KeyPress): string | undefined {
  return text !== undefined && PRINTABLE.test(text) ? text : undefined;
}
