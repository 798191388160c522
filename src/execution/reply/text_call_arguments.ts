/**
 * Reads the arguments of a call whose name is known, where they are an object.
 *
 * @module
 */

import { normalizeToolName } from "./normalize_tool_name.ts";
import { copyLiteral, readLiteral } from "./text_call_literal.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextCallSource } from "./text_call_source.ts";

/**
 * Reads arguments and makes the call, while they arrive. They are an object, or an object in a string.
 *
 * @param name the tool's name, as the model wrote it
 * @returns whether it is a call
 */
export function* readArguments(text: TextCallSource, output: TextCallOutput, name: string): Reading<boolean> {
  const tool = normalizeToolName(name);
  if (tool === undefined) return makeCall(output, name, yield* collectArguments(text));
  const first = yield* text.peek();
  if (first !== "{" && first !== '"') return false;
  const write = output.open(tool);
  if (write === undefined) return false;
  yield* copyLiteral(text, first === "{" ? write : decoding(write));
  return true;
}

/**
 * Reads arguments for a call that cannot be made yet, as {@linkcode readArguments} does.
 *
 * @returns their JSON text; `undefined` when they are not complete
 */
export function* collectArguments(text: TextCallSource): Reading<string | undefined> {
  const json = yield* readLiteral(text);
  return json?.startsWith('"') ? decode(json) : json;
}

/**
 * Makes a call whose arguments have been read.
 *
 * @param json what {@linkcode collectArguments} returned
 * @returns whether it is a call
 */
export function makeCall(output: TextCallOutput, name: string, json: string | undefined): boolean {
  if (json === undefined || !json.startsWith("{")) return false;
  const tool = normalizeToolName(name, json.startsWith('{"text":') ? "text" : undefined);
  const write = tool && output.open(tool);
  write?.(json);
  return write !== undefined;
}

/** Writes what the pieces of a JSON string mean; its quotes stand alone. */
function decoding(write: (json: string) => void): (json: string) => void {
  return (piece) => piece === '"' || write(decode(`"${piece}"`));
}

function decode(json: string): string {
  return JSON.parse(json);
}
