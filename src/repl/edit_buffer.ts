/**
 * Edits the text of a cell.
 *
 * @module
 */

import { createInterface, type Interface, type Key } from "node:readline";
import { PassThrough, Writable } from "node:stream";
import { characterEnd, characterStart } from "./characters.ts";
import { INDENT } from "./is_complete.ts";

/**
 * Lines of text with a cursor. `node:readline` edits the line with the cursor, because it knows the keys of Emacs (words, kill and yank).
 * This class handles keys that move between lines or join them, and characters with several code points.
 */
export class EditBuffer implements Disposable {
  readonly #readline: Interface = createInterface({
    input: new PassThrough(),
    output: new Writable({ write: (_bytes, _encoding, done) => done() }),
    terminal: true,
    historySize: 0,
  });
  #above: string[] = [];
  #below: string[] = [];

  get text(): string {
    return [...this.#above, this.#readline.line, ...this.#below].join("\n");
  }

  /** The offset of the cursor in the text, in UTF-16 code units. */
  get cursor(): number {
    return this.#above.reduce((offset, line) => offset + line.length + 1, 0) + this.#readline.cursor;
  }

  /** The text before the cursor. */
  get before(): string {
    return this.text.slice(0, this.cursor);
  }

  /** The part of the cursor's line before the cursor. */
  get lineBefore(): string {
    return this.#readline.line.slice(0, this.#readline.cursor);
  }

  /** Whether only blanks follow the cursor. */
  get isAtEnd(): boolean {
    return this.text.slice(this.cursor).trim() === "";
  }

  /**
   * Replaces the whole text.
   *
   * @param cursor the new offset of the cursor. Default: the end of the text
   */
  set(text: string, cursor = text.length): void {
    const above = text.slice(0, cursor).split("\n");
    const before = above.pop()!;
    const [after, ...below] = text.slice(cursor).split("\n");
    this.#above = above;
    this.#below = below;
    this.#load(before + after, before.length);
  }

  /** Inserts a text, of one line or several, before the cursor. */
  insert(text: string): void {
    const { line, cursor } = this.#readline;
    const lines = (line.slice(0, cursor) + text).split("\n");
    const last = lines.pop()!;
    this.#above.push(...lines);
    this.#load(last + line.slice(cursor), last.length);
  }

  /** Handles a key that changes the text or moves the cursor. Other keys do nothing. */
  press(text: string | undefined, key: Key): void {
    const { line, cursor } = this.#readline;
    if (cursor === 0 && this.#above.length > 0) {
      if (key.name === "left" || (key.meta && key.name === "b")) return void this.#moveUp(Infinity);
      if (key.name === "backspace" || (key.ctrl && key.name === "h")) return this.#joinWithAbove();
    }
    if (cursor === line.length && this.#below.length > 0) {
      if (key.name === "right" || (key.meta && key.name === "f")) return void this.#moveDown(0);
      if (key.name === "delete" || (key.ctrl && (key.name === "d" || key.name === "k"))) return this.#joinWithBelow();
    }
    const span = text === undefined ? this.#spanOf(key) : undefined;
    if (span !== undefined) return this.#load(line.slice(0, span.keep) + line.slice(span.from), span.keep);
    this.#readline.write(text as string, key);
    // Not after typed text: it may combine with the text after the cursor into one character.
    if (text === undefined) this.#leaveCharacter();
  }

  /** For a key that moves over a character or deletes it: the text before `keep` and from `from` stays, and the cursor moves to `keep`. */
  #spanOf({ name, ctrl, meta }: Key): { keep: number; from: number } | undefined {
    if (meta) return undefined;
    const { line, cursor } = this.#readline;
    const before = characterStart(line, cursor);
    const after = characterEnd(line, cursor);
    switch (`${ctrl ? "ctrl-" : ""}${name}`) {
      case "left":
      case "ctrl-b":
        return { keep: before, from: before };
      case "right":
      case "ctrl-f":
        return { keep: after, from: after };
      case "backspace":
        return { keep: Math.min(before, cursor - this.#columnsToUnindent()), from: cursor };
      case "ctrl-h":
        return { keep: before, from: cursor };
      case "delete":
      case "ctrl-d":
        return { keep: cursor, from: after };
    }
  }

  /** Moves the cursor a line up. Returns false on the first line. */
  up(): boolean {
    return this.#moveUp(this.#readline.cursor);
  }

  /** Moves the cursor a line down. Returns false on the last line. */
  down(): boolean {
    return this.#moveDown(this.#readline.cursor);
  }

  [Symbol.dispose](): void {
    this.#readline.close();
  }

  /** Returns the columns that a backspace deletes: within an indentation, it goes back to the enclosing block. */
  #columnsToUnindent(): number {
    const { lineBefore } = this;
    return lineBefore !== "" && /^ +$/.test(lineBefore) ? (lineBefore.length - 1) % INDENT + 1 : 1;
  }

  #moveUp(cursor: number): boolean {
    const line = this.#above.pop();
    if (line === undefined) return false;
    this.#below.unshift(this.#readline.line);
    this.#load(line, cursor);
    this.#leaveCharacter();
    return true;
  }

  #moveDown(cursor: number): boolean {
    const line = this.#below.shift();
    if (line === undefined) return false;
    this.#above.push(this.#readline.line);
    this.#load(line, cursor);
    this.#leaveCharacter();
    return true;
  }

  #joinWithAbove(): void {
    const above = this.#above.pop()!;
    this.#load(above + this.#readline.line, above.length);
  }

  #joinWithBelow(): void {
    const { line } = this.#readline;
    this.#load(line + this.#below.shift(), line.length);
  }

  #load(line: string, cursor: number): void {
    // The types declare them as read-only, but `node:readline` reads their current values at every key.
    Object.assign(this.#readline, { line, cursor: Math.min(cursor, line.length) });
  }

  /** Moves the cursor to the beginning of a character if it is inside of one. */
  #leaveCharacter(): void {
    const { line, cursor } = this.#readline;
    this.#load(line, characterStart(line, cursor + 1));
  }
}
