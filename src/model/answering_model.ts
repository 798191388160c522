/**
 * Reads the name of the model that answers, as the server sends it.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";

/** The maximum length of a name, in characters. Models have shorter names, but a server may send anything. */
const LONGEST_NAME = 200;

/**
 * Reads the model's name from an event of an answer: from a chunk of a chat completion, or from the `response` of an event of Responses.
 */
export function readAnsweringModel(event: unknown): string | undefined {
  if (!isPlainObject(event)) return undefined;
  const { model } = isPlainObject(event.response) ? event.response : event;
  return typeof model === "string" && model !== "" ? model.slice(0, LONGEST_NAME) : undefined;
}
