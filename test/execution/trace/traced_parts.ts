/**
 * Parts of expected traces.
 *
 * @module
 */

import type { TracedPart } from "../../../src/execution/trace/cell_trace.ts";
import { callInPieces, done, finish, stdout, usage } from "../../support/scripted_answer.ts";

/** Builds the traced part of a reply for a call. */
export const made = (name: string, args: unknown): TracedPart => ({
  type: "call",
  name,
  arguments: JSON.stringify(args),
});

export const cutReply = [
  ...stdout("one\n"),
  ...callInPieces("stdout", ['{"text":"tw']),
  ...finish("length"),
  ...usage(),
  ...done(),
];
