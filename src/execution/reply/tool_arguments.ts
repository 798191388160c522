/**
 * Validates the normalized arguments of a complete tool call and converts them to the types of an execution context.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import type { InputRequest } from "../execution_context.ts";
import { normalizeBundle } from "../../media/normalize_bundle.ts";
import type { JsonValue } from "../../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";

/** The arguments of a tool call: a JSON object. */
export type ToolArguments = { [key: string]: JsonValue };

/** The number of characters of a wrong value that an error message quotes. */
const QUOTE_LENGTH = 80;

/**
 * Reads the `text` of `stdout` or `stderr`.
 *
 * @throws {ModelError} of kind `invalid_answer` if it is not a string
 */
export function readText(tool: string, args: ToolArguments): string {
  return readString(tool, args, "text");
}

/** A bundle that can be shown. */
export interface Bundle {
  data: MimeBundle;
  metadata?: MimeMetadata;
  /** A sentence for each part that was dropped. */
  dropped: string[];
}

/**
 * Reads the `data` and `metadata` of `execute_result` or `display`, and normalizes them.
 *
 * @throws {ModelError} of kind `invalid_answer` if there is nothing to show
 */
export function readBundle(tool: string, args: ToolArguments): Bundle {
  const { data, metadata, dropped } = normalizeBundle(args.data, args.metadata);
  if (isNothing(args.data) && metadata.clear_output !== true) {
    throw invalid(tool, "data", args.data, 'an object from MIME type to content, such as {"text/plain": "5"}');
  }
  return { data, ...(Object.keys(metadata).length === 0 ? {} : { metadata }), dropped };
}

/**
 * Reads the arguments of `error`.
 *
 * @throws {ModelError} of kind `invalid_answer` if one is missing or has a wrong type
 */
export function readException(args: ToolArguments): { ename: string; evalue: string; traceback: string[] } {
  const ename = readString("error", args, "ename");
  const evalue = readString("error", args, "evalue");
  const { traceback } = args;
  if (!isStrings(traceback)) throw invalid("error", "traceback", traceback, "a list of lines");
  return { ename, evalue, traceback };
}

/**
 * Reads the arguments of `input`.
 *
 * @throws {ModelError} of kind `invalid_answer` if the prompt is not a string
 */
export function readInput(args: ToolArguments): InputRequest {
  return { prompt: readString("input", args, "prompt"), isPassword: args.password === true };
}

function readString(tool: string, args: ToolArguments, key: string): string {
  const value = args[key];
  if (typeof value !== "string") throw invalid(tool, key, value, "a string");
  return value;
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function isStrings(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function invalid(tool: string, argument: string, value: JsonValue | undefined, expected: string): ModelError {
  const given = value === undefined ? "nothing" : JSON.stringify(value).slice(0, QUOTE_LENGTH);
  return new ModelError(
    "invalid_answer",
    `${tool}() was called with ${given} for its argument ${argument}; expected was ${expected}.`,
  );
}
