/**
 * Reads the recipients of Functionary: `>>>stdout`, and its arguments in the line below.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import { NAME } from "./text_call_python.ts";
import type { Reading, TextSource } from "./text_source.ts";

/** What stands before a recipient; where a reply begins with one, its prompt has the mark. */
export const RECIPIENT_MARK = ">>>";

/** The recipient of prose. */
const EVERYONE = "all";

/** What arguments begin with in the line below. */
const BELOW = ['\n{"', "\n{'"];

/**
 * Reads a recipient, from its mark on, and the call if it is a tool.
 *
 * @returns whether it is a recipient
 */
export function* readRecipient(text: TextSource, output: TextCallOutput): Reading<boolean> {
  if (!(yield* text.accept(RECIPIENT_MARK))) return false;
  const name = yield* text.skip(NAME);
  return name === EVERYONE ? yield* text.accept("\n") : yield* readArgumentsBelow(text, output, name);
}

/**
 * Reads the arguments of a tool in the line below its name.
 *
 * @returns whether there is a call
 */
export function* readArgumentsBelow(text: TextSource, output: TextCallOutput, name: string): Reading<boolean> {
  if (output.toolOf(name) === undefined || (yield* text.match(BELOW)) === undefined) return false;
  text.take();
  return yield* readArguments(text, output, name);
}
