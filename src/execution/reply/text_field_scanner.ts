/**
 * Finds the text of one string field in a JSON object that is still being written.
 *
 * @module
 */

import { isHighSurrogate } from "../../surrogate_pair.ts";

const SIMPLE_ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** The characters of `\uXXXX` after the backslash. */
const UNICODE_ESCAPE_LENGTH = 5;

/**
 * Scans the pieces of a JSON object once, in linear time, and yields what they add to the string at the top-level key `field`.
 *
 * It keeps nothing of what it has yielded: parsers that hand out the value so far make every piece cost as much as all before it.
 * It looks only as closely as finding the text needs; whether the whole is valid JSON is `JSON.parse`'s to say.
 */
export class TextFieldScanner {
  readonly #field: string;
  #depth = 0;
  #started = false;
  #complete = false;
  #inString = false;
  /** The escape that is being read, without its backslash; `undefined` outside of escapes. */
  #escape: string | undefined;
  #expectsKey = false;
  /** The key that is being read, or was read last, at the top level. */
  #key = "";
  #fieldCount = 0;
  /** A high surrogate that waits for its low one. */
  #highSurrogate = "";

  /**
   * Begins before the first piece.
   *
   * @param field the top-level key whose string is wanted
   */
  constructor(field: string) {
    this.#field = field;
  }

  /** Whether the object has been closed. */
  get complete(): boolean {
    return this.#complete;
  }

  /**
   * Reads the next piece, cut anywhere.
   *
   * @returns what it adds to the field's text, never ending in half a surrogate pair
   * @throws {SyntaxError} when this cannot become a JSON object, or when it has the field twice
   */
  write(piece: string): string {
    let text = this.#highSurrogate;
    this.#highSurrogate = "";
    let position = 0;
    while (position < piece.length) {
      if (!this.#inString) {
        this.#readStructure(piece[position]);
        position += 1;
      } else if (this.#escape !== undefined) {
        text += this.#emit(this.#readEscape(piece[position]));
        position += 1;
      } else {
        const end = endOfRun(piece, position);
        text += this.#emit(piece.slice(position, end));
        position = end;
        if (position < piece.length) this.#readStringMark(piece[position]);
        position += 1;
      }
    }
    if (this.#inString && isHighSurrogate(text.charCodeAt(text.length - 1))) {
      this.#highSurrogate = text.slice(-1);
      text = text.slice(0, -1);
    }
    return text;
  }

  #readStructure(character: string): void {
    if (/\s/.test(character)) return;
    if (this.#complete) throw new SyntaxError("There is something after the closing brace");
    if (!this.#started && character !== "{") throw new SyntaxError("It does not begin with an opening brace");
    this.#started = true;
    switch (character) {
      case '"':
        this.#inString = true;
        if (this.#depth === 1 && this.#expectsKey) this.#key = "";
        break;
      case "{":
      case "[":
        this.#depth += 1;
        this.#expectsKey = this.#depth === 1;
        break;
      case "}":
      case "]":
        this.#depth -= 1;
        this.#complete = this.#depth === 0;
        break;
      case ":":
        if (this.#depth !== 1) break;
        this.#expectsKey = false;
        if (this.#key === this.#field && ++this.#fieldCount > 1) {
          throw new SyntaxError(`The key "${this.#field}" stands there twice`);
        }
        break;
      case ",":
        if (this.#depth === 1) this.#expectsKey = true;
        break;
    }
  }

  #readStringMark(character: string): void {
    if (character === '"') this.#inString = false;
    else if (character === "\\") this.#escape = "";
    else throw new SyntaxError("A string contains a bare control character");
  }

  /** Takes one more character of an escape; returns what the escape means once it is whole. */
  #readEscape(character: string): string {
    const escape = this.#escape + character;
    this.#escape = undefined;
    if (escape[0] !== "u") {
      const meaning = SIMPLE_ESCAPES[escape];
      if (meaning === undefined) throw new SyntaxError(`A string contains the unknown escape \\${escape}`);
      return meaning;
    }
    if (escape.length > 1 && !/[0-9a-fA-F]/.test(character)) {
      throw new SyntaxError(`A string contains the broken escape \\${escape}`);
    }
    if (escape.length === UNICODE_ESCAPE_LENGTH) return String.fromCharCode(parseInt(escape.slice(1), 16));
    this.#escape = escape;
    return "";
  }

  /** Passes decoded text on to where it belongs: out, to the key, or nowhere. */
  #emit(decoded: string): string {
    if (this.#depth !== 1) return "";
    if (!this.#expectsKey) return this.#key === this.#field ? decoded : "";
    this.#key += decoded;
    return "";
  }
}

/** Where the ordinary characters of a string end: at a quote, a backslash, or a control character. */
function endOfRun(piece: string, start: number): number {
  let end = start;
  while (end < piece.length) {
    const code = piece.charCodeAt(end);
    if (code === 0x22 || code === 0x5c || code < 0x20) break;
    end += 1;
  }
  return end;
}
