/**
 * Reads a tool call's arguments in whatever a model wraps them.
 *
 * @module
 */

import { escapeForJson } from "./literal_escape.ts";
import { bareKey, BLANK, copyLiteral, inJson, openString, readLiteral, type StringWriter } from "./literal.ts";
import { FENCE } from "./text_call_fence.ts";
import { type Reading, TextSource } from "./text_source.ts";

/** The argument whose text is shown while it arrives. */
export const TEXT_KEY = "text";

/** The keys that some models put around the arguments; no tool has an argument of such a name. */
export const WRAPPER_KEYS: readonly string[] = ["arguments", "parameters", "args", "kwargs", "params", "input"];

/** What arguments begin with: an object, or what stands for one. */
export const ARGUMENTS_OPENINGS: readonly string[] = ["{", "[", '"', "'"];

/** How many wrappings there may be, one in the other. */
export const MAX_WRAPPINGS = 4;

/** What stands between two members or objects. */
const SEPARATORS = /[\s,;]+/y;

/** The characters of a key without quotes. */
const BARE_KEY = /[\w-]+/y;

/** The language behind a fence. */
const LANGUAGE = /\w+/y;

const ANYTHING = /[^]+/y;

/** What is told of the arguments. */
export interface ArgumentsSink {
  /** Takes a piece of their JSON text. */
  json?: (piece: string) => void;
  /** Forgets that text: it was not that of the arguments. */
  restart?: () => void;
  /** Called where the arguments turn out to be in a string. */
  encoded?: () => void;
  /** Takes what a piece of {@linkcode TEXT_KEY} means; it may be half a surrogate pair. */
  text?: (piece: string) => void;
  /**
   * Reads on in the string that is being read. A reader may call this in place of the reading's `next` as long as it returns
   * `undefined`, which is faster.
   */
  string?: () => boolean | undefined;
}

/** How the reading ended. */
export type ArgumentsEnd =
  | "complete"
  /** The text has ended too early. */
  | "unfinished"
  /** Something stands where nothing of the kind can. */
  | "unreadable"
  /** {@linkcode TEXT_KEY} stands there twice. */
  | "repeated";

/**
 * Copies arguments as JSON, from the beginning of a text on: an object, written as `copyLiteral` can read it, or another value where
 * a model has no object. The object may be in a code fence, in a string, or a member of an object; an empty one may stand before it.
 * What follows the arguments means nothing and is not consumed.
 */
export class ArgumentsReading {
  readonly #text: TextSource;
  readonly #sink: ArgumentsSink;
  readonly #level: number;
  #members = 0;
  #hasText = false;

  /**
   * Begins before the first character.
   *
   * @param text what is read
   * @param sink where it is written
   * @param level how many wrappings there are around it
   */
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

  /** Reads a key and the colon behind it. */
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

  /** Reads a value; where it can be the arguments' wrapping, as such. */
  *#readValue(isWrapping: boolean, level = this.#level): Reading<ArgumentsEnd> {
    const first = yield* this.#text.peek();
    if (isWrapping && first === "{") return yield* this.#readObject(level);
    if (isWrapping && (first === '"' || first === "'")) return yield* this.#readEncoded(level);
    return (yield* copyLiteral(this.#text, this.#sink.json ?? ignore)) ? "complete" : yield* this.#failure();
  }

  /** Reads arguments in a string, or a string that is all there is of them. */
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
 * Reads a whole text as arguments.
 *
 * @returns their JSON text; something that is not JSON where they are not complete
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
