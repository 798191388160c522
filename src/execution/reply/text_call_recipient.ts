/**
 * Reads the recipients of Functionary: `>>>stdout`, with the arguments on the next line.
 *
 * @module
 */

import { readArguments } from "./text_call_arguments.ts";
import type { TextCallOutput } from "./text_call_output.ts";
import { NAME } from "./text_call_python.ts";
import type { Reading, TextSource } from "./text_source.ts";

/** The mark before a recipient. If a reply begins with a recipient, the mark is in the prompt. */
export const RECIPIENT_MARK = ">>>";

/** The recipient of prose. */
const EVERYONE = "all";

/** The beginning of arguments on the next line. */
const BELOW = ['\n{"', "\n{'"];

/** Reads a recipient, beginning with its mark, and the call if the recipient is a tool. Returns whether the text is a recipient. */
export function* readRecipient(text: TextSource, output: TextCallOutput): Reading<boolean> {
  if (!(yield* text.accept(RECIPIENT_MARK))) return false;
  const name = yield* text.skip(NAME);
  return name === EVERYONE ? yield* text.accept("\n") : yield* readArgumentsBelow(text, output, name);
}

/** Reads the arguments of a tool on the line after its name. Returns whether the text is a call. */
export function* readArgumentsBelow(text: TextSource, output: TextCallOutput, name: string): Reading<boolean> {
  if (output.toolOf(name) === undefined || (yield* text.match(BELOW)) === undefined) return false;
  text.take();
  return yield* readArguments(text, output, name);
}
