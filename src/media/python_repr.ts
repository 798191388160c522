/**
 * Formats JSON values as Python prints them.
 *
 * @module
 */

import type { JsonValue } from "./json_value.ts";

/** The characters that Python escapes in a string besides quotes: backslashes and unprintable characters. */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\\\u0000-\u001f\u007f-\u00a0\u00ad\u2028\u2029\ud800-\udfff]/gu;

const SHORT_ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Formats a value like Python's `repr()`: `{'a': [1, True, None]}`.
 *
 * @param print formats a number. Default: `String`
 */
export function pythonRepr(value: JsonValue, print: (number: number) => string = String): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return print(value);
  if (typeof value === "string") return stringRepr(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonRepr(item, print)).join(", ")}]`;
  const members = Object.entries(value).map(([key, item]) => `${stringRepr(key)}: ${pythonRepr(item, print)}`);
  return `{${members.join(", ")}}`;
}

/** Quotes a string with single quotes, or with double quotes if it contains only single ones. */
function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replaceAll(UNPRINTABLE, escape).replaceAll(quote, `\\${quote}`) + quote;
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  const hex = (length: number) => code.toString(16).padStart(length, "0");
  return SHORT_ESCAPES[character] ?? (code < 0x100 ? `\\x${hex(2)}` : `\\u${hex(4)}`);
}
