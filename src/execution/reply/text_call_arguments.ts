/**
 * Reads the arguments of a call with a known name, if they are a single value.
 *
 * @module
 */

import { ARGUMENTS_OPENINGS, TEXT_KEY } from "./arguments_reading.ts";
import { copyLiteral, readLiteral } from "./literal.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextSource } from "./text_source.ts";

/** The beginning of an object, or of one in a string, whose first key is `text`. */
const BEGINS_WITH_TEXT = /^[^\w]+text\W/;

/**
 * Reads arguments and makes the call while they arrive.
 *
 * @param name the tool's name as the model wrote it
 * @returns whether the text is a call
 */
export function* readArguments(text: TextSource, output: TextCallOutput, name: string): Reading<boolean> {
  const tool = output.toolOf(name);
  if (tool === undefined) return makeCall(output, name, yield* readLiteral(text));
  const first = yield* text.peek();
  if (!ARGUMENTS_OPENINGS.includes(first)) return false;
  const write = output.open(tool);
  if (write === undefined) return false;
  yield* copyLiteral(text, write);
  return true;
}

/**
 * Makes a call whose arguments are complete.
 *
 * @param name the tool's name as the model wrote it
 * @param json the arguments as JSON text, or `undefined` if they were not complete
 * @returns whether the text is a call
 */
export function makeCall(output: TextCallOutput, name: string, json: string | undefined): boolean {
  if (json === undefined || !ARGUMENTS_OPENINGS.includes(json[0])) return false;
  const tool = output.toolOf(name, BEGINS_WITH_TEXT.test(json) ? TEXT_KEY : undefined);
  const write = tool && output.open(tool);
  write?.(json);
  return write !== undefined;
}
