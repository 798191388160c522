/**
 * Finds the arguments of a tool call in the wrappers that models put around them.
 *
 * @module
 */

import { escapeForJson } from "./literal_escape.ts";
import { bareKey, BLANK, copyLiteral, inJson, openString, readLiteral, type StringWriter } from "./literal.ts";
import { FENCE } from "./text_call_fence.ts";
import { type Reading, TextSource } from "./text_source.ts";

/** The argument whose text is shown while it arrives. */
export const TEXT_KEY = "text";

/** The keys that some models put around the arguments. No tool has an argument with such a name. */
export const WRAPPER_KEYS: readonly string[] = ["arguments", "parameters", "args", "kwargs", "params", "input"];

/** The characters that arguments can begin with: those of an object, a list or a string. */
export const ARGUMENTS_OPENINGS: readonly string[] = ["{", "[", '"', "'"];

/** The deepest nesting of wrappers. */
export const MAX_WRAPPINGS = 4;

/** Characters between two members or objects. */
const SEPARATORS = /[\s,;]+/y;

/** The characters of a key without quotes. */
const BARE_KEY = /[\w-]+/y;

/** The language after a fence. */
const LANGUAGE = /\w+/y;

const ANYTHING = /[^]+/y;

/** Receives the parts of the arguments. */
export interface ArgumentsSink {
  /** Receives a piece of the arguments as JSON text. */
  json?: (piece: string) => void;
  /** Discards the JSON text so far, because it did not belong to the arguments. */
  restart?: () => void;
  /** Called if the arguments are encoded in a string. */
  encoded?: () => void;
  /** Receives a decoded piece of {@linkcode TEXT_KEY}. It may end with half of a surrogate pair. */
  text?: (piece: string) => void;
  /**
   * Continues reading the current string. While it returns `undefined`, a reader may call it instead of the generator's `next`,
   * which is slower.
   */
  string?: () => boolean | undefined;
}

export type ArgumentsEnd =
  | "complete"
  /** The text ended too early. */
  | "unfinished"
  /** The text contains something that cannot be part of arguments. */
  | "unreadable"
  /** The arguments contain {@linkcode TEXT_KEY} twice. */
  | "repeated";

/**
 * Copies arguments as JSON from the beginning of a text. The arguments are an object in the syntax of `copyLiteral`, or another
 * value if the model wrote no object. The object may be in a code fence, in a string or in another object, and may follow an empty
 * object. Text after the arguments is ignored and not consumed.
 */
export class ArgumentsReading {
  readonly #text: TextSource;
  readonly #sink: ArgumentsSink;
  readonly #level: number;
  #members = 0;
  #hasText = false;

  /** @param level the number of wrappers around the text */
  constructor(text: TextSource, sink: ArgumentsSink, level = 0) {
    this.#text = text;
    this.#sink = sink;
    this.#level = level;
  }

  /** Reads to the end of the arguments. */
  *read(): Reading<ArgumentsEnd> {
    const text = this.#text;
    yield* text.skip(BLANK);
    if (yield* text.accept(FENCE)) {
      yield* text.skip(LANGUAGE);
      yield* text.skip(BLANK);
    }
    const first = yield* text.peek();
    if (first !== "" && !ARGUMENTS_OPENINGS.includes(first)) return "unreadable";
    if (first !== "{") return yield* this.#readValue(true);
    while (true) {
      const end = yield* this.#readObject(this.#level);
      if (end !== "complete" || this.#members > 0 || this.#level > 0) return end;
      yield* text.skip(SEPARATORS);
      if ((yield* text.peek()) !== "{") return end;
      this.#sink.restart?.();
    }
  }

  *#readObject(level: number): Reading<ArgumentsEnd> {
    const text = this.#text;
    const { json = ignore } = this.#sink;
    json(text.take());
    for (let comma = "";; comma = ",") {
      yield* text.skip(SEPARATORS);
      if (yield* text.accept("}")) {
        json("}");
        return "complete";
      }
      const key = yield* this.#readKey();
      if (key === undefined) return yield* this.#failure();
      json(`${comma}${key}:`);
      const name: string = JSON.parse(key);
      const isWrapper = WRAPPER_KEYS.includes(name) && level < MAX_WRAPPINGS;
      this.#members += 1;
      const end = name === TEXT_KEY ? yield* this.#readText() : yield* this.#readValue(isWrapper, level + 1);
      if (end !== "complete") return end;
    }
  }

  /** Reads a key and the colon after it. */
  *#readKey(): Reading<string | undefined> {
    const text = this.#text;
    const first = yield* text.peek();
    const key = first === '"' || first === "'"
      ? yield* readLiteral(text)
      : yield* bareKey(text, yield* text.skip(BARE_KEY));
    yield* text.skip(BLANK);
    if (key === undefined || !(yield* text.accept(":"))) return undefined;
    yield* text.skip(BLANK);
    return key;
  }

  *#readText(): Reading<ArgumentsEnd> {
    if (this.#hasText) return "repeated";
    this.#hasText = true;
    const first = yield* this.#text.peek();
    if (first !== '"' && first !== "'") return yield* this.#readValue(false);
    const { json, text = ignore } = this.#sink;
    if (json === undefined) return yield* this.#readString(text);
    json('"');
    const end = yield* this.#readString(inJson(json));
    json('"');
    return end;
  }

  /** Reads a value. If it can be a wrapper, its content is read as arguments. */
  *#readValue(isWrapping: boolean, level = this.#level): Reading<ArgumentsEnd> {
    const first = yield* this.#text.peek();
    if (isWrapping && first === "{") return yield* this.#readObject(level);
    if (isWrapping && (first === '"' || first === "'")) return yield* this.#readEncoded(level);
    return (yield* copyLiteral(this.#text, this.#sink.json ?? ignore)) ? "complete" : yield* this.#failure();
  }

  /** Reads arguments that are encoded in a string, or a string that replaces the arguments. */
  *#readEncoded(level: number): Reading<ArgumentsEnd> {
    const inner = new TextSource();
    const reading = this.#readDecoded(inner, level + 1);
    let end: ArgumentsEnd | undefined;
    const outer = yield* this.#readString((meaning) => {
      if (end !== undefined) return;
      inner.append(meaning);
      end = reading.next().value;
    });
    if (end !== undefined || outer !== "complete") return end ?? outer;
    inner.end();
    return reading.next().value!;
  }

  *#readDecoded(inner: TextSource, level: number): Reading<ArgumentsEnd> {
    const { json = ignore } = this.#sink;
    const blank = yield* inner.skip(BLANK);
    const first = yield* inner.peek();
    if (first === "{" || first === "`" || (first === '"' && level < MAX_WRAPPINGS)) {
      this.#sink.encoded?.();
      return yield* new ArgumentsReading(inner, this.#sink, level).read();
    }
    json(`"${escapeForJson(blank)}`);
    while ((yield* inner.peek()) !== "") json(escapeForJson(inner.run(ANYTHING)));
    json('"');
    return "complete";
  }

  *#readString(write: StringWriter): Reading<ArgumentsEnd> {
    const sink = this.#sink;
    const more = yield* openString(this.#text, write);
    const isOuter = sink.string === undefined;
    if (isOuter) sink.string = more;
    while (more() === undefined) yield;
    if (isOuter) sink.string = undefined;
    return more() ? "complete" : "unfinished";
  }

  *#failure(): Reading<ArgumentsEnd> {
    return (yield* this.#text.peek()) === "" ? "unfinished" : "unreadable";
  }
}

/**
 * Reads a complete text as arguments.
 *
 * @returns the arguments as JSON text; it is not valid JSON if they are incomplete
 */
export function argumentsAsJson(whole: string): string {
  const text = new TextSource();
  text.append(whole);
  text.end();
  let json = "";
  new ArgumentsReading(text, { json: (piece) => json += piece, restart: () => json = "" }).read().next();
  return json;
}

function ignore(): void {}
