/**
 * Parses a value that was written as JSON or as a Python literal.
 *
 * @module
 */

import { escapeForJson, readEscape } from "./literal_escape.ts";
import { type Reading, TextSource } from "./text_source.ts";

export const BLANK = /\s+/y;

/** The closing bracket in JSON for each opening bracket. A tuple becomes a list. */
const JSON_CLOSERS: Record<string, string> = { "{": "}", "[": "]", "(": "]" };

/** Words with a different spelling in JSON, and words that JSON does not have. */
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

/** Whether a character is unchanged in any string: it is not a quote, a backslash or a control character. */
const isOrdinary = (code: number) => code >= 0x20 && code !== 0x22 && code !== 0x27 && code !== 0x5c;

/**
 * Receives a decoded piece of a string. It may end with half of a surrogate pair.
 *
 * @param isOrdinary whether no character of it has to be escaped in JSON
 */
export type StringWriter = (text: string, isOrdinary: boolean) => void;

/**
 * Copies one value as JSON while it arrives. It accepts JSON and common deviations of models: Python's quotes, words and tuples,
 * line breaks and unknown escapes in strings, keys without quotes, and superfluous commas. Apart from this, only the brackets are
 * checked.
 *
 * @param text the text to read
 * @param write receives the JSON text in pieces; no piece ends in the middle of an escape sequence
 * @returns whether the value was complete; text after it is not consumed
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

/** Returns a word as a JSON key if a colon follows it. */
export function* bareKey(text: TextSource, word: string): Reading<string | undefined> {
  yield* text.skip(BLANK);
  return word !== "" && (yield* text.peek()) === ":" ? JSON.stringify(word) : undefined;
}

/** Returns a writer that passes on decoded strings as the content of a JSON string. */
export function inJson(write: (json: string) => void): StringWriter {
  return (text, isOrdinary) => write(isOrdinary ? text : escapeForJson(text));
}

/** Copies a string, from its opening to its closing quote. Returns whether it was closed. */
function* copyString(text: TextSource, write: StringWriter): Reading<boolean> {
  const more = yield* openString(text, write);
  while (true) {
    const isClosed = more();
    if (isClosed !== undefined) return isClosed;
    yield;
  }
}

/**
 * Consumes the opening quotes of a string.
 *
 * @returns a function that copies the part that has arrived; it returns whether the string was closed, or `undefined` while more
 *   may arrive
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
 * Reads one complete value in the syntax of {@linkcode copyLiteral}.
 *
 * @returns the value as JSON text, or `undefined` if it was not complete
 */
export function* readLiteral(text: TextSource): Reading<string | undefined> {
  let json = "";
  return (yield* copyLiteral(text, (piece) => json += piece)) ? json : undefined;
}

/** Parses a complete text as one value. Returns the value as JSON text, or `undefined` if the text is not a value. */
export function literalAsJson(whole: string): string | undefined {
  const text = new TextSource();
  text.append(whole.trim());
  text.end();
  const reading = readLiteral(text).next();
  if (text.take() !== "" || reading.value === undefined || !isJson(reading.value)) return undefined;
  return reading.value;
}

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
