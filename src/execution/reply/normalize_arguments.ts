/**
 * Gives a tool call's arguments the names and types that the tool has, where it is plain what is meant.
 *
 * @module
 */

import { isPlainObject, type JsonValue } from "../../media/json_value.ts";
import { readMimeType } from "../../media/mime_type.ts";
import { TEXT_KEY, WRAPPER_KEYS } from "./arguments_reading.ts";
import { literalAsJson } from "./literal.ts";
import type { ParsedLiteral } from "./parse_literal.ts";
import type { ToolArguments } from "./tool_arguments.ts";
import { parameterNames, type ToolName } from "./tools.ts";

/** What models call the one argument of a tool that shows one thing, in small letters. */
const CONTENT_KEYS: readonly string[] = [
  ...["text", "content", "contents", "output", "value", "message", "msg", "string", "str", "line", "lines"],
  ...["stdout", "stderr", "print", "data", "body", "result", "repr", "text/plain"],
];

/**
 * Normalizes arguments: those in a list, in an object or in a string of their own, one argument under another name, a text as a number
 * or as lines, a bundle without its key or as text, an exception without a traceback.
 *
 * @param tool the tool that was called
 * @param parsed the arguments as they were read
 * @returns the arguments, which may still be wrong; `undefined` when they are no object
 */
export function normalizeArguments(tool: ToolName, { value, print }: ParsedLiteral): ToolArguments | undefined {
  const inner = unwrap(tool, value);
  switch (tool) {
    case "stdout":
    case "stderr":
      return withText(inner, print);
    case "error":
      return isPlainObject(inner) ? withTraceback(inner, print) : undefined;
    default:
      return withData(inner, print);
  }
}

type Print = ParsedLiteral["print"];

/** Takes off what stands around the arguments. */
function unwrap(tool: ToolName, value: JsonValue): JsonValue {
  if (Array.isArray(value) && value.length === 1 && isPlainObject(value[0])) return unwrap(tool, value[0]);
  if (!isPlainObject(value) || parameterNames(tool).some((name) => Object.hasOwn(value, name))) return value;
  const wrapper = WRAPPER_KEYS.find((key) => isContent(value[key]));
  return wrapper === undefined ? value : unwrap(tool, value[wrapper]);
}

function isContent(value: JsonValue | undefined): boolean {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

/** The value of the only member of an object, if its name says that it is what is to be shown. */
function onlyContent(object: ToolArguments): JsonValue | undefined {
  const [key, ...others] = Object.keys(object);
  const isContentKey = key !== undefined && others.length === 0 && CONTENT_KEYS.includes(key.toLowerCase());
  return isContentKey ? object[key] : undefined;
}

function withText(value: JsonValue, print: Print): ToolArguments | undefined {
  if (!isPlainObject(value)) {
    const text = textOf(value, print);
    return typeof value === "number" || text === undefined || text.trim() === "" ? undefined : { text };
  }
  const isNamed = Object.hasOwn(value, TEXT_KEY);
  const text = textOf(isNamed ? value[TEXT_KEY] : onlyContent(value), print);
  return text === undefined ? value : { ...(isNamed && value), text };
}

/** A stream's text. A number is a line of its own, and so is each element of a list in which no line ends. */
function textOf(value: JsonValue | undefined, print: Print): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return `${printed(value, print)}\n`;
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
  if (data !== undefined) return { ...others, data: bundleOf(data, print), ...notes };
  const flat = Object.entries(others).filter(([key]) => readMimeType(key) !== undefined);
  if (flat.length > 0) return { data: bundleOf(Object.fromEntries(flat), print), ...notes };
  const content = onlyContent(others);
  return content === undefined ? value : { data: bundleOf(content, print), ...notes };
}

/** A bundle by MIME type. What is none is left as it is: it is shown as text. */
function bundleOf(data: JsonValue, print: Print): JsonValue {
  const decoded = typeof data === "string" ? decode(data) : data;
  if (!isPlainObject(decoded) || (typeof data === "string" && !Object.keys(decoded).some(readMimeType))) {
    return typeof data === "number" ? print(data) : data;
  }
  return Object.fromEntries(
    Object.entries(decoded).map(([key, content]) => [
      key,
      typeof content === "number" && key.startsWith("text/") ? print(content) : content,
    ]),
  );
}

function withTraceback(value: ToolArguments, print: Print): ToolArguments {
  const { ename, evalue, traceback } = value;
  const lines = linesOf(traceback);
  const last = isLines(lines) ? lines.at(-1)! : "";
  const isNamed = last === ename || last.startsWith(`${ename}: `);
  const message = evalue ?? (isNamed ? last.slice(`${ename}: `.length) : evalue);
  return {
    ...value,
    ...(message === undefined ? {} : { evalue: isPrintable(message) ? printed(message, print) : message }),
    traceback: lines,
  };
}

/** A traceback's lines; none where there is none. */
function linesOf(traceback: JsonValue | undefined): JsonValue {
  if (typeof traceback !== "string") return traceback ?? [];
  const decoded = decode(traceback);
  return isLines(decoded) ? decoded : traceback.split("\n");
}

/** The list or object that a text is; the text itself if it is none. */
function decode(text: string): JsonValue {
  const json = /^\s*[[{]/.test(text) ? literalAsJson(text) : undefined;
  return json === undefined ? text : JSON.parse(json);
}

function isPrintable(value: JsonValue): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}

/** A number or a truth value as Python prints it. */
function printed(value: number | boolean, print: Print): string {
  return typeof value === "number" ? print(value) : value ? "True" : "False";
}

function isLines(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}
