/**
 * Decodes the escape sequences of JSON and Python strings, and encodes those of JSON.
 *
 * @module
 */

import type { TextSource } from "./text_source.ts";

/** A complete escape sequence that no further character can extend, or a backslash before any other character. */
const WHOLE = /\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0-7]{3}|[^uUx0-7])/y;

/** An escape sequence with fewer digits than allowed. */
const SHORT = /\\(?:[uUx][\da-fA-F]*|[0-7]*)/y;

/** The values of escape sequences of one character, in JSON or Python. */
const MEANINGS = new Map(Object.entries({
  ...{ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" },
  ...{ "'": "'", a: "\x07", v: "\v", "\n": "" },
}));

/** The number of hexadecimal digits of each kind. */
const HEX_LENGTHS: Record<string, number> = { x: 2, u: 4, U: 8 };

const LAST_CODE_POINT = 0x10ffff;

/**
 * Consumes an escape sequence, beginning with its backslash, if it has arrived completely. If neither JSON nor Python knows the
 * sequence, it is kept unchanged.
 *
 * @returns the decoded text, which may be half of a surrogate pair; `undefined` while more may arrive; `""` if the text ends inside
 *   the sequence
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

/** Each ASCII character as it is written in a JSON string. */
const ASCII_AS_JSON = Array.from({ length: 0x80 }, (_, code) => JSON.stringify(String.fromCharCode(code)).slice(1, -1));

/**
 * Escapes the characters that JSON strings do not allow. Unpaired surrogates are kept, because the other half may be in the next
 * piece.
 */
export function escapeForJson(text: string): string {
  if (text.length === 1) return ASCII_AS_JSON[text.charCodeAt(0)] ?? text;
  return text.replaceAll(/["\\]|[^ -\uffff]/g, (character) => ASCII_AS_JSON[character.charCodeAt(0)]);
}
