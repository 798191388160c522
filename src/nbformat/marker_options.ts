/**
 * Parses the text after the marker of a cell, as Jupytext and editors write it: a title, the cell's type, and metadata as JSON or as
 * `key=value`.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "./json_text.ts";
import type { FileCell } from "./notebook_file.ts";

/** The properties of a cell that its marker contains. */
export interface MarkerOptions {
  type: FileCell["type"];
  /** The cell's metadata, including the title. */
  metadata: JsonObject;
}

/** The types, keyed by their names in markers. */
const TYPES: Readonly<Record<string, FileCell["type"]>> = {
  markdown: "markdown",
  md: "markdown",
  raw: "raw",
  code: "code",
};

/** The type in brackets, as in Jupytext and VS Code. */
const BRACKETED = /\[(markdown|md|raw)\]/;

/** The type as the first word, as in Hydrogen and PyCharm. A title may begin with the same word. */
const FIRST_WORD = /^(markdown|md|raw)(?=$|\s*(?:\{|[\w.-]+=))/;

/** A key and the `=` after it. */
const KEY = /^[ \t,]*([A-Za-z_][\w.-]*)=/;

/** A value without brackets: a string, a number or a word. */
const SIMPLE =
  /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|True|False|None)(?=[ \t,]|$)/;

/** Python's words for the literals that JSON writes in lowercase. */
const WORDS: Readonly<Record<string, FileJson>> = { True: true, False: false, None: null };

/** Parses the text after a marker. The text before the metadata is the title. */
export function readMarkerOptions(text: string): MarkerOptions {
  const kind = BRACKETED.exec(text) ?? FIRST_WORD.exec(text);
  const rest = kind === null ? text : text.slice(0, kind.index) + text.slice(kind.index + kind[0].length);
  const { title, metadata } = splitMetadata(rest.trim());
  return {
    type: kind === null ? "code" : TYPES[kind[1]],
    metadata: title === "" ? metadata : { title, ...metadata },
  };
}

/** Splits the text at the beginning of the metadata, which continue to the end. */
function splitMetadata(text: string): { title: string; metadata: JsonObject } {
  for (const { index } of text.matchAll(/(?<![^\s])(?=\{|[A-Za-z_][\w.-]*=)/g)) {
    const metadata = readObject(text.slice(index)) ?? readPairs(text.slice(index));
    if (metadata !== undefined) return { title: text.slice(0, index).trim(), metadata };
  }
  return { title: text, metadata: {} };
}

function readObject(text: string): JsonObject | undefined {
  const value = parsed(text);
  return isJsonObject(value) ? value : undefined;
}

function readPairs(text: string): JsonObject | undefined {
  const pairs: [string, FileJson][] = [];
  for (let rest = text; rest.trim() !== "";) {
    const key = KEY.exec(rest);
    const value = key && readValue(rest.slice(key[0].length));
    if (!key || !value) return undefined;
    pairs.push([key[1], key[1] === "tags" ? withoutDuplicates(value.value) : value.value]);
    rest = value.rest;
  }
  return Object.fromEntries(pairs);
}

function readValue(text: string): { value: FileJson; rest: string } | undefined {
  const [simple] = SIMPLE.exec(text) ?? [];
  if (simple !== undefined) return { value: simpleValue(simple), rest: text.slice(simple.length) };
  if (!/^[[{]/.test(text)) return undefined;
  for (const { index } of text.matchAll(/[\]}]/g)) {
    const value = parsed(text.slice(0, index + 1));
    if (value !== undefined) return { value, rest: text.slice(index + 1) };
  }
}

function simpleValue(text: string): FileJson {
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  return text.startsWith("'") ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1") : JSON.parse(text);
}

function withoutDuplicates(value: FileJson): FileJson {
  return Array.isArray(value) ? value.filter((item, index) => value.indexOf(item) === index) : value;
}

function parsed(text: string): FileJson | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
