/**
 * Checks a finished tool call's arguments and gives them the types that an execution context takes.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { JsonValue, MimeBundle, MimeMetadata } from "./execution_context.ts";

/** The arguments of a tool call: a JSON object. */
export type ToolArguments = { [key: string]: JsonValue };

/** The most characters of a wrong value that a message quotes. */
const QUOTE_LENGTH = 80;

/**
 * Reads the `text` of `stdout` or `stderr`.
 *
 * @throws {ModelError} of kind `invalid_answer` when it is no string
 */
export function readText(tool: string, args: ToolArguments): string {
  return readString(tool, args, "text");
}

/**
 * Reads the `data` and `metadata` of `execute_result` or `display`. Text that came as a list of lines, as notebook files hold it, is joined.
 *
 * @throws {ModelError} of kind `invalid_answer` when they are not objects by MIME type
 */
export function readBundle(tool: string, args: ToolArguments): { data: MimeBundle; metadata?: MimeMetadata } {
  const { data, metadata } = args;
  if (!isObject(data) || Object.keys(data).length === 0) {
    throw invalid(tool, "data", data, 'an object from MIME type to content, such as {"text/plain": "5"}');
  }
  const bundle: MimeBundle = {};
  for (const [mimeType, content] of Object.entries(data)) {
    if (!mimeType.includes("/")) throw invalid(tool, "data", data, `MIME types for keys, unlike "${mimeType}"`);
    bundle[mimeType] = mimeType.startsWith("text/") ? readTextContent(tool, mimeType, content) : content;
  }
  if (metadata === undefined || metadata === null) return { data: bundle };
  if (!isObject(metadata)) throw invalid(tool, "metadata", metadata, "an object by MIME type, or nothing");
  return { data: bundle, metadata };
}

/**
 * Reads the arguments of `error`. A traceback that came as one text is split into its lines.
 *
 * @throws {ModelError} of kind `invalid_answer` when one is missing or of another type
 */
export function readException(args: ToolArguments): { ename: string; evalue: string; traceback: string[] } {
  const ename = readString("error", args, "ename");
  const evalue = readString("error", args, "evalue");
  const { traceback } = args;
  if (typeof traceback === "string") return { ename, evalue, traceback: traceback.split("\n") };
  if (!isStrings(traceback)) throw invalid("error", "traceback", traceback, "a list of lines");
  return { ename, evalue, traceback };
}

function readTextContent(tool: string, mimeType: string, content: JsonValue): string {
  if (typeof content === "string") return content;
  if (typeof content === "number") return String(content);
  if (isStrings(content)) return content.join("");
  throw invalid(tool, `data["${mimeType}"]`, content, "a string");
}

function readString(tool: string, args: ToolArguments, key: string): string {
  const value = args[key];
  if (typeof value !== "string") throw invalid(tool, key, value, "a string");
  return value;
}

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStrings(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function invalid(tool: string, argument: string, value: JsonValue | undefined, expected: string): ModelError {
  const given = value === undefined ? "nothing" : JSON.stringify(value).slice(0, QUOTE_LENGTH);
  return new ModelError(
    "invalid_answer",
    `The model called ${tool}() with ${given} for its argument ${argument}; expected was ${expected}. Run the cell again.`,
  );
}
