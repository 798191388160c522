/**
 * Reads which model answers, as its server names it.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";

/** The most characters of a name: models have shorter ones, and a server may send anything. */
const LONGEST_NAME = 200;

/**
 * Reads the model's name from an event of an answer, of either interface: a chunk, or the response that an event carries.
 *
 * @returns the name; `undefined` where the event has none
 */
export function readAnsweringModel(event: unknown): string | undefined {
  if (!isPlainObject(event)) return undefined;
  const { model } = isPlainObject(event.response) ? event.response : event;
  return typeof model === "string" && model !== "" ? model.slice(0, LONGEST_NAME) : undefined;
}
