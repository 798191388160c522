/**
 * Reads calls that are written with a tag for each argument: `<function=stdout><parameter=text>a</parameter></function>`.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import { escapeForJson } from "./literal_escape.ts";
import { BLANK, literalAsJson } from "./literal.ts";
import type { ArgumentsWriter, TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextSource } from "./text_source.ts";

/** What a call begins with; its name follows. */
export const FUNCTION_MARKS = ["<function=", "<function name=", "<invoke name="];

/** What a list of arguments begins with where a name alone stands before it. */
export const KEY_MARK = "<arg_key>";

/** What an argument begins with, and what ends its value. */
const VALUE_ENDS: Record<string, string> = {
  "<parameter=": "</parameter>",
  "<parameter name=": "</parameter>",
  "<param name=": "</param>",
  [KEY_MARK]: "</arg_value>",
};

const PARAMETER_MARKS = Object.keys(VALUE_ENDS);

/** What surrounds a value in which `<` and `&` mean nothing, as MiniCPM's models write it within the tags. */
const RAW = { begin: "<![CDATA[", end: "]]>" };

/** The arguments that are strings, whatever they look like. */
const STRING_KEYS = ["text", "ename", "evalue", "prompt"];

/** Characters of a name in a tag, its quotes and attributes included. */
const IN_TAG = /[^<>]+/y;

/** Characters of a value that need no closer look. */
const IN_VALUE = /[^<\]\n]+/y;

/**
 * Reads a call from behind its mark on. Its arguments are tags, or one JSON object.
 *
 * @returns whether it is a call
 */
export function* readXmlCall(text: TextSource, output: TextCallOutput): Reading<boolean> {
  const name = nameInTag(yield* text.skip(IN_TAG));
  if (!(yield* text.accept(">"))) return false;
  yield* text.skip(BLANK);
  if ((yield* text.peek()) === "{") return yield* readArguments(text, output, name);
  return yield* readParameters(text, output, name);
}

/**
 * Reads a call's arguments, a tag each, and makes the call.
 *
 * @param name the tool's name, as the model wrote it
 * @returns whether it is a call
 */
export function* readParameters(text: TextSource, output: TextCallOutput, name: string): Reading<boolean> {
  let write: ArgumentsWriter | undefined;
  while (true) {
    yield* text.skip(BLANK);
    const mark = yield* text.match(PARAMETER_MARKS);
    if (mark === undefined) break;
    text.take(mark.length);
    const key = yield* readKey(text, mark);
    if (key === undefined) return write !== undefined;
    const tool = output.toolOf(name, key);
    const isFirst = write === undefined;
    write ??= tool && output.open(tool);
    if (write === undefined) return false;
    write(`${isFirst ? "{" : ","}${JSON.stringify(key)}:`);
    const isWhole = STRING_KEYS.includes(key)
      ? yield* copyValue(text, VALUE_ENDS[mark], write)
      : yield* readValue(text, VALUE_ENDS[mark], write);
    if (!isWhole) return true;
  }
  if ((yield* text.peek()) !== "") write?.("}");
  return write !== undefined;
}

/** Reads an argument's name, up to its value. */
function* readKey(text: TextSource, mark: string): Reading<string | undefined> {
  const key = nameInTag(yield* text.skip(IN_TAG));
  if (mark !== KEY_MARK) return (yield* text.accept(">")) ? key : undefined;
  if (!(yield* text.accept("</arg_key>"))) return undefined;
  yield* text.skip(BLANK);
  return (yield* text.accept("<arg_value>")) ? key : undefined;
}

/** Copies a string while it arrives; returns whether it was whole. */
function* copyValue(text: TextSource, end: string, write: ArgumentsWriter): Reading<boolean> {
  write('"');
  const isWhole = yield* readUntil(text, end, (piece) => write(escapeForJson(piece)));
  if (isWhole) write('"');
  return isWhole;
}

/** Reads an object or a list, or else a string, when it is whole; returns whether it was. */
function* readValue(text: TextSource, end: string, write: ArgumentsWriter): Reading<boolean> {
  let value = "";
  if (!(yield* readUntil(text, end, (piece) => value += piece))) return false;
  write((/^\s*[[{]/.test(value) ? literalAsJson(value) : undefined) ?? JSON.stringify(value));
  return true;
}

/** Passes a value on, up to the end mark of its tag. */
function* readUntil(text: TextSource, end: string, pass: (piece: string) => void): Reading<boolean> {
  const isFramed = yield* text.accept("\n");
  if (!(yield* text.accept(RAW.begin))) return yield* passUntil(text, end, isFramed, pass);
  if (!(yield* passUntil(text, RAW.end, false, pass))) return false;
  yield* text.skip(BLANK);
  return yield* text.accept(end);
}

/** Passes a text on, up to its end mark. If a line break stood before it, one behind it goes too: both are the tags'. */
function* passUntil(
  text: TextSource,
  end: string,
  isFramed: boolean,
  pass: (piece: string) => void,
): Reading<boolean> {
  let lineBreak = "";
  while (true) {
    const run = text.run(IN_VALUE);
    if (run !== "") {
      pass(lineBreak + run);
      lineBreak = "";
    }
    const next = yield* text.peek();
    if (next === "" || (next === end[0] && (yield* text.accept(end)))) {
      if (!isFramed && lineBreak !== "") pass(lineBreak);
      return next !== "";
    }
    if (next === "\n") {
      if (lineBreak !== "") pass(lineBreak);
      lineBreak = text.take();
    } else if (next === "<" || next === "]") {
      pass(lineBreak + text.take());
      lineBreak = "";
    }
  }
}

/** The name in a tag's rest: `stdout`, `"stdout"`, `"stdout" string="true"`. */
function nameInTag(rest: string): string {
  const [, name] = /^\s*["']?([^"'\s]*)/.exec(rest)!;
  return name;
}
