/**
 * The placeholders of prompt files: the words of the system prompt that the agent itself sends, looks for or shows.
 *
 * @module
 */

import { SYNTAX_ERROR_EXAMPLE, TRACEBACK_EXAMPLE } from "../../src/execution/prompt/prompt_examples.ts";
import { DONE, NO_OUTPUT, OUTPUT_OMITTED } from "../../src/execution/prompt/system_prompt.ts";
import { SCRATCH_HINTS } from "../../src/execution/prompt/turn_hint.ts";

export interface Placeholder {
  /** The text that replaces it. */
  text: string;
  /** Whether a prompt must have it, because a model has no other way to know what the text is for. */
  required: boolean;
  /** The meaning of the text, for messages. */
  meaning: string;
}

/** The placeholders, by name. A prompt file writes `{{no_output}}`. */
export const placeholders: Readonly<Record<string, Placeholder>> = {
  no_output: { text: NO_OUTPUT, required: true, meaning: "the reply to a cell that outputs nothing" },
  done: { text: DONE, required: true, meaning: "the mark at the end of an earlier cell's output" },
  output_omitted: { text: OUTPUT_OMITTED, required: true, meaning: "the mark in place of outputs that are left out" },
  brief: { text: SCRATCH_HINTS.brief, required: true, meaning: "the note that asks for short scratch work" },
  full: { text: SCRATCH_HINTS.full, required: true, meaning: "the note that asks for scratch work step by step" },
  traceback: { text: TRACEBACK_EXAMPLE, required: false, meaning: "a traceback, as an example" },
  syntax_error: { text: SYNTAX_ERROR_EXAMPLE, required: false, meaning: "a SyntaxError, as an example" },
};

/** Writes a placeholder as it is in prompt files. */
export function written(name: string): string {
  return `{{${name}}}`;
}
