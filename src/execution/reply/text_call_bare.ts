/**
 * Reads calls without a mark. They count only at the beginning of a reply and directly after each other.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import { readJsonCalls } from "./text_call_json.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import { NAME, readPythonArguments } from "./text_call_python.ts";
import { readArgumentsBelow } from "./text_call_recipient.ts";
import type { Reading, TextSource } from "./text_source.ts";

/** The mark that Mistral's models write between a name and its arguments. Servers remove the mark before the name. */
const ARGUMENTS_MARK = "[ARGS]";

/** The mark that Firefunction's models write before a list of calls. */
const LIST_MARK = "functools[";

/**
 * Reads JSON objects (`{"name": "stdout", ...}`), a Python call (`stdout(text="a")`), a list of either, or a name with its
 * arguments (`stdout[ARGS]{"text": "a"}`), which may be on the next line. The first Python call in a reply is made when its line is
 * complete, later ones while they arrive.
 *
 * @returns whether the text is a call
 */
export function* readBareCalls(text: TextSource, output: TextCallOutput): Reading<boolean> {
  yield* text.accept(LIST_MARK);
  const opening = yield* text.skip(/[\s[]+/y);
  output.quotable = true;
  if ((yield* text.peek()) === "{") return yield* readJsonCalls(text, output);
  const name = yield* text.skip(NAME);
  if ((yield* text.peek()) === "(") {
    return yield* readPythonArguments(text, output, name, output.made > 0, opening !== "");
  }
  if (output.toolOf(name) === undefined) return false;
  output.quotable = false;
  const next = yield* text.peek();
  if (next === "\n") return yield* readArgumentsBelow(text, output, name);
  return (next === "{" || (yield* text.accept(ARGUMENTS_MARK))) && (yield* readArguments(text, output, name));
}
