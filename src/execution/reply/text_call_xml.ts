/**
 * Reads calls with a tag for each argument: `<function=stdout><parameter=text>a</parameter></function>`.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import { escapeForJson } from "./literal_escape.ts";
import { BLANK, literalAsJson } from "./literal.ts";
import type { ArgumentsWriter, TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextSource } from "./text_source.ts";

/** The beginning of a call, followed by its name. */
export const FUNCTION_MARKS = ["<function=", "<function name=", "<invoke name="];

/** The beginning of a list of arguments after a bare name. */
export const KEY_MARK = "<arg_key>";

/** The beginning of each form of an argument, and the mark at the end of its value. */
const VALUE_ENDS: Record<string, string> = {
  "<parameter=": "</parameter>",
  "<parameter name=": "</parameter>",
  "<param name=": "</param>",
  [KEY_MARK]: "</arg_value>",
};

const PARAMETER_MARKS = Object.keys(VALUE_ENDS);

/** The marks around a value in which `<` and `&` have no meaning. MiniCPM's models write them inside the tags. */
const RAW = { begin: "<![CDATA[", end: "]]>" };

/** The arguments that are always strings. */
const STRING_KEYS = ["text", "ename", "evalue", "prompt"];

/** Characters of a name in a tag, including quotes and attributes. */
const IN_TAG = /[^<>]+/y;

/** Characters of a value that cannot begin a mark. */
const IN_VALUE = /[^<\]\n]+/y;

/** Reads a call after its mark. The arguments are tags or one JSON object. Returns whether the text is a call. */
export function* readXmlCall(text: TextSource, output: TextCallOutput): Reading<boolean> {
  const name = nameInTag(yield* text.skip(IN_TAG));
  if (!(yield* text.accept(">"))) return false;
  yield* text.skip(BLANK);
  if ((yield* text.peek()) === "{") return yield* readArguments(text, output, name);
  return yield* readParameters(text, output, name);
}

/**
 * Reads the arguments of a call, each in a tag, and makes the call.
 *
 * @param name the tool's name as the model wrote it
 * @returns whether the text is a call
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

/** Reads the name of an argument, up to its value. */
function* readKey(text: TextSource, mark: string): Reading<string | undefined> {
  const key = nameInTag(yield* text.skip(IN_TAG));
  if (mark !== KEY_MARK) return (yield* text.accept(">")) ? key : undefined;
  if (!(yield* text.accept("</arg_key>"))) return undefined;
  yield* text.skip(BLANK);
  return (yield* text.accept("<arg_value>")) ? key : undefined;
}

/** Copies a string while it arrives. Returns whether it was complete. */
function* copyValue(text: TextSource, end: string, write: ArgumentsWriter): Reading<boolean> {
  write('"');
  const isWhole = yield* readUntil(text, end, (piece) => write(escapeForJson(piece)));
  if (isWhole) write('"');
  return isWhole;
}

/** Reads a complete object, list or string. Returns whether it was complete. */
function* readValue(text: TextSource, end: string, write: ArgumentsWriter): Reading<boolean> {
  let value = "";
  if (!(yield* readUntil(text, end, (piece) => value += piece))) return false;
  write((/^\s*[[{]/.test(value) ? literalAsJson(value) : undefined) ?? JSON.stringify(value));
  return true;
}

/** Passes on a value, up to the end mark of its tag. */
function* readUntil(text: TextSource, end: string, pass: (piece: string) => void): Reading<boolean> {
  const isFramed = yield* text.accept("\n");
  if (!(yield* text.accept(RAW.begin))) return yield* passUntil(text, end, isFramed, pass);
  if (!(yield* passUntil(text, RAW.end, false, pass))) return false;
  yield* text.skip(BLANK);
  return yield* text.accept(end);
}

/**
 * Passes on a text, up to its end mark. If a line break precedes the text, one at its end is removed, because both belong to the
 * tags.
 */
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

/** Extracts the name from the rest of a tag: `stdout`, `"stdout"`, `"stdout" string="true"`. */
function nameInTag(rest: string): string {
  const [, name] = /^\s*["']?([^"'\s]*)/.exec(rest)!;
  return name;
}
