/**
 * Parts of traces that are compared.
 *
 * @module
 */

import type { TracedPart } from "../../../src/execution/trace/cell_trace.ts";
import { callInPieces, done, finish, stdout, usage } from "../../support/scripted_answer.ts";

/** A part of a reply that is a call. */
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
