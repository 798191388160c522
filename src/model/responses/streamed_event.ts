/**
 * What stands in an event of the Responses interface, and what it belongs to.
 *
 * @module
 */

import type { ItemName } from "./streamed_calls.ts";

/** What may stand in an event. Servers differ, so everything may be missing or null. */
export interface StreamedEvent {
  type?: string;
  output_index?: number | null;
  content_index?: number | null;
  item_id?: string | null;
  delta?: unknown;
  text?: unknown;
  refusal?: unknown;
  arguments?: unknown;
  item?: OutputItem | null;
  response?: StreamedResponse | null;
  error?: unknown;
}

/** An item of an answer: reasoning, a message, a call. */
export interface OutputItem {
  type?: string;
  id?: string | null;
  call_id?: string | null;
  name?: string | null;
  arguments?: unknown;
  content?: unknown;
}

/** The answer as a whole, which the last event holds. */
export interface StreamedResponse {
  status?: string;
  error?: unknown;
  incomplete_details?: { reason?: string } | null;
  output?: OutputItem[] | null;
  usage?: {
    input_tokens?: number;
    output_tokens?: number;
    input_tokens_details?: { cached_tokens?: number } | null;
    output_tokens_details?: { reasoning_tokens?: number | null } | null;
  } | null;
}

/** How a whole item names the call that it is. */
export function nameOf({ id, call_id }: OutputItem, { output_index }: StreamedEvent): ItemName {
  return { itemId: id ?? undefined, callId: call_id ?? undefined, position: output_index ?? undefined };
}

/** How a piece names the call that it belongs to. */
export function pieceOf({ item_id, output_index }: StreamedEvent): ItemName {
  return { itemId: item_id ?? undefined, position: output_index ?? undefined };
}

/** What a part of a message is known by. */
export function keyOf({ output_index, item_id, content_index }: StreamedEvent): string {
  return `${output_index ?? item_id}/${content_index ?? 0}`;
}
