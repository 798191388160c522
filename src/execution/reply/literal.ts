/**
 * Reads a value that was written as JSON or as a Python literal.
 *
 * @module
 */

import { escapeForJson, readEscape } from "./literal_escape.ts";
import { type Reading, TextSource } from "./text_source.ts";

/** White space. */
export const BLANK = /\s+/y;

/** What ends each kind of bracket in JSON; a tuple becomes a list. */
const JSON_CLOSERS: Record<string, string> = { "{": "}", "[": "]", "(": "]" };

/** Words that JSON spells otherwise, or does not have. */
const JSON_WORDS: Record<string, string> = {
  true: "true",
  false: "false",
  null: "null",
  True: "true",
  False: "false",
  None: "null",
  NaN: "null",
};

/** Characters of words and numbers. */
const WORD = /[\w.+-]+/y;

/** Whether a character stands in any string as it is: it is no quote, no backslash and no control character. */
const isOrdinary = (code: number) => code >= 0x20 && code !== 0x22 && code !== 0x27 && code !== 0x5c;

/**
 * Takes what a piece of a string means; it may be half a surrogate pair.
 *
 * @param isOrdinary whether it stands in JSON as it is
 */
export type StringWriter = (text: string, isOrdinary: boolean) => void;

/**
 * Reads one value and writes it as JSON while it arrives: JSON itself, and what models write in its place, which is Python's quotes,
 * words and tuples, line breaks and unknown escapes in strings, keys without quotes, and a comma too many. Only the brackets are
 * checked.
 *
 * @param write takes the JSON text in pieces, of which none ends in the middle of an escape
 * @returns whether the value was complete; what follows it is not consumed
 */
export function* copyLiteral(text: TextSource, write: (json: string) => void): Reading<boolean> {
  const closers: string[] = [];
  let comma = "";
  const writeNext = (json: string) => {
    write(comma + json);
    comma = "";
  };
  while (true) {
    yield* text.skip(BLANK);
    const character = yield* text.peek();
    if (character in JSON_CLOSERS) {
      closers.push(JSON_CLOSERS[character]);
      writeNext(text.take() === "{" ? "{" : "[");
      continue;
    }
    if (closers.length > 0 && (character === "," || character === ":")) {
      text.take();
      if (character === ",") comma = character;
      else write(character);
      continue;
    }
    if (character === '"' || character === "'") {
      writeNext('"');
      if (!(yield* copyString(text, inJson(write)))) return false;
      write('"');
    } else if (character !== "" && ")]}".includes(character)) {
      const closer = closers.pop();
      if (closer === undefined) return false;
      text.take();
      comma = "";
      write(closer);
    } else {
      const word = yield* text.skip(WORD);
      const json = jsonWord(word) ?? (closers.at(-1) === "}" ? yield* bareKey(text, word) : undefined);
      if (json === undefined) return false;
      writeNext(json);
    }
    if (closers.length === 0) return true;
  }
}

/** The JSON text of a word that a colon follows, as a key. */
export function* bareKey(text: TextSource, word: string): Reading<string | undefined> {
  yield* text.skip(BLANK);
  return word !== "" && (yield* text.peek()) === ":" ? JSON.stringify(word) : undefined;
}

/** Writes what a string means as the JSON text of its inside. */
export function inJson(write: (json: string) => void): StringWriter {
  return (text, isOrdinary) => write(isOrdinary ? text : escapeForJson(text));
}

/** Copies a string, from its opening to its closing quote; returns whether it was closed. */
function* copyString(text: TextSource, write: StringWriter): Reading<boolean> {
  const more = yield* openString(text, write);
  while (true) {
    const isClosed = more();
    if (isClosed !== undefined) return isClosed;
    yield;
  }
}

/**
 * Consumes the quotes that open a string.
 *
 * @returns copies what has arrived of it: whether it was closed, or `undefined` while more of it may arrive
 */
export function* openString(text: TextSource, write: StringWriter): Reading<() => boolean | undefined> {
  const mark = yield* text.peek();
  const isTriple = yield* text.accept(mark.repeat(3));
  const quote = isTriple ? mark.repeat(3) : text.take();
  let isClosed: boolean | undefined;
  const more = () => {
    while (true) {
      const run = text.runWhile(isOrdinary);
      if (run !== "") write(run, true);
      const character = text.current;
      if (character === "") return text.isEnded ? false : undefined;
      if (character === "\\") {
        const meaning = readEscape(text);
        if (meaning === undefined) return undefined;
        write(meaning, false);
        continue;
      }
      const isEnd = character === mark ? text.next(quote) : false;
      if (isEnd === undefined) return undefined;
      text.take(isEnd ? quote.length : 1);
      if (isEnd) return true;
      write(character, false);
    }
  };
  return () => isClosed ??= more();
}

/**
 * Reads one value as {@linkcode copyLiteral} does, when it is complete.
 *
 * @returns its JSON text; `undefined` when it was not complete
 */
export function* readLiteral(text: TextSource): Reading<string | undefined> {
  let json = "";
  return (yield* copyLiteral(text, (piece) => json += piece)) ? json : undefined;
}

/**
 * Reads a whole text as one value.
 *
 * @returns its JSON text; `undefined` when it is not a value
 */
export function literalAsJson(whole: string): string | undefined {
  const text = new TextSource();
  text.append(whole.trim());
  text.end();
  const reading = readLiteral(text).next();
  if (text.take() !== "" || reading.value === undefined || !isJson(reading.value)) return undefined;
  return reading.value;
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonWord(word: string): string | undefined {
  if (Object.hasOwn(JSON_WORDS, word)) return JSON_WORDS[word];
  return isJson(word) ? word : undefined;
}
