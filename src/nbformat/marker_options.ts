/**
 * Reads what stands behind the marker of a cell, as Jupytext and the editors write it: a title, the cell's kind, and metadata as JSON or
 * as `key=value`.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "./json_text.ts";
import type { FileCell } from "./notebook_file.ts";

/** What a marker says of its cell. */
export interface MarkerOptions {
  /** The cell's kind. */
  type: FileCell["type"];
  /** The cell's metadata, the title among them. */
  metadata: JsonObject;
}

/** The kinds, by their names in markers. */
const TYPES: Readonly<Record<string, FileCell["type"]>> = {
  markdown: "markdown",
  md: "markdown",
  raw: "raw",
  code: "code",
};

/** The kind in brackets, as in Jupytext and VS Code. */
const BRACKETED = /\[(markdown|md|raw)\]/;

/** The kind as the first word, as in Hydrogen and PyCharm; a title may begin with the same word. */
const FIRST_WORD = /^(markdown|md|raw)(?=$|\s*(?:\{|[\w.-]+=))/;

/** A key and the sign behind it. */
const KEY = /^[ \t,]*([A-Za-z_][\w.-]*)=/;

/** A value without brackets: a string, a number or a word. */
const SIMPLE =
  /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|True|False|None)(?=[ \t,]|$)/;

/** Python's words for what JSON writes in lower case. */
const WORDS: Readonly<Record<string, FileJson>> = { True: true, False: false, None: null };

/** Reads the text behind a marker. What is not metadata is title. */
export function readMarkerOptions(text: string): MarkerOptions {
  const kind = BRACKETED.exec(text) ?? FIRST_WORD.exec(text);
  const rest = kind === null ? text : text.slice(0, kind.index) + text.slice(kind.index + kind[0].length);
  const { title, metadata } = splitMetadata(rest.trim());
  return {
    type: kind === null ? "code" : TYPES[kind[1]],
    metadata: title === "" ? metadata : { title, ...metadata },
  };
}

/** Finds the beginning of the metadata: from there to the end everything is metadata. */
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
