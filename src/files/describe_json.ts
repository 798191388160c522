/**
 * Describes JSON and JSON Lines files.
 *
 * @module
 */

import type { TextDescription } from "./describe_table.ts";
import { addLines, EndParts } from "./end_parts.ts";
import { formatCount } from "./file_size.ts";

/** The number of keys that are listed, and the number of characters that they may take together. */
const MAX_KEYS = 50;
const MAX_KEY_CHARACTERS = 400;

/** The longest key that is not shortened, in characters. */
const MAX_KEY = 60;

/**
 * Describes any text by its lines.
 *
 * @param most the number of first and of last lines that are kept
 */
export function describeLines(text: string, most: number): TextDescription {
  const parts = new EndParts(text, most);
  addLines(parts, text);
  const { head, tail, count } = parts;
  return { facts: [formatCount(count, "line")], ends: { head, tail, count, noun: "line" } };
}

/**
 * Describes a JSON text by the shape of its value.
 *
 * @param most the number of first and of last lines that are kept
 * @returns `undefined` if the text is not JSON
 */
export function describeJson(text: string, most: number): TextDescription | undefined {
  const value = parseJson(text);
  if (value === undefined) return undefined;
  const { facts, ends } = describeLines(text, most);
  return { facts: [`JSON, ${shapeOf(value)}`, ...facts], ends };
}

/**
 * Describes a text with one JSON value on each line.
 *
 * @param most the number of first and of last rows that are kept
 * @returns `undefined` if no line is an object or a list
 */
export function describeJsonLines(text: string, most: number): TextDescription | undefined {
  const parts = new EndParts(text, most);
  const keys = new Set<string>();
  let [containers, invalid] = [0, 0];
  addLines(parts, text, (line) => {
    if (line.trim() === "") return false;
    const value = parseJson(line);
    if (value === undefined) invalid += 1;
    else if (typeof value === "object" && value !== null) containers += 1;
    if (isObject(value)) addKeys(keys, value);
    return true;
  });
  if (containers === 0) return undefined;
  const { head, tail, count } = parts;
  const facts = [
    "JSON lines",
    ...(keys.size > 0 ? [`${formatCount(keys.size, "column")} (${listKeys(keys)})`] : []),
    formatCount(count, "row"),
    ...(invalid > 0 ? [`${invalid.toLocaleString("en-US")} of them not JSON`] : []),
  ];
  return { facts, ends: { head, tail, count, noun: "row" } };
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return listShape(value);
  if (isObject(value)) {
    const keys = new Set(Object.keys(value));
    return keys.size === 0 ? "an empty object" : `an object with ${formatCount(keys.size, "key")} (${listKeys(keys)})`;
  }
  return value === null ? "null" : `a ${typeof value}`;
}

function listShape(list: readonly unknown[]): string {
  if (list.length === 0) return "an empty list";
  if (list.every(isObject)) {
    const keys = new Set<string>();
    for (const each of list) addKeys(keys, each);
    return `a list of ${formatCount(list.length, "object")} with ${formatCount(keys.size, "key")} (${listKeys(keys)})`;
  }
  const types = new Set(list.map((each) => Array.isArray(each) ? "list" : isObject(each) ? "object" : typeof each));
  return `a list of ${formatCount(list.length, types.size === 1 && !types.has("object") ? [...types][0] : "value")}`;
}

function addKeys(keys: Set<string>, value: Record<string, unknown>): void {
  for (const key of Object.keys(value)) keys.add(key);
}

/** Lists as many keys as fit. */
function listKeys(keys: ReadonlySet<string>): string {
  const named: string[] = [];
  let length = 0;
  for (const key of keys) {
    const name = JSON.stringify(key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}...` : key);
    length += name.length + 2;
    if (named.length === MAX_KEYS || length > MAX_KEY_CHARACTERS) return `${named.join(", ")}, ...`;
    named.push(name);
  }
  return named.join(", ");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
