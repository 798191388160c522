/**
 * Backslashes and quotes: reads escapes of JSON and Python strings, and writes those of JSON.
 *
 * @module
 */

import type { Reading, TextCallSource } from "./text_call_source.ts";

/** The escapes that JSON has, but for `\u`. */
const JSON_ESCAPES = '"\\/bfnrt';

/** How many hexadecimal digits follow. */
const HEX_LENGTHS: Record<string, number> = { x: 2, u: 4, U: 8 };

/** Python's escapes that JSON has not, by what they mean. */
const PYTHON_ESCAPES: Record<string, string> = { "'": "'", a: "\x07", v: "\v", "\n": "" };

const HEX = /[0-9a-fA-F]/;
const OCTAL = /[0-7]/;

/** How many digits an octal escape has at most, as in `\033`. */
const OCTAL_LENGTH = 3;

const LAST_CODE_POINT = 0x10ffff;

/**
 * Reads an escape, from its backslash on. JSON's are kept as they are, Python's are translated, and a backslash before anything else
 * stands for itself.
 *
 * @returns the JSON text that means the same; `""` when the text ends before the escape does
 */
export function* readEscape(text: TextCallSource): Reading<string> {
  text.take();
  const kind = yield* text.peek();
  if (kind === "") return "";
  if (OCTAL.test(kind)) {
    const digits = yield* readDigits(text, OCTAL, OCTAL_LENGTH);
    return escapeForJson(String.fromCharCode(parseInt(digits, 8)));
  }
  text.take();
  if (JSON_ESCAPES.includes(kind)) return `\\${kind}`;
  if (Object.hasOwn(PYTHON_ESCAPES, kind)) return escapeForJson(PYTHON_ESCAPES[kind]);
  if (!Object.hasOwn(HEX_LENGTHS, kind)) return escapeForJson(`\\${kind}`);
  const digits = yield* readDigits(text, HEX, HEX_LENGTHS[kind]);
  if (digits.length < HEX_LENGTHS[kind]) return (yield* text.peek()) === "" ? "" : escapeForJson(`\\${kind}${digits}`);
  const code = parseInt(digits, 16);
  if (kind === "u") return `\\u${digits}`;
  return escapeForJson(code > LAST_CODE_POINT ? `\\${kind}${digits}` : String.fromCodePoint(code));
}

/**
 * Escapes what cannot stand in a JSON string. Halves of surrogate pairs are kept, as the other half may be in the next piece.
 *
 * @param text any part of the string
 */
export function escapeForJson(text: string): string {
  return text.replaceAll(/["\\]|[^ -\uffff]/g, (character) => JSON.stringify(character).slice(1, -1));
}

function* readDigits(text: TextCallSource, digit: RegExp, most: number): Reading<string> {
  let digits = "";
  while (digits.length < most && digit.test(yield* text.peek())) digits += text.take();
  return digits;
}
