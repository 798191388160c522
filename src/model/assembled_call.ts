/**
 * One tool call while its pieces arrive.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import type { CallPiece } from "./call_piece.ts";
import { EmptyObject } from "./empty_object.ts";
import { ObjectEnd } from "./object_end.ts";

/** The separators that some models write between the arguments of two calls. */
const SEPARATORS = /^[\s,;]+(?=\{)/;

export class AssembledCall {
  /** How many calls began before it. */
  readonly order: number;
  /** Its index among the calls that have been yielded; absent until it is yielded. */
  position: number | undefined;
  /** Whether it turned out to be a repetition of another call. */
  isDropped = false;
  /** The call's index in the server's numbering; absent while the server has not sent one. */
  index: number | undefined;
  /** All ids that the server has sent for it. */
  readonly ids = new Set<string>();
  /** The part of the name that has arrived. */
  name = "";
  /** Whether it got its name after some of its arguments. */
  isNamedLate = false;
  /** Whether its name has come more than once. */
  isNameRepeated = false;
  /** Whether its name has arrived again after its arguments were complete. The next call may have begun. */
  isNamedAgain = false;
  /** The call that this one may repeat: it is a repetition if its arguments turn out to be the same. */
  original: AssembledCall | undefined;
  /** Data that the provider wants back with the call; absent once it has been yielded. */
  extra: JsonValue | undefined;
  #args = "";
  /** The part of the arguments that has not been taken yet. */
  #pending = "";
  #isTaken = false;
  #newIds: string[] = [];
  #empty = new EmptyObject();
  #end = new ObjectEnd();

  /** @param order how many calls began before it */
  constructor(order: number) {
    this.order = order;
  }

  /** The JSON text of the arguments that has arrived so far. */
  get args(): string {
    return this.#args;
  }

  /** Whether there are no arguments yet. An empty object does not count: no tool accepts it, and some servers send it first. */
  get isBare(): boolean {
    return this.hasEmptyObject || this.#empty.isBlank;
  }

  get hasEmptyObject(): boolean {
    return this.#end.isClosed && this.#empty.isPossible;
  }

  /** Whether the arguments have begun and are not complete. */
  get isOpen(): boolean {
    return this.#end.isOpen;
  }

  /** Whether the arguments are complete. */
  get isClosed(): boolean {
    return this.#end.isClosed && !this.isBare;
  }

  /** Whether at least one character has arrived that is not part of an empty object. */
  get hasBegun(): boolean {
    return !this.#empty.isPossible;
  }

  /** Whether an id belongs to another call: this call has ids, and the given one is not among them. */
  isForeign(id: string): boolean {
    return id !== "" && this.ids.size > 0 && !this.ids.has(id);
  }

  /** Takes the index, the id and the name from a piece. */
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

  /** Returns the ids that have arrived since the last time that this was called. */
  takeIds(): string[] {
    const ids = this.#newIds;
    this.#newIds = [];
    return ids;
  }

  /**
   * Adds a piece of the arguments.
   *
   * @returns the rest of the piece if another object may begin after the end of the arguments; otherwise empty
   */
  append(piece: string): string {
    // The piece repeats everything so far: this server sends all of the arguments each time.
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

  /** Returns the arguments that have arrived since the last time that this was called. */
  take(): string {
    const text = this.#pending;
    this.#pending = "";
    this.#isTaken ||= text !== "";
    return text;
  }

  /** Whether a piece only repeats this call, from a server that sends the name with each piece. */
  isRepeatedBy({ id, name, args }: CallPiece): boolean {
    return this.isNameRepeated && !this.isNamedAgain && this.isClosed && name === this.name && !this.isForeign(id) &&
      this.hasSameArgs(args);
  }

  /** Whether a text has the same arguments, apart from white space. */
  hasSameArgs(args: string): boolean {
    if (args.trim() === this.#args.trim()) return true;
    try {
      return JSON.stringify(JSON.parse(args)) === JSON.stringify(JSON.parse(this.#args));
    } catch {
      return false;
    }
  }
}

/** Whether a text can be the beginning of a call's arguments, also after a separator. */
export function beginsObject(text: string): boolean {
  return /^[\s,;]*\{/.test(text);
}
