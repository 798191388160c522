/**
 * Backslashes and quotes: reads escapes of JSON and Python strings, and writes those of JSON.
 *
 * @module
 */

import type { TextSource } from "./text_source.ts";

/** A longer escape that is complete whatever follows, or no escape at all. */
const WHOLE = /\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|[^uUx0-7])/y;

/** An escape that has fewer digits than it may have. */
const SHORT = /\\(?:[uUx][\da-fA-F]*|[0-7]*)/y;

/** What the escapes of one character mean in JSON or Python. */
const MEANINGS = new Map(Object.entries({
  ...{ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" },
  ...{ "'": "'", a: "\x07", v: "\v", "\n": "" },
}));

/** How many hexadecimal digits follow. */
const HEX_LENGTHS: Record<string, number> = { x: 2, u: 4, U: 8 };

const LAST_CODE_POINT = 0x10ffff;

/**
 * Consumes an escape, from its backslash on, if all of it has arrived. A backslash before anything that JSON and Python do not know
 * stands for itself.
 *
 * @returns what it means, which may be half a surrogate pair; `undefined` while more of it may arrive; `""` if the text ends in it
 */
export function readEscape(text: TextSource): string | undefined {
  const kind = text.ahead(1);
  if (kind === "" && !text.isEnded) return undefined;
  const meaning = MEANINGS.get(kind);
  if (meaning !== undefined) {
    text.take(2);
    return meaning;
  }
  const whole = text.run(WHOLE);
  if (whole !== "") return meaningOf(whole);
  const short = text.whole(SHORT);
  if (short === undefined) return undefined;
  return text.isEnded && text.current === "" ? "" : meaningOf(short);
}

function meaningOf(escape: string): string {
  const kind = escape[1];
  const digits = escape.slice(2);
  if (/[0-7]/.test(kind)) return String.fromCharCode(parseInt(escape.slice(1), 8));
  const length = HEX_LENGTHS[kind];
  const code = parseInt(digits, 16);
  return digits.length !== length || code > LAST_CODE_POINT ? escape : String.fromCodePoint(code);
}

/** The JSON text of each ASCII character in a string. */
const ASCII_AS_JSON = Array.from({ length: 0x80 }, (_, code) => JSON.stringify(String.fromCharCode(code)).slice(1, -1));

/**
 * Escapes what cannot stand in a JSON string. Halves of surrogate pairs are kept, as the other half may be in the next piece.
 *
 * @param text any part of the string
 */
export function escapeForJson(text: string): string {
  if (text.length === 1) return ASCII_AS_JSON[text.charCodeAt(0)] ?? text;
  return text.replaceAll(/["\\]|[^ -\uffff]/g, (character) => ASCII_AS_JSON[character.charCodeAt(0)]);
}
