/**
 * What a person is told in a cell when the model no longer sees the whole past.
 *
 * @module
 */

import { NOTE_PREFIX } from "./notes.ts";
import type { PastSummary } from "./prompt/past_summary.ts";

/** How the note begins that cells are left out. */
export const LEFT_OUT = `${NOTE_PREFIX}The notebook has become long: `;

/** The note that cells are left out. */
export function leftOutNote({ from, to }: PastSummary): string {
  return `${LEFT_OUT}of In [${from}] to In [${to}] the model is now told what they defined, and not their whole code and output. ` +
    "Raise --history-tokens (AIPYTHON_HISTORY_TOKENS) or --max-history-length to send more.\n";
}

/**
 * The note that a server has cut a request off.
 *
 * @param sent about how many tokens the request had
 * @param read how many of them the server counted
 */
export function cutRequestNote(sent: number, read: number): string {
  const [all, part] = [sent, read].map((tokens) => tokens.toLocaleString("en-US"));
  return `${NOTE_PREFIX}The model server read ${part} of about ${all} tokens and left out the rest without saying so: its context is ` +
    "too small for this notebook, so that fewer cells are sent from now on. Give the model a larger context (Ollama: set " +
    "OLLAMA_CONTEXT_LENGTH=16384 and start it again), then restart AIPython.\n";
}
