/**
 * Puts the tool calls of an answer together, however the server splits and numbers them.
 *
 * @module
 */

import type { ModelEvent } from "../execution/model.ts";
import { MAX_CALLS, tooManyCalls } from "../execution/reply/call_limit.ts";
import { AssembledCall, beginsObject } from "./assembled_call.ts";
import { keepCallExtra } from "./call_extras.ts";
import { CallIndex } from "./call_index.ts";
import type { CallPiece } from "./call_piece.ts";

/** A beginning that only the rest of a name has: `.stdout` after `functions`, `<|channel|>commentary` after `stdout`. */
const MID_NAME = /^[^\w`"']/;

/**
 * Finds out which call a piece belongs to. Yields each call once, in the order in which the calls began.
 *
 * Servers differ widely. They number calls by position, by tool, all alike or not at all. Their ids are missing, late, equal for all
 * calls or new in every piece. Names are late, cut or repeated. Some servers send all arguments again at the end. So the assembler
 * looks at what the call of a piece still lacks: a call whose arguments are complete takes no more, and further arguments begin
 * another call. Only an exact repetition is dropped. A call whose name is still missing at the end is yielded without a name, and the
 * consumer rejects it. The time that a piece takes does not grow with the number of calls.
 */
export class CallAssembler {
  readonly #tools: readonly string[];
  readonly #calls: AssembledCall[] = [];
  readonly #index = new CallIndex();
  /** The calls that lack arguments. */
  readonly #incomplete = new Set<AssembledCall>();
  #begun = 0;
  /** How many calls have been yielded. The later calls wait for a name or for arguments. */
  #announced = 0;

  /** @param tools the names of the tools, which show whether a name is only a part of one */
  constructor(tools: readonly string[] = []) {
    this.#tools = tools;
  }

  get count(): number {
    return this.#calls.length;
  }

  /** Whether all calls so far have their arguments. */
  get isComplete(): boolean {
    return this.#incomplete.size === 0;
  }

  /** Whether pieces repeat all calls so far, with the same ids, names and arguments. Some servers do so at the end. */
  isRepeatedBy(pieces: readonly CallPiece[]): boolean {
    return pieces.length > 0 && pieces.length === this.#calls.length &&
      pieces.every(({ id, name, args }, index) => {
        const call = this.#calls[index];
        return call.ids.has(id) && call.name === name && call.isClosed && call.hasSameArgs(args);
      });
  }

  /**
   * Takes the next piece.
   *
   * @param isWhole whether it is from a whole message, where each name begins another call
   * @throws {ModelError} of kind `length` when the reply makes too many calls
   */
  *add(piece: CallPiece, isWhole = false): Generator<ModelEvent> {
    let rest = yield* this.#add(piece, isWhole);
    while (rest !== "") rest = yield* this.#add({ ...piece, name: "", args: rest }, isWhole);
  }

  /** Ends the answer. Yields the calls that were held back. */
  *end(): Generator<ModelEvent> {
    yield* this.#announce(true);
  }

  /** Takes a piece up to the end of its call's arguments. Returns the rest. */
  *#add(piece: CallPiece, isWhole: boolean): Generator<ModelEvent, string> {
    const known = this.#find(piece);
    if (known?.isRepeatedBy(piece) && piece.extra === undefined) return "";
    const belongs = known !== undefined && !(isWhole && piece.name !== "") && this.#continues(known, piece);
    const call = belongs ? known : this.#begin(known, piece);
    call.identify(piece);
    call.extra = piece.extra ?? call.extra;
    const rest = call.append(piece.args);
    this.#index.add(call);
    if (call.isOpen || call.isBare) this.#incomplete.add(call);
    else this.#incomplete.delete(call);
    if (call.isClosed && call.original?.hasSameArgs(call.args)) this.#drop(call);
    else if (call.position !== undefined) yield* send(call.position, call);
    yield* this.#announce(false);
    return rest;
  }

  /** The call that a piece can belong to: the one with its index or its id, or the last. */
  #find({ index, id, name }: CallPiece): AssembledCall | undefined {
    const last = this.#calls.at(-1);
    if (index === undefined) return this.#index.identified(id) ?? last;
    const numbered = this.#index.numbered(index);
    if (numbered !== undefined || last === undefined || name !== "") return numbered;
    // The last call is incomplete and has no index yet, so the piece can belong to it.
    return last.index === undefined && !last.isClosed ? last : undefined;
  }

  /** Whether a piece adds to this call, and does not begin another. */
  #continues(call: AssembledCall, piece: CallPiece): boolean {
    const { index, id, name, args } = piece;
    const isForeign = call.isForeign(id);
    const isSame = name === call.name;
    const isNamePart = name.startsWith(call.name) || MID_NAME.test(name) ||
      this.#tools.some((tool) => tool.startsWith(call.name + name));
    if (call.isClosed) {
      if (name === "") return !beginsObject(args);
      return args.trim() === "" && (isSame ? !isForeign : call.name === "");
    }
    if (name === "") return true;
    if (call.isOpen) {
      if (!isSame) return isNamePart && (!isForeign || index !== undefined);
      return index !== undefined || !isForeign || (args !== "" && !beginsObject(args));
    }
    if (!call.isBare) return !isForeign && (isSame || isNamePart);
    if (isSame || isNamePart) return call.name === "" || !isForeign || index !== undefined || args !== "";
    return !isForeign && call.args === "" && !this.#tools.includes(call.name);
  }

  /** Begins the call of a piece. If the piece has no name, the call may have the name of the call before it, or repeat that call. */
  #begin(before: AssembledCall | undefined, piece: CallPiece): AssembledCall {
    if (this.#calls.length === MAX_CALLS) throw tooManyCalls();
    const call = new AssembledCall(this.#begun++);
    this.#calls.push(call);
    call.isNameRepeated = before?.isNamedAgain === true && piece.name === before.name;
    if (before === undefined || piece.name !== "") return call;
    call.index = before.index;
    if (before.isNamedAgain) call.name = before.name;
    else if (!before.isNamedLate) call.original = before;
    return call;
  }

  /** Removes a call that repeats another one. It has not been yielded, because its name is missing. */
  #drop(call: AssembledCall): void {
    call.isDropped = true;
    this.#incomplete.delete(call);
    this.#calls.splice(this.#calls.lastIndexOf(call), 1);
  }

  *#announce(isEnd: boolean): Generator<ModelEvent> {
    for (; this.#announced < this.#calls.length; this.#announced++) {
      const index = this.#announced;
      const call = this.#calls[index];
      // Once the next call has begun, an empty object is the whole of the arguments.
      const hasArgs = call.hasBegun || (call.hasEmptyObject && index < this.#calls.length - 1);
      const isReady = call.name !== "" && hasArgs && !this.#isNamePart(call.name);
      if (!isReady && !isEnd) return;
      const [id = `call_${index}`] = call.ids;
      call.position = index;
      yield* sendExtra(index, call);
      yield { type: "tool_call", index, id, name: call.name };
      yield* send(index, call);
    }
  }

  /** Whether a name is only the beginning of a tool's name. */
  #isNamePart(name: string): boolean {
    return !this.#tools.includes(name) && this.#tools.some((tool) => tool.startsWith(name));
  }
}

/** Yields the provider's data of a call before the call itself, because an invalid call ends the reading. */
function* sendExtra(index: number, call: AssembledCall): Generator<ModelEvent> {
  if (call.extra === undefined) return;
  yield keepCallExtra(index, call.extra);
  call.extra = undefined;
}

function* send(index: number, call: AssembledCall): Generator<ModelEvent> {
  yield* sendExtra(index, call);
  const delta = call.take();
  if (delta !== "") yield { type: "tool_call_delta", index, delta };
}
