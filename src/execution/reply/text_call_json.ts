/**
 * Reads calls in the form of JSON objects: `{"name": "stdout", "arguments": {"text": "a\n"}}`.
 *
 * @module
 */

import { makeCall, readArguments } from "./text_call_arguments.ts";
import { BLANK, readLiteral } from "./literal.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import type { Reading, TextSource } from "./text_source.ts";

const NAME_KEYS = ["name", "tool", "tool_name", "function"];
const ARGUMENTS_KEYS = ["arguments", "parameters", "args"];

/** The key of a call inside a wrapper: `{"type": "function", "function": {"name": ...}}`. */
const WRAPPED_KEY = "function";

/** The key of a list of calls inside a wrapper: `{"tool_calls": [...]}`. */
const LIST_KEY = "tool_calls";

/** Characters between two members. */
const MEMBER_SEPARATORS = /[\s,]+/y;

/** Characters between two calls, including superfluous brackets. */
const CALL_SEPARATORS = /[\s,;\]}]+/y;

/** The parts of a call that have been read. */
interface Draft {
  name?: string;
  /** The arguments, if they came before the name. */
  json?: string;
  /** Whether the call has been made. */
  made: boolean;
}

/**
 * Reads a call, and further calls that follow after commas, semicolons, white space or closing brackets.
 *
 * @returns whether there was a call; an object after the first call that is not a call becomes prose
 */
export function* readJsonCalls(text: TextSource, output: TextCallOutput): Reading<boolean> {
  let made = false;
  while ((yield* text.peek()) === "{") {
    text.hold();
    const found = yield* readObject(text, output);
    if (found === "list") continue;
    if (found === "nothing") {
      if (made) output.text(text.release());
      return made;
    }
    made = true;
    yield* text.skip(CALL_SEPARATORS);
  }
  return made;
}

/** Reads as much of an object as is valid. Of a list of calls, reads only the beginning. */
function* readObject(text: TextSource, output: TextCallOutput): Reading<"call" | "list" | "nothing"> {
  const draft: Draft = { made: false };
  text.take();
  for (let depth = 1; depth > 0;) {
    yield* text.skip(MEMBER_SEPARATORS);
    if (yield* text.accept("}")) {
      depth -= 1;
      continue;
    }
    const key = yield* readKey(text);
    if (key === undefined) break;
    const first = yield* text.peek();
    if (key === WRAPPED_KEY && first === "{" && !draft.made) {
      text.take();
      depth += 1;
    } else if (key === LIST_KEY && first === "[" && !draft.made) {
      text.take();
      yield* text.skip(BLANK);
      return "list";
    } else if (!(yield* readMember(text, output, draft, key))) break;
  }
  return draft.made ? "call" : "nothing";
}

/** Reads a key and the colon after it. Returns `undefined` if there is none. */
function* readKey(text: TextSource): Reading<string | undefined> {
  const first = yield* text.peek();
  const key = first === '"' || first === "'" ? yield* readLiteral(text) : undefined;
  yield* text.skip(BLANK);
  if (key === undefined || !(yield* text.accept(":"))) return undefined;
  yield* text.skip(BLANK);
  return JSON.parse(key);
}

/** Reads the value of a key, and makes the call as soon as possible. Returns whether the object may continue. */
function* readMember(text: TextSource, output: TextCallOutput, draft: Draft, key: string): Reading<boolean> {
  if (ARGUMENTS_KEYS.includes(key) && !draft.made) {
    if (draft.name !== undefined) return draft.made = yield* readArguments(text, output, draft.name);
    draft.json = yield* readLiteral(text);
    return draft.json !== undefined;
  }
  const value = yield* readLiteral(text);
  if (value === undefined) return false;
  if (NAME_KEYS.includes(key) && draft.name === undefined && value.startsWith('"')) {
    const name: string = JSON.parse(value);
    draft.name = name;
    if (draft.json !== undefined) draft.made = makeCall(output, name, draft.json);
  }
  return true;
}
