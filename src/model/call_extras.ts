/**
 * Data that a provider sends beside a tool call of a chat completion and wants back with the call. Gemini sends `extra_content`, which
 * holds the signature of the model's thoughts (https://ai.google.dev/gemini-api/docs/thought-signatures).
 *
 * @module
 */

import type { ProviderDataEvent } from "../execution/model.ts";
import { isJson, isPlainObject, type JsonValue } from "../media/json_value.ts";

/** The interface that a piece of provider data belongs to. */
const INTERFACE = "chat";

/** Makes provider data of the extra data of a call. */
export function keepCallExtra(call: number, extra: JsonValue): ProviderDataEvent {
  return { type: "provider_data", data: { interface: INTERFACE, call, extra } };
}

/** Reads the extra data of each call of a turn, by the call's index. Skips provider data of other interfaces. */
export function readCallExtras(data: readonly JsonValue[] = []): ReadonlyMap<number, JsonValue> {
  return new Map(data.flatMap((piece): [number, JsonValue][] => {
    if (!isPlainObject(piece) || piece.interface !== INTERFACE || typeof piece.call !== "number") return [];
    return isJson(piece.extra) ? [[piece.call, piece.extra]] : [];
  }));
}
