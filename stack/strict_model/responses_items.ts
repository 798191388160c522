/**
 * Checks the input items of a request of OpenAI's Responses interface, one by one and then as a conversation.
 *
 * @module
 */

import { encryptedReasoning } from "./responses_answer.ts";
import { type Fields, isFields } from "./fields.ts";
import { allowOnly, checkItemId, requireCallId, requireName, requireText } from "./responses_fields.ts";
import { invalidType, invalidValue, missingParameter, RefusedRequest } from "./responses_refusal.ts";

const ROLES = ["assistant", "system", "developer", "user"];

/** The types of items that this server knows. OpenAI's knows more, but clients of function tools do not send them. */
const TYPES = ["function_call", "function_call_output", "item_reference", "message", "reasoning"];

/** The fields of each type of item. A reasoning item has no `status` when it is sent. */
const KNOWN = {
  message: ["type", "id", "role", "content", "status"],
  function_call: ["type", "id", "call_id", "name", "arguments", "status", "namespace", "caller", "async"],
  function_call_output: ["type", "id", "call_id", "output", "status", "name", "namespace", "caller"],
  reasoning: ["type", "id", "summary", "content", "encrypted_content"],
};

/** The parts that a message may have. */
const INPUT_PARTS = ["input_text", "input_image", "input_file", "scoped_content", "input_audio"];
const OUTPUT_PARTS = ["output_text", "refusal"];

/**
 * @param items the request's input
 * @param store whether the request is stored: only stored items may be given as an id without content
 * @throws {RefusedRequest} with the first mistake
 */
export function checkItems(items: readonly unknown[], store: boolean): void {
  const checked = items.map((item, index) => checkItem(item, `input[${index}]`));
  checkIds(checked);
  for (const item of checked) checkStored(item, store);
  checkCalls(checked);
  checkReasoning(checked);
}

function checkItem(item: unknown, path: string): Fields {
  if (!isFields(item)) throw invalidType(path, "an input item", item);
  const { type = "message" } = item;
  switch (type) {
    case "message":
      checkMessage(item, path);
      break;
    case "function_call":
      allowOnly(item, KNOWN.function_call, path);
      checkItemId(item, "fc", path);
      requireCallId(item, path);
      requireName(item, path);
      requireText(item, "arguments", path);
      break;
    case "function_call_output":
      allowOnly(item, KNOWN.function_call_output, path);
      requireCallId(item, path);
      if (item.output === undefined) throw missingParameter(`${path}.output`);
      checkText(item.output, `${path}.output`, "one of a string or array of objects");
      break;
    case "reasoning":
      checkReasoningItem(item, path);
      break;
    case "item_reference":
      requireText(item, "id", path);
      break;
    default:
      throw invalidValue(path, type, TYPES);
  }
  return item;
}

function checkMessage(item: Fields, path: string): void {
  const { role, content, phase } = item;
  if (typeof role !== "string" || !ROLES.includes(role)) throw invalidValue(path, role, ROLES);
  const isAssistant = role === "assistant";
  allowOnly(item, isAssistant ? [...KNOWN.message, "phase"] : KNOWN.message, path);
  if (isAssistant) checkItemId(item, "msg", path);
  if (phase !== undefined && phase !== null && phase !== "commentary" && phase !== "final_answer") {
    throw invalidValue(`${path}.phase`, phase, ["commentary", "final_answer"]);
  }
  if (content === undefined) throw missingParameter(`${path}.content`);
  checkText(content, `${path}.content`, "one of an array of objects or string");
  if (!Array.isArray(content)) return;
  for (const [index, part] of content.entries()) {
    const at = `${path}.content[${index}]`;
    const known = isAssistant ? OUTPUT_PARTS : INPUT_PARTS;
    if (!isFields(part)) throw invalidType(at, "an object", part);
    if (!known.includes(String(part.type))) throw invalidValue(at, part.type, known);
    if (part.type === "input_text" || part.type === "output_text") requireText(part, "text", at);
    if (part.type === "refusal") requireText(part, "refusal", at);
  }
}

function checkReasoningItem(item: Fields, path: string): void {
  allowOnly(item, KNOWN.reasoning, path);
  checkItemId(item, "rs", path);
  const { id, summary, content, encrypted_content } = item;
  if (summary === undefined) throw missingParameter(`${path}.summary`);
  if (!Array.isArray(summary)) throw invalidType(`${path}.summary`, "an array of objects", summary);
  if (Array.isArray(content) && content.length > 0) {
    const message = `Invalid '${path}.content': array too long. Expected an array with maximum length 0, ` +
      `but got an array with length ${content.length} instead.`;
    throw new RefusedRequest(message, `${path}.content`, "array_above_max_length");
  }
  if (
    typeof encrypted_content === "string" && id !== undefined && encrypted_content !== encryptedReasoning(String(id))
  ) {
    const shown = `${encrypted_content.slice(0, 4)}...${encrypted_content.slice(-4)}`;
    throw new RefusedRequest(
      `The encrypted content ${shown} could not be verified. ` +
        "Reason: Encrypted content could not be decrypted or parsed.",
      null,
      "invalid_encrypted_content",
    );
  }
}

function checkText(value: unknown, param: string, expected: string): void {
  if (typeof value !== "string" && !Array.isArray(value)) throw invalidType(param, expected, value);
}

function checkIds(items: readonly Fields[]): void {
  const ids = new Set<unknown>();
  for (const { id } of items) {
    if (id !== undefined && ids.has(id)) {
      const message = `Duplicate item found with id ${id}. Remove duplicate items from your input and try again.`;
      throw new RefusedRequest(message, "input");
    }
    ids.add(id);
  }
}

function checkStored({ type, id, encrypted_content }: Fields, store: boolean): void {
  const isById = type === "item_reference" || (type === "reasoning" && typeof encrypted_content !== "string");
  if (!isById) return;
  const advice = store ? "" : " Items are not persisted when `store` is set to false. " +
    "Try again with `store` set to true, or remove this item from your input.";
  throw new RefusedRequest(`Item with id '${id}' not found.${advice}`, "input", null, 404);
}

/** Each call needs one output after it, and each output a call before it. */
function checkCalls(items: readonly Fields[]): void {
  const open = new Set<unknown>();
  for (const { type, call_id } of items) {
    if (type === "function_call") open.add(call_id);
    if (type === "function_call_output" && !open.delete(call_id)) {
      throw new RefusedRequest(`No tool call found for function call output with call_id ${call_id}.`, "input");
    }
  }
  for (const callId of open) throw new RefusedRequest(`No tool output found for function call ${callId}.`, "input");
}

/** A reasoning item needs the item that the model wrote after it. */
function checkReasoning(items: readonly Fields[]): void {
  for (const [index, { type, id }] of items.entries()) {
    const next = items[index + 1];
    const isFollowed = next?.type === "reasoning" || next?.type === "function_call" || next?.role === "assistant";
    if (type !== "reasoning" || isFollowed) continue;
    const message = `Item '${id}' of type 'reasoning' was provided without its required following item.`;
    throw new RefusedRequest(message, "input");
  }
}
