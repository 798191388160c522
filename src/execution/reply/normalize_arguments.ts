/**
 * Normalizes the arguments of a tool call to the names and types of the tool, if their meaning is clear.
 *
 * @module
 */

import { isPlainObject, type JsonValue } from "../../media/json_value.ts";
import { isJsonType, readMimeType } from "../../media/mime_type.ts";
import { pythonRepr } from "../../media/python_repr.ts";
import { MAX_WRAPPINGS, TEXT_KEY, WRAPPER_KEYS } from "./arguments_reading.ts";
import { literalAsJson } from "./literal.ts";
import type { ParsedLiteral } from "./parse_literal.ts";
import type { ToolArguments } from "./tool_arguments.ts";
import { parameterNames, type ToolName } from "./tools.ts";

/** Names that models use for the only argument of a tool, in lower case. */
const CONTENT_KEYS: readonly string[] = [
  ...["text", "content", "contents", "output", "value", "message", "msg", "string", "str", "line", "lines"],
  ...["stdout", "stderr", "print", "data", "body", "result", "repr", "text/plain"],
];

/**
 * Normalizes arguments. It handles arguments inside a list, an object or a string, a single argument with a wrong name, a text that
 * is a number or a list of lines, a bundle without its key or as text, and an exception without a traceback.
 *
 * @returns the arguments, which may still be invalid; `undefined` if they are not an object
 */
export function normalizeArguments(tool: ToolName, { value, print }: ParsedLiteral): ToolArguments | undefined {
  const inner = unwrap(tool, value);
  switch (tool) {
    case "stdout":
    case "stderr":
      return withText(inner, print);
    case "error":
      return isPlainObject(inner) ? withTraceback(inner, print) : undefined;
    case "input":
      return withPrompt(inner, print);
    default:
      return withData(inner, print);
  }
}

type Print = ParsedLiteral["print"];

/** Removes wrappers around the arguments: lists of one item, and objects with the arguments under a key such as `arguments`. */
function unwrap(tool: ToolName, value: JsonValue): JsonValue {
  const parameters = parameterNames(tool);
  const wrappers = [...WRAPPER_KEYS, tool];
  let inner = value;
  for (let level = 0; level < MAX_WRAPPINGS; level++) {
    if (Array.isArray(inner) && inner.length === 1 && isPlainObject(inner[0])) inner = inner[0];
    if (!isPlainObject(inner)) return inner;
    const object = inner;
    const wrapper = wrappers.find((key) => isContent(object[key]));
    if (wrapper === undefined || parameters.some((name) => Object.hasOwn(object, name))) return inner;
    inner = object[wrapper];
  }
  return inner;
}

function isContent(value: JsonValue | undefined): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

/** Returns the value of an object's only member if its key is a name for content. */
function onlyContent(object: ToolArguments): JsonValue | undefined {
  const [key, ...others] = Object.keys(object);
  const isContentKey = key !== undefined && others.length === 0 && CONTENT_KEYS.includes(key.toLowerCase());
  return isContentKey ? object[key] : undefined;
}

function withText(value: JsonValue, print: Print): ToolArguments | undefined {
  if (!isPlainObject(value)) {
    const text = textOf(value, print);
    return text === undefined || text.trim() === "" ? undefined : { text };
  }
  const isNamed = Object.hasOwn(value, TEXT_KEY);
  const text = textOf(isNamed ? value[TEXT_KEY] : onlyContent(value), print);
  return text === undefined ? value : { ...(isNamed && value), text };
}

/** Normalizes the prompt of `input()`, which may be missing, and whether the input is a password. */
function withPrompt(value: JsonValue, print: Print): ToolArguments | undefined {
  if (typeof value === "string") return { prompt: value };
  if (!isPlainObject(value)) return undefined;
  const { prompt = onlyContent(value) ?? "", password } = value;
  const text = isPrinted(prompt) ? pythonRepr(prompt, print) : prompt ?? "";
  return { prompt: text, ...(/^true$/i.test(String(password)) && { password: true }) };
}

/** Normalizes a stream's text. A number becomes a line, and so does each element of a list without any line ends. */
function textOf(value: JsonValue | undefined, print: Print): string | undefined {
  if (typeof value === "string") return value;
  if (isPrinted(value)) return `${pythonRepr(value, print)}\n`;
  if (!isLines(value)) return undefined;
  return value.some((line) => line.endsWith("\n")) ? value.join("") : value.map((line) => `${line}\n`).join("");
}

function withData(value: JsonValue, print: Print): ToolArguments | undefined {
  if (typeof value === "string" && value.trim() !== "") return { data: bundleOf(value, print) };
  if (!isPlainObject(value)) return undefined;
  const { data, metadata, ...others } = value;
  const notes: ToolArguments = metadata === undefined
    ? {}
    : { metadata: typeof metadata === "string" ? decode(metadata) : metadata };
  if (data !== undefined && data !== null) return { ...others, data: bundleOf(data, print), ...notes };
  const flat = Object.entries(others).filter(([key]) => readMimeType(key) !== undefined);
  if (flat.length > 0) return { data: bundleOf(Object.fromEntries(flat), print), ...notes };
  const content = onlyContent(others);
  return content === undefined ? value : { data: bundleOf(content, print), ...notes };
}

/** Normalizes a bundle. Any other value is returned unchanged and later shown as text. */
function bundleOf(data: JsonValue, print: Print): JsonValue {
  const decoded = typeof data === "string" ? decode(data) : data;
  if (isPlainObject(decoded) && (decoded === data || Object.keys(decoded).some(readMimeType))) {
    return Object.fromEntries(Object.entries(decoded).map(([key, item]) => [key, contentOf(key, item, print)]));
  }
  return typeof data === "number" ? print(data) : data;
}

/** Normalizes the content of a MIME type: text as Python prints it, JSON as a value. */
function contentOf(mimeType: string, content: JsonValue, print: Print): JsonValue {
  const isText = typeof content === "string" || isLines(content);
  if (mimeType === "text/plain" && !isText) return pythonRepr(content, print);
  return typeof content === "string" && isJsonType(mimeType) ? decode(content) : content;
}

function withTraceback(value: ToolArguments, print: Print): ToolArguments {
  const { ename, evalue, traceback } = value;
  const lines = linesOf(traceback);
  const message = evalue ?? messageIn(lines, ename);
  const text = isPrinted(message) ? pythonRepr(message, print) : message;
  return { ...value, ...(text === undefined ? {} : { evalue: text }), traceback: lines };
}

/** Finds the message of an exception in its last line. Notes may follow that line, and in an exception group it begins with a bar. */
function messageIn(lines: JsonValue, ename: JsonValue | undefined): string | undefined {
  if (!isLines(lines) || typeof ename !== "string") return undefined;
  const ends = lines.map((line) => line.replace(/^ {0,2}\| /, ""));
  const last = ends.findLast((line) => line === ename || line.startsWith(`${ename}: `));
  return last?.slice(`${ename}: `.length);
}

/** Splits a traceback into lines. Returns an empty list if there is no traceback. */
function linesOf(traceback: JsonValue | undefined): JsonValue {
  if (typeof traceback !== "string") return traceback ?? [];
  const decoded = decode(traceback);
  return isLines(decoded) ? decoded : traceback.split("\n");
}

/** Returns the list or object that a text encodes, or else the text itself. */
function decode(text: string): JsonValue {
  const json = /^\s*[[{]/.test(text) ? literalAsJson(text) : undefined;
  return json === undefined ? text : JSON.parse(json);
}

function isPrinted(value: JsonValue | undefined): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function isLines(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}
