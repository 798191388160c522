/**
 * The events of the Responses interface, and the identifiers in them.
 *
 * @module
 */

import type { ItemName } from "./streamed_calls.ts";

/** An event. Servers differ, so every field may be missing or null. */
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

/** Returns the identifiers of a complete item. */
export function nameOf({ id, call_id }: OutputItem, { output_index }: StreamedEvent): ItemName {
  return { itemId: id ?? undefined, callId: call_id ?? undefined, position: output_index ?? undefined };
}

/** Returns the identifiers of the call that a piece belongs to. */
export function pieceOf({ item_id, output_index }: StreamedEvent): ItemName {
  return { itemId: item_id ?? undefined, position: output_index ?? undefined };
}

/** Returns a key that identifies a part of a message. */
export function keyOf({ output_index, item_id, content_index }: StreamedEvent): string {
  return `${output_index ?? item_id}/${content_index ?? 0}`;
}
