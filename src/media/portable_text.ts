/**
 * Replaces characters that storage or viewers of an output would truncate or corrupt, so that no content is lost silently.
 *
 * @module
 */

import { isPlainObject } from "./json_value.ts";

/** NUL, which ends a text for most readers of SQLite, and its visible symbol, which hardly occurs in other content. */
const NUL = "\0";
const NUL_PICTURE = "\u2400";

/** The character that UTF-8 decoders drop at the beginning of a text. */
const BYTE_ORDER_MARK = "\ufeff";

/** The character that UTF-8 encoders write for an unpaired surrogate, which UTF-8 cannot express. */
const REPLACEMENT = "\ufffd";

/** Replaces NUL by its symbol, and unpaired surrogates and a leading byte order mark by U+FFFD. */
export function portableText(text: string): string {
  const shown = text.toWellFormed().replaceAll(NUL, NUL_PICTURE);
  return shown.startsWith(BYTE_ORDER_MARK) ? REPLACEMENT + shown.slice(1) : shown;
}

/**
 * Replaces these characters in all texts of a value, including nested lists, objects and field names.
 *
 * @returns the same value if nothing is replaced; class instances are left unchanged
 */
export function portable<T>(value: T): T;
export function portable(value: unknown): unknown {
  if (typeof value === "string") return portableText(value);
  if (Array.isArray(value)) {
    const items = value.map(portable);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isPlainObject(value)) return value;
  const fields = Object.entries(value);
  const replaced = fields.map(([name, field]): [string, unknown] => [portableText(name), portable(field)]);
  const isSame = replaced.every(([name, field], index) => name === fields[index][0] && field === fields[index][1]);
  return isSame ? value : Object.fromEntries(replaced);
}
