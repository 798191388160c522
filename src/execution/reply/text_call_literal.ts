/**
 * Reads a value that was written as JSON or as a Python literal.
 *
 * @module
 */

import { escapeForJson, readEscape } from "./text_call_escape.ts";
import { type Reading, TextCallSource } from "./text_call_source.ts";

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

/** Characters that stand in any string as they are: no quotes, no backslash, no control characters. */
const ORDINARY = /[ !#-&(-[\]-\uffff]+/y;

const TRIPLE_QUOTES = ['"""', "'''"];

/**
 * Reads one value and writes it as JSON while it arrives: JSON itself, and what models write in its place, which is Python's quotes,
 * words and tuples, line breaks and unknown escapes in strings, and a comma too many. Only the brackets are checked.
 *
 * @param write takes the JSON text in pieces, of which none ends in the middle of an escape
 * @returns whether the value was complete; what follows it is not consumed
 */
export function* copyLiteral(text: TextCallSource, write: (json: string) => void): Reading<boolean> {
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
      if (!(yield* copyString(text, write))) return false;
      write('"');
    } else if (character !== "" && ")]}".includes(character)) {
      const closer = closers.pop();
      if (closer === undefined) return false;
      text.take();
      comma = "";
      write(closer);
    } else {
      const word = jsonWord(yield* text.skip(WORD));
      if (word === undefined) return false;
      writeNext(word);
    }
    if (closers.length === 0) return true;
  }
}

/** Copies a string from its opening to its closing quote; returns whether it was closed. */
function* copyString(text: TextCallSource, write: (json: string) => void): Reading<boolean> {
  const quote = (yield* text.match(TRIPLE_QUOTES)) ?? (yield* text.peek());
  text.take(quote.length);
  while (true) {
    const run = text.run(ORDINARY);
    if (run !== "") write(run);
    const character = yield* text.peek();
    if (character === "") return false;
    if (character === "\\") write(yield* readEscape(text));
    else if (character === quote[0] && (yield* text.accept(quote))) return true;
    else write(escapeForJson(text.take()));
  }
}

/**
 * Reads one value as {@linkcode copyLiteral} does, when it is complete.
 *
 * @returns its JSON text; `undefined` when it was not complete
 */
export function* readLiteral(text: TextCallSource): Reading<string | undefined> {
  let json = "";
  return (yield* copyLiteral(text, (piece) => json += piece)) ? json : undefined;
}

/**
 * Reads a whole text as one value.
 *
 * @returns its JSON text; `undefined` when it is not a value
 */
export function literalAsJson(whole: string): string | undefined {
  const text = new TextCallSource();
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
