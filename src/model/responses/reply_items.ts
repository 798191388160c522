/**
 * Keeps the parts of a reply that are sent back with its turn in the following requests.
 *
 * OpenAI stores nothing (`store: false`), so a reply's reasoning is lost unless its encrypted form is sent back
 * (https://platform.openai.com/docs/guides/reasoning, "Encrypted reasoning items"). Calls are sent back with their `call_id` and
 * messages with their `phase`. Both are sent without the ids of their items, because no items are stored that they could refer to.
 *
 * @module
 */

import { isPlainObject, type JsonValue } from "../../media/json_value.ts";

/** The interface that a piece of provider data belongs to. */
const INTERFACE = "responses";

/** The part of a reply's item that is kept. */
export type ReplyItem =
  | { type: "reasoning"; id: string; encrypted_content: string; summary: { type: "summary_text"; text: string }[] }
  | { type: "message"; content: string; phase?: "commentary" | "final_answer" }
  /** `call` is the call's index among those of the reply; its name and arguments are those of the turn. */
  | { type: "function_call"; call: number; call_id: string };

/**
 * @param item an output item that is done
 * @param position its `output_index`
 * @param call the call's index among the calls of the reply, if the item is a call
 * @returns provider data for the turn; `undefined` if no part of the item is sent back
 */
export function keepReplyItem(item: unknown, position: number, call?: number): JsonValue | undefined {
  const kept = keptItem(item, call);
  return kept && { interface: INTERFACE, position, item: kept };
}

/** Reads the items of a reply from the provider data of its turn, in their order. Skips data of other interfaces. */
export function readReplyItems(data: readonly JsonValue[] = []): ReplyItem[] {
  const pieces = data.flatMap((piece) => isPlainObject(piece) && piece.interface === INTERFACE ? [piece] : []);
  return pieces
    .sort((one, other) => Number(one.position) - Number(other.position))
    .flatMap(({ item }) => keptItem(item, isPlainObject(item) ? item.call : undefined) ?? []);
}

function keptItem(item: unknown, call: unknown): ReplyItem | undefined {
  if (!isPlainObject(item)) return undefined;
  const { type, id, encrypted_content, summary, content, phase, call_id } = item;
  if (type === "reasoning" && typeof id === "string" && typeof encrypted_content === "string") {
    return { type, id, encrypted_content, summary: summaryOf(summary) };
  }
  if (type === "message" && textOf(content).trim() !== "") {
    return { type, content: textOf(content), ...(phase === "commentary" || phase === "final_answer" ? { phase } : {}) };
  }
  if (type === "function_call" && typeof call_id === "string" && call_id !== "" && typeof call === "number") {
    return { type, call, call_id };
  }
}

function summaryOf(summary: unknown): { type: "summary_text"; text: string }[] {
  if (!Array.isArray(summary)) return [];
  return summary.flatMap((part) => typeof part?.text === "string" ? { type: "summary_text", text: part.text } : []);
}

/** Returns the text of a message: of a list of parts, or of a message that has been kept. Includes the text of a refusal. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => part?.text ?? part?.refusal).filter((text) => typeof text === "string").join("");
}
