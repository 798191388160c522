/**
 * Reads calls after a mark that announces calls.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import { readJsonCalls } from "./text_call_json.ts";
import { BLANK } from "./literal.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import { NAME, readPythonArguments } from "./text_call_python.ts";
import type { Reading, TextSource } from "./text_source.ts";
import { FUNCTION_MARKS, KEY_MARK, readParameters, readXmlCall } from "./text_call_xml.ts";

/** The marks of Qwen and Hermes, Llama, Mistral, Granite and Phi, LM Studio, Kimi and DeepSeek. */
export const CALL_MARKS = [
  "<tool_call>",
  "<tool_calls>",
  "<function_call>",
  "<functioncall>",
  "<tools>",
  "<|python_tag|>",
  "[TOOL_CALLS]",
  "<|tool_call|>",
  "[TOOL_REQUEST]",
  "<|tool_call_begin|>",
  "<｜tool▁call▁begin｜>",
];

/** Marks before a name, or between a name and its arguments. */
const CONNECTORS = [
  "[ARGS]",
  "[CALL_ID]",
  "<|tool_call_argument_begin|>",
  "<｜tool▁sep｜>",
  "```json",
  "```",
  KEY_MARK,
];

/** The number of words and marks before the arguments. `[TOOL_CALLS]stdout[CALL_ID]a1b2c3d4e[ARGS]{...}` has four. */
const MAX_PARTS = 8;

/** Reads the calls after a mark, in any form. Returns whether there was a call. */
export function* readTaggedCalls(text: TextSource, output: TextCallOutput): Reading<boolean> {
  yield* text.skip(BLANK);
  if ((yield* text.accept("```json")) || (yield* text.accept("```")) || (yield* text.accept("["))) {
    yield* text.skip(/[\s[]+/y);
  }
  if ((yield* text.peek()) === "{") return yield* readJsonCalls(text, output);
  const mark = yield* text.match(FUNCTION_MARKS);
  if (mark === undefined) return yield* readNamedCall(text, output);
  text.take(mark.length);
  return yield* readXmlCall(text, output);
}

/** Reads a call whose name precedes its arguments. Returns whether the text is a call. */
function* readNamedCall(text: TextSource, output: TextCallOutput): Reading<boolean> {
  let name = "";
  for (let parts = 0; parts < MAX_PARTS; parts++) {
    yield* text.skip(BLANK);
    const first = yield* text.peek();
    if (first === "{") return yield* readArguments(text, output, name);
    if (first === "(") return yield* readPythonArguments(text, output, name, true);
    const connector = yield* text.match(CONNECTORS);
    if (connector === KEY_MARK) return yield* readParameters(text, output, name);
    const word = connector === undefined ? yield* text.skip(NAME) : text.take(connector.length);
    if (word === "") return false;
    if (connector === undefined && output.toolOf(name, "text") === undefined) name = word;
  }
  return false;
}
