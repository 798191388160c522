/**
 * Checks the fields of an object of a request.
 *
 * @module
 */

import type { Fields } from "./fields.ts";
import { invalidType, missingParameter, RefusedRequest, unknownParameter } from "./responses_refusal.ts";

/** The longest id of a call and the longest cache key, in characters. */
const MAX_ID_LENGTH = 64;

const NAME = /^[a-zA-Z0-9_-]+$/;

/** Refuses fields that are not known. */
export function allowOnly(fields: Fields, known: readonly string[], path: string): void {
  const unknownName = Object.keys(fields).find((name) => !known.includes(name));
  if (unknownName !== undefined) throw unknownParameter(`${path}.${unknownName}`);
}

/** Returns a field. It must exist and be text. */
export function requireText(fields: Fields, name: string, path: string): string {
  const value = fields[name];
  if (value === undefined) throw missingParameter(`${path}.${name}`);
  if (typeof value !== "string") throw invalidType(`${path}.${name}`, "a string", value);
  return value;
}

export function requireCallId(fields: Fields, path: string): string {
  const callId = requireText(fields, "call_id", path);
  checkLength(callId, `${path}.call_id`);
  return callId;
}

export function requireName(fields: Fields, path: string): string {
  const name = requireText(fields, "name", path);
  if (NAME.test(name)) return name;
  const message = `Invalid '${path}.name': string does not match pattern. ` +
    `Expected a string that matches the pattern '${NAME.source}'.`;
  throw new RefusedRequest(message, `${path}.name`, "invalid_value");
}

/** Refuses an id or a key that is empty or too long. */
export function checkLength(text: string, param: string): void {
  if (text === "") {
    const message = `Invalid '${param}': empty string. Expected a string with minimum length 1, ` +
      "but got an empty string instead.";
    throw new RefusedRequest(message, param, "empty_string");
  }
  if (text.length > MAX_ID_LENGTH) {
    const message = `Invalid '${param}': string too long. Expected a string with maximum length ${MAX_ID_LENGTH}, ` +
      `but got a string with length ${text.length} instead.`;
    throw new RefusedRequest(message, param, "string_above_max_length");
  }
}

/** Refuses an item id that is not one of OpenAI's own for this kind of item. */
export function checkItemId({ id }: Fields, prefix: string, path: string): void {
  if (id === undefined || (typeof id === "string" && id.startsWith(prefix))) return;
  const message = `Invalid '${path}.id': '${id}'. Expected an ID that begins with '${prefix}'.`;
  throw new RefusedRequest(message, `${path}.id`, "invalid_value");
}
