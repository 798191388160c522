/**
 * Parses and writes the JSON of notebook files without changing numbers, including those that JavaScript cannot represent, and the `NaN`,
 * `Infinity` and `-Infinity` of Python.
 *
 * @module
 */

/** A number that JavaScript would write differently, such as 9007199254740993, 1.0 or NaN. */
export class ExactNumber {
  /** The number as written in the file. */
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Returns the nearest number that JavaScript can represent. */
  valueOf(): number {
    return Number(this.source);
  }

  /** Returns the value for `JSON.stringify`: null for NaN and infinities, which JSON does not have. */
  toJSON(): unknown {
    return Number.isFinite(this.valueOf()) ? rawJson(this.source) : null;
  }
}

/** A value of a notebook file. */
export type FileJson = null | boolean | number | string | ExactNumber | FileJson[] | { [key: string]: FileJson };

export type JsonObject = { [key: string]: FileJson };

/** `JSON.rawJSON`, if the engine has it; otherwise the conversion to a number. */
const rawJson = (JSON as { rawJSON?(text: string): unknown }).rawJSON?.bind(JSON) ?? Number;

/** The words for numbers in Python's JSON. Strings are matched as well, so that words inside of them are not replaced. */
const STRING_OR_WORD = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

/** A reviver of `JSON.parse` in engines that pass it the source of a number. */
type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * Parses the text of a notebook file.
 *
 * @throws {SyntaxError} the text is not JSON
 * @throws {RangeError} the text is nested too deeply
 */
export function parseJson(text: string): FileJson {
  const mark = crypto.randomUUID();
  const revive: Reviver = (_key, value, context) => {
    if (typeof value === "string" && value.startsWith(mark)) return new ExactNumber(value.slice(mark.length));
    if (typeof value !== "number" || context?.source === undefined) return value;
    return String(value) === context.source ? value : new ExactNumber(context.source);
  };
  const parse = (json: string) => JSON.parse(json, revive as (key: string, value: unknown) => unknown);
  try {
    return parse(text);
  } catch (error) {
    const words = replaceWords(text, (word) => JSON.stringify(mark + word));
    if (words === text) throw error;
    return parse(words);
  }
}

/** Replaces the words `NaN`, `Infinity` and `-Infinity` outside of strings. */
export function replaceWords(text: string, replace: (word: string) => string): string {
  return text.replaceAll(STRING_OR_WORD, (found) => found.startsWith('"') ? found : replace(found));
}

/** Formats a value with its keys in alphabetical order and an indentation of one space, as Jupyter does. */
export function stringifyJson(value: FileJson): string {
  const mark = crypto.randomUUID();
  let hasWords = false;
  const inOrder = (value: FileJson): unknown => {
    if (Array.isArray(value)) return value.map(inOrder);
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof ExactNumber) {
      if (Number.isFinite(value.valueOf())) return rawJson(value.source);
      hasWords = true;
      return mark + value.source;
    }
    const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
    return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
  };
  const text = JSON.stringify(inOrder(value), null, 1);
  return hasWords ? text.replaceAll(new RegExp(`"${mark}([^"]*)"`, "g"), "$1") : text;
}

/** Converts a value to plain JSON: each number to the nearest number of JavaScript, NaN and infinities to null. */
export function toPlainJson(value: FileJson): PlainJson {
  if (value instanceof ExactNumber) return Number.isFinite(value.valueOf()) ? value.valueOf() : null;
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlainJson(inner)]));
}

type PlainJson = null | boolean | number | string | PlainJson[] | { [key: string]: PlainJson };

/** Returns whether a value is an object, not a list. */
export function isJsonObject(value: FileJson | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
