/**
 * Replaces the characters that those who keep or read an output cut off or mangle, so that nothing of it is lost in silence.
 *
 * @module
 */

import { isPlainObject } from "./json_value.ts";

/**
 * The character where SQLite's texts end for most readers, and its picture: it says what stood there, and is a character that nobody
 * takes for content.
 */
const NUL = "\0";
const NUL_PICTURE = "\u2400";

/** What UTF-8 decoders drop at the beginning of a text. */
const BYTE_ORDER_MARK = "\ufeff";

/** What UTF-8 encoders write for half of a surrogate pair, which no UTF-8 can hold. */
const REPLACEMENT = "\ufffd";

/**
 * Replaces NUL by its picture, and halves of surrogate pairs and a byte order mark at the beginning by U+FFFD. All other characters come
 * back as they were written.
 */
export function portableText(text: string): string {
  const shown = text.toWellFormed().replaceAll(NUL, NUL_PICTURE);
  return shown.startsWith(BYTE_ORDER_MARK) ? REPLACEMENT + shown.slice(1) : shown;
}

/**
 * Does the same in all texts of a value: in lists and objects at any depth, and in the names of fields.
 *
 * @returns the same value where there is nothing to replace; instances of classes are left as they are
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
