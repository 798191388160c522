/**
 * The function calls of one answer: which item and which piece of arguments belongs to which call, and the order of the calls.
 *
 * @module
 */

import type { ModelEvent } from "../../execution/model.ts";
import { MAX_CALLS, tooManyCalls } from "../../execution/reply/call_limit.ts";

/** How an item of an answer is named. Servers differ, so everything may be missing. */
export interface ItemName {
  /** The item's `output_index`. */
  position?: number;
  /** The item's id. Some gateways give it a new one in each event. */
  itemId?: string;
  /** The id that the call's output refers to. Only whole items have it. */
  callId?: string;
}

/** A function call. */
export interface StreamedCall extends ItemName {
  /** Its index among the calls of the answer; absent until it is announced. */
  index?: number;
  /** The function's name; empty while it is not known. */
  name: string;
  /** As much of its arguments, a JSON text, as has arrived. */
  received: string;
}

/** The calls of one answer. Finding one takes as long with many calls as with few. */
export class StreamedCalls {
  readonly #calls: StreamedCall[] = [];
  readonly #byCallId = new Map<string, StreamedCall>();
  readonly #byItemId = new Map<string, StreamedCall[]>();
  readonly #byPosition = new Map<number, StreamedCall[]>();
  /** The calls that are not announced, in the order of their items. */
  #waiting: StreamedCall[] = [];
  #announced = 0;

  /** How many calls there are. */
  get count(): number {
    return this.#calls.length;
  }

  /**
   * Finds the call that an item is, or begins one.
   *
   * @param name how the item is named
   * @param functionName the function's name, if the item has it
   * @throws {ModelError} of kind `length` when it begins more calls than a reply may make
   */
  item(name: ItemName, functionName = ""): StreamedCall {
    const call = this.known(name) ?? this.#named(name) ?? this.#begin(name);
    call.name ||= functionName;
    call.callId ??= name.callId;
    if (call.callId !== undefined && !this.#byCallId.has(call.callId)) this.#byCallId.set(call.callId, call);
    return call;
  }

  /** Finds the call that has an item's `call_id`. */
  known({ callId }: ItemName): StreamedCall | undefined {
    return callId === undefined ? undefined : this.#byCallId.get(callId);
  }

  /** Finds the call that a piece of arguments belongs to: the last one, if the piece does not say. */
  piece(name: ItemName): StreamedCall | undefined {
    const isNamed = name.itemId !== undefined || name.position !== undefined;
    return isNamed ? this.#named(name) : this.#calls.at(-1);
  }

  /** The calls in the order of their items. */
  inOrder(): StreamedCall[] {
    return this.#calls.toSorted((one, other) => placeOf(one) - placeOf(other));
  }

  /** Announces a call, and before it all calls whose items come before its item: servers may begin items out of order. */
  *announce(call: StreamedCall): Generator<ModelEvent> {
    if (call.index !== undefined) return;
    for (const each of this.#waiting.splice(0, this.#waiting.indexOf(call) + 1)) {
      const index = each.index = this.#announced++;
      yield { type: "tool_call", index, id: each.callId ?? `call_${index}`, name: each.name };
    }
  }

  #begin({ itemId, position, callId }: ItemName): StreamedCall {
    if (this.#calls.length === MAX_CALLS) throw tooManyCalls();
    const call: StreamedCall = { itemId, position, callId, name: "", received: "" };
    this.#calls.push(call);
    if (itemId !== undefined) listOf(this.#byItemId, itemId).push(call);
    if (position !== undefined) listOf(this.#byPosition, position).push(call);
    const before = this.#waiting.findLastIndex((each) => placeOf(each) <= placeOf(call));
    this.#waiting.splice(before + 1, 0, call);
    return call;
  }

  /** Finds a call by its item's id, which gateways may change, or else by its position, which gateways may give twice. */
  #named({ itemId, position, callId }: ItemName): StreamedCall | undefined {
    const isMeant = (call: StreamedCall) => callId === undefined || call.callId === undefined || call.callId === callId;
    const byId = itemId === undefined ? undefined : this.#byItemId.get(itemId)?.find(isMeant);
    return byId ?? (position === undefined ? undefined : this.#byPosition.get(position)?.findLast(isMeant));
  }
}

/** Where a call's item stands; servers that do not say so have one. */
function placeOf({ position = 0 }: StreamedCall): number {
  return position;
}

function listOf<Key>(lists: Map<Key, StreamedCall[]>, key: Key): StreamedCall[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
