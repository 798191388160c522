/**
 * Finds the function call that an item or a piece of arguments belongs to, and keeps the order of the calls.
 *
 * @module
 */

import type { ModelEvent } from "../../execution/model.ts";
import { MAX_CALLS, tooManyCalls } from "../../execution/reply/call_limit.ts";

/** The identifiers of an item of an answer. Servers differ, so every field may be missing. */
export interface ItemName {
  /** The item's `output_index`. */
  position?: number;
  /** The item's id. Some gateways give it a new one in each event. */
  itemId?: string;
  /** The id that the call's output refers to. Only complete items have it. */
  callId?: string;
}

export interface StreamedCall extends ItemName {
  /** Its index among the calls of the answer; absent until it is announced. */
  index?: number;
  /** The function's name; empty while it is not known. */
  name: string;
  /** The part of its arguments, a JSON text, that has arrived. */
  received: string;
}

/** The calls of one answer. Finds a call in constant time. */
export class StreamedCalls {
  readonly #calls: StreamedCall[] = [];
  readonly #byCallId = new Map<string, StreamedCall>();
  readonly #byItemId = new Map<string, StreamedCall[]>();
  readonly #byPosition = new Map<number, StreamedCall[]>();
  /** The calls that are not announced, in the order of their items. */
  #waiting: StreamedCall[] = [];
  #announced = 0;

  get count(): number {
    return this.#calls.length;
  }

  /**
   * Finds the call of an item, or begins a new one.
   *
   * @param functionName the function's name, if the item has it
   * @throws {ModelError} of kind `length` when the reply makes too many calls
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

  /** Finds the call that a piece of arguments belongs to. It is the last one if the piece has no identifiers. */
  piece(name: ItemName): StreamedCall | undefined {
    const isNamed = name.itemId !== undefined || name.position !== undefined;
    return isNamed ? this.#named(name) : this.#calls.at(-1);
  }

  /** The calls in the order of their items. */
  inOrder(): StreamedCall[] {
    return this.#calls.toSorted((one, other) => positionOf(one) - positionOf(other));
  }

  /** Announces a call, after all calls whose items precede its item. Servers may begin items out of order. */
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
    const before = this.#waiting.findLastIndex((each) => positionOf(each) <= positionOf(call));
    this.#waiting.splice(before + 1, 0, call);
    return call;
  }

  /** Finds a call by its item's id, which gateways may change, or else by its position, which gateways may use twice. */
  #named({ itemId, position, callId }: ItemName): StreamedCall | undefined {
    const isMeant = (call: StreamedCall) => callId === undefined || call.callId === undefined || call.callId === callId;
    const byId = itemId === undefined ? undefined : this.#byItemId.get(itemId)?.find(isMeant);
    return byId ?? (position === undefined ? undefined : this.#byPosition.get(position)?.findLast(isMeant));
  }
}

/** The position of a call's item. Servers that leave it out have only one item. */
function positionOf({ position = 0 }: StreamedCall): number {
  return position;
}

function listOf<Key>(lists: Map<Key, StreamedCall[]>, key: Key): StreamedCall[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
