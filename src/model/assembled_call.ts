/**
 * One tool call while its pieces arrive.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import type { CallPiece } from "./call_piece.ts";
import { EmptyObject } from "./empty_object.ts";
import { ObjectEnd } from "./object_end.ts";

/** What some models write between the arguments of two calls. */
const SEPARATORS = /^[\s,;]+(?=\{)/;

/** A tool call that is put together from pieces. */
export class AssembledCall {
  /** How many calls began before it. */
  readonly order: number;
  /** Where it stands among the calls that have been passed on; absent until it is. */
  position: number | undefined;
  /** Whether it turned out to be a repetition. */
  isDropped = false;
  /** The call's number, as the server counts; absent while the server has given none. */
  index: number | undefined;
  /** All ids that the server has given it. */
  readonly ids = new Set<string>();
  /** The name, as far as it has arrived. */
  name = "";
  /** Whether it got its name after some of its arguments. */
  isNamedLate = false;
  /** Whether its name has come more than once. */
  isNameRepeated = false;
  /** Whether its name has come once more after its arguments were complete: the next call may have begun. */
  isNamedAgain = false;
  /** The call whose arguments this one may be a repetition of. */
  original: AssembledCall | undefined;
  /** What the provider wants back with the call, until it is passed on. */
  extra: JsonValue | undefined;
  #args = "";
  /** What has not been taken of the arguments. */
  #pending = "";
  #isTaken = false;
  #newIds: string[] = [];
  #empty = new EmptyObject();
  #end = new ObjectEnd();

  /** @param order how many calls began before it */
  constructor(order: number) {
    this.order = order;
  }

  /** The JSON text of the arguments, as far as it has arrived. */
  get args(): string {
    return this.#args;
  }

  /** Whether there are no arguments yet. An empty object is none: no tool takes it, and some servers send it first. */
  get isBare(): boolean {
    return this.hasEmptyObject || this.#empty.isBlank;
  }

  /** Whether the arguments are an empty object. */
  get hasEmptyObject(): boolean {
    return this.#end.isClosed && this.#empty.isPossible;
  }

  /** Whether arguments have begun that are not complete. */
  get isOpen(): boolean {
    return this.#end.isOpen;
  }

  /** Whether the arguments are complete. */
  get isClosed(): boolean {
    return this.#end.isClosed && !this.isBare;
  }

  /** Whether it can be told what the arguments begin with: at least a character that is not part of an empty object. */
  get hasBegun(): boolean {
    return !this.#empty.isPossible;
  }

  /** Whether an id belongs to another call: this one has ids, and not this one. */
  isForeign(id: string): boolean {
    return id !== "" && this.ids.size > 0 && !this.ids.has(id);
  }

  /** Takes what a piece says about the call besides its arguments. */
  identify({ index, id, name }: CallPiece): void {
    this.index ??= index;
    if (id !== "" && !this.ids.has(id)) {
      this.ids.add(id);
      this.#newIds.push(id);
    }
    if (name === "") return;
    this.original = undefined;
    if (this.name === name) {
      if (this.isClosed) this.isNamedAgain = true;
      else this.isNameRepeated = true;
    } else if (name.startsWith(this.name)) {
      this.isNamedLate ||= this.name === "" && this.hasBegun;
      this.name = name;
    } else {
      this.name += name;
    }
  }

  /** The ids that it has got since they were asked for last. */
  takeIds(): string[] {
    const ids = this.#newIds;
    this.#newIds = [];
    return ids;
  }

  /**
   * Adds a piece of the arguments.
   *
   * @returns the rest of the piece if it goes on after the end of the arguments with what may be another object
   */
  append(piece: string): string {
    // Everything so far and more: this server sends all of the arguments each time.
    const isCumulative = this.isOpen && piece.length >= this.#args.length && piece.startsWith(this.#args);
    let text = isCumulative ? piece.slice(this.#args.length) : piece;
    if (this.#args === "") text = text.replace(SEPARATORS, "");
    if (this.hasEmptyObject && !this.#isTaken && beginsObject(text)) {
      this.#args = "";
      this.#pending = "";
      this.#empty = new EmptyObject();
      this.#end = new ObjectEnd();
    }
    const isAfter = this.#end.isClosed;
    const length = this.#end.write(text);
    const rest = !isAfter && beginsObject(text.slice(length)) ? text.slice(length) : "";
    if (rest !== "") text = text.slice(0, length);
    this.#args += text;
    this.#pending += text;
    this.#empty.write(text);
    return rest;
  }

  /** What has arrived of the arguments since it was asked for last. */
  take(): string {
    const text = this.#pending;
    this.#pending = "";
    this.#isTaken ||= text !== "";
    return text;
  }

  /** Whether a piece is but this call once more, from a server that repeats the name in each piece. */
  isRepeatedBy({ id, name, args }: CallPiece): boolean {
    return this.isNameRepeated && !this.isNamedAgain && this.isClosed && name === this.name && !this.isForeign(id) &&
      this.hasSameArgs(args);
  }

  /** Whether another text is the same arguments, written with other spaces perhaps. */
  hasSameArgs(args: string): boolean {
    if (args.trim() === this.#args.trim()) return true;
    try {
      return JSON.stringify(JSON.parse(args)) === JSON.stringify(JSON.parse(this.#args));
    } catch {
      return false;
    }
  }
}

/** Whether a text can be the beginning of a call's arguments, behind those of another perhaps. */
export function beginsObject(text: string): boolean {
  return /^[\s,;]*\{/.test(text);
}
