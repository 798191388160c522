/**
 * Reads a piece of a tool call, in any of the forms that servers use.
 *
 * @module
 */

import { isJson, isPlainObject, type JsonValue } from "../media/json_value.ts";

/** A piece of a tool call. Texts that the server left out are empty. */
export interface CallPiece {
  /** The call's index in the server's numbering. */
  index?: number;
  id: string;
  /** The tool's name, or a part of it. */
  name: string;
  /** The piece of the JSON text of the arguments. */
  args: string;
  /** Data that the provider wants back with the call. */
  extra?: JsonValue;
}

/**
 * Reads an element of `tool_calls`. Servers leave out fields, set them to null, put name and arguments beside the id instead of
 * into `function`, send the index as text, or send the arguments as an object instead of its JSON text.
 *
 * @returns `undefined` if the value is not an object
 */
export function readCallPiece(value: unknown): CallPiece | undefined {
  if (!isFields(value)) return undefined;
  const fn = isFields(value.function) ? value.function : value;
  const index = typeof value.index === "string" ? parseInt(value.index) : value.index;
  return {
    ...(typeof index === "number" && Number.isFinite(index) ? { index } : {}),
    id: typeof value.id === "string" || typeof value.id === "number" ? String(value.id) : "",
    name: typeof fn.name === "string" ? fn.name : "",
    args: textOf(fn.arguments),
    ...(isPlainObject(value.extra_content) && isJson(value.extra_content) ? { extra: value.extra_content } : {}),
  };
}

/** Reads the old form of a call, `function_call`. A reply has one at most. */
export function readFunctionCall(value: unknown): CallPiece | undefined {
  return isFields(value) ? readCallPiece({ index: 0, function: value }) : undefined;
}

function textOf(args: unknown): string {
  if (args === undefined || args === null) return "";
  return typeof args === "string" ? args : JSON.stringify(args);
}

function isFields(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
