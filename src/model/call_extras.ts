/**
 * What a provider sends beside a tool call of a chat completion and wants back with it: Gemini's `extra_content`, which holds the
 * signature of the model's thoughts (https://ai.google.dev/gemini-api/docs/thought-signatures).
 *
 * @module
 */

import type { ProviderDataEvent } from "../execution/model.ts";
import { isJson, isPlainObject, type JsonValue } from "../media/json_value.ts";

/** The interface that a piece of provider data belongs to. */
const INTERFACE = "chat";

/** Makes provider data of what came with the call of this index. */
export function keepCallExtra(call: number, extra: JsonValue): ProviderDataEvent {
  return { type: "provider_data", data: { interface: INTERFACE, call, extra } };
}

/** Reads what came with each call of a turn, by the call's index. Provider data of other interfaces is passed over. */
export function readCallExtras(data: readonly JsonValue[] = []): ReadonlyMap<number, JsonValue> {
  return new Map(data.flatMap((piece): [number, JsonValue][] => {
    if (!isPlainObject(piece) || piece.interface !== INTERFACE || typeof piece.call !== "number") return [];
    return isJson(piece.extra) ? [[piece.call, piece.extra]] : [];
  }));
}
