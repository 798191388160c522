/**
 * JSON as notebook files have it: numbers stay as they are written, also those that JavaScript cannot hold, and `NaN`, `Infinity` and
 * `-Infinity`, which Python writes.
 *
 * @module
 */

/** A number that JavaScript would write differently: 9007199254740993, 1.0, NaN. */
export class ExactNumber {
  /** The number as the file has it. */
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** The number as far as JavaScript can hold it. */
  valueOf(): number {
    return Number(this.source);
  }

  /** For other writers of JSON, which have no NaN. */
  toJSON(): unknown {
    return Number.isFinite(this.valueOf()) ? rawJson(this.source) : null;
  }
}

/** A value of a notebook file. */
export type FileJson = null | boolean | number | string | ExactNumber | FileJson[] | { [key: string]: FileJson };

/** A JSON object of a notebook file. */
export type JsonObject = { [key: string]: FileJson };

/** `JSON.rawJSON`, where the engine has it; otherwise the number as far as JavaScript can hold it. */
const rawJson = (JSON as { rawJSON?(text: string): unknown }).rawJSON?.bind(JSON) ?? Number;

/** The words for numbers in Python's JSON; strings are matched as well, so that words inside of them stay as they are. */
const STRING_OR_WORD = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

/** A reviver of `JSON.parse` in engines that tell the source of a number. */
type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * Parses a text.
 *
 * @throws {SyntaxError} it is not JSON
 * @throws {RangeError} it is nested too deeply
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

/** Replaces the words for numbers that JSON lacks. */
export function replaceWords(text: string, replace: (word: string) => string): string {
  return text.replaceAll(STRING_OR_WORD, (found) => found.startsWith('"') ? found : replace(found));
}

/** Writes a value with its keys in alphabetical order, indented by one space, as Jupyter does. */
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

/** The value as plain JSON: numbers as far as JavaScript can hold them, and null for those that JSON lacks. */
export function toPlainJson(value: FileJson): PlainJson {
  if (value instanceof ExactNumber) return Number.isFinite(value.valueOf()) ? value.valueOf() : null;
  if (Array.isArray(value)) return value.map(toPlainJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlainJson(inner)]));
}

type PlainJson = null | boolean | number | string | PlainJson[] | { [key: string]: PlainJson };

/** Whether a value is an object, not a list. */
export function isJsonObject(value: FileJson | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
