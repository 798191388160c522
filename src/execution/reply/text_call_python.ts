/**
 * Reads calls in Python syntax: `stdout(text="a\n")`.
 *
 * @module
 */

import { BLANK, copyLiteral } from "./literal.ts";
import type { ArgumentsWriter, TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextSource } from "./text_source.ts";
import { parameterNames, type ToolName } from "./tools.ts";

/** Characters of a name with its namespace: `functions.stdout`. */
export const NAME = /[\w.:-]+/y;

/** Characters that may follow a call on its line. */
const AFTER_CALL = /[ \t;]+/y;

/** The characters that end a line, including those of a code fence or a tag, and the characters that end a call in a list. */
const CALL_ENDS = ["", "\n", "\r", "`", "<"];
const LISTED_CALL_ENDS = [...CALL_ENDS, ",", "]"];

/**
 * Reads the keyword arguments of a call in their parentheses, and makes the call.
 *
 * @param name the tool's name as the model wrote it
 * @param streams whether to make the call while it arrives; if not, it is made when its line, or its item in a list, is complete
 *   and contains nothing else
 * @param isListed whether the call is in a list
 * @returns whether the text is a call
 */
export function* readPythonArguments(
  text: TextSource,
  output: TextCallOutput,
  name: string,
  streams: boolean,
  isListed = false,
): Reading<boolean> {
  let tool: ToolName | undefined;
  let write: ArgumentsWriter | undefined;
  let json = "";
  text.take();
  do {
    yield* text.skip(BLANK);
    if (tool !== undefined && (yield* text.peek()) === ")") break;
    const key = yield* readKey(text);
    const isFirst = tool === undefined;
    tool ??= output.toolOf(name, key);
    if (key === undefined || tool === undefined || !parameterNames(tool).includes(key)) return write !== undefined;
    if (isFirst && streams && (write = output.open(tool)) === undefined) return false;
    const pass = write ?? ((piece) => json += piece);
    pass(`${isFirst ? "{" : ","}${JSON.stringify(key)}:`);
    if (!(yield* copyLiteral(text, pass))) return write !== undefined;
    yield* text.skip(BLANK);
  } while (yield* text.accept(","));
  if (!(yield* text.accept(")"))) return write !== undefined;
  if (write === undefined && (yield* endsCall(text, isListed))) {
    write = output.open(tool);
    write?.(json);
  }
  write?.("}");
  return write !== undefined;
}

/** Reads the name of an argument and the equals sign. */
function* readKey(text: TextSource): Reading<string | undefined> {
  const key = yield* text.skip(NAME);
  yield* text.skip(BLANK);
  return (yield* text.accept("=")) ? key : undefined;
}

function* endsCall(text: TextSource, isListed: boolean): Reading<boolean> {
  yield* text.skip(AFTER_CALL);
  return (isListed ? LISTED_CALL_ENDS : CALL_ENDS).includes(yield* text.peek());
}
