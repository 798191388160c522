/**
 * Finds the calls of an answer by the server's indexes and ids, in constant time.
 *
 * @module
 */

import type { AssembledCall } from "./assembled_call.ts";

/** The calls by their indexes and ids. If several calls have the same one, the call that began last is found. */
export class CallIndex {
  readonly #byNumber = new Map<number, AssembledCall[]>();
  readonly #byId = new Map<string, AssembledCall[]>();
  readonly #numbered = new Set<AssembledCall>();

  /** Adds a call, or the index and the ids that it has got since it was added. */
  add(call: AssembledCall): void {
    if (call.index !== undefined && !this.#numbered.has(call)) {
      this.#numbered.add(call);
      insert(this.#byNumber, call.index, call);
    }
    for (const id of call.takeIds()) insert(this.#byId, id, call);
  }

  /** The last call with a server's index. */
  numbered(number: number): AssembledCall | undefined {
    return lastOf(this.#byNumber.get(number));
  }

  /** The last call with an id. */
  identified(id: string): AssembledCall | undefined {
    return lastOf(this.#byId.get(id));
  }
}

function insert<Key>(calls: Map<Key, AssembledCall[]>, key: Key, call: AssembledCall): void {
  const known = calls.get(key);
  if (known === undefined) calls.set(key, [call]);
  else known.splice(known.findLastIndex(({ order }) => order < call.order) + 1, 0, call);
}

function lastOf(calls: AssembledCall[] | undefined): AssembledCall | undefined {
  while (calls?.at(-1)?.isDropped) calls.pop();
  return calls?.at(-1);
}
