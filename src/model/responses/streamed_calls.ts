/**
 * The function calls of one answer: which item and which piece of arguments belongs to which call, and the order of the calls.
 *
 * @module
 */

import type { ModelEvent } from "../../execution/model.ts";

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

/** The calls of one answer. */
export class StreamedCalls {
  readonly #calls: StreamedCall[] = [];
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
   */
  item(name: ItemName, functionName = ""): StreamedCall {
    const call = this.known(name) ?? this.#named(name);
    if (call !== undefined) {
      call.callId ??= name.callId;
      call.name ||= functionName;
      return call;
    }
    const begun: StreamedCall = { ...name, name: functionName, received: "" };
    this.#calls.push(begun);
    return begun;
  }

  /** Finds the call that has an item's `call_id`. */
  known({ callId }: ItemName): StreamedCall | undefined {
    return this.#calls.find((call) => callId !== undefined && call.callId === callId);
  }

  /** Finds the call that a piece of arguments belongs to: the last one, if the piece does not say. */
  piece(name: ItemName): StreamedCall | undefined {
    const isNamed = name.itemId !== undefined || name.position !== undefined;
    return isNamed ? this.#named(name) : this.#calls.at(-1);
  }

  /** The calls in the order of their items. */
  inOrder(): StreamedCall[] {
    return this.#calls.toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0));
  }

  /** Announces a call, and before it all calls whose items come before its item: servers may begin items out of order. */
  *announce(call: StreamedCall): Generator<ModelEvent> {
    if (call.index !== undefined) return;
    const ordered = this.inOrder();
    for (const each of ordered.slice(0, ordered.indexOf(call) + 1)) {
      if (each.index !== undefined) continue;
      const index = each.index = this.#announced++;
      yield { type: "tool_call", index, id: each.callId ?? `call_${index}`, name: each.name };
    }
  }

  /** Finds a call by its item's id, which gateways may change, or else by its position, which gateways may give twice. */
  #named({ itemId, position, callId }: ItemName): StreamedCall | undefined {
    const isOther = (call: StreamedCall) => callId !== undefined && call.callId !== undefined && call.callId !== callId;
    const calls = this.#calls.filter((call) => !isOther(call));
    return calls.find((call) => itemId !== undefined && call.itemId === itemId) ??
      calls.findLast((call) => position !== undefined && call.position === position);
  }
}
