/**
 * Notes for the person when the model does not see the whole history.
 *
 * @module
 */

import { NOTE_PREFIX } from "./notes.ts";
import type { PastSummary } from "./prompt/past_summary.ts";

/** The beginning of the note that cells are left out. */
export const LEFT_OUT = `${NOTE_PREFIX}The notebook has become long: `;

/** Creates the note that cells are left out. */
export function leftOutNote({ from, to }: PastSummary): string {
  return `${LEFT_OUT}of In [${from}] to In [${to}] the model is now sent what they defined, not their whole code and output. ` +
    "Raise --history-tokens (AIPYTHON_HISTORY_TOKENS) or --max-history-length to send more.\n";
}

/**
 * Creates the note that a server truncated a request.
 *
 * @param sent the estimated number of tokens in the request
 * @param read the number of tokens that the server counted
 */
export function cutRequestNote(sent: number, read: number): string {
  const [all, part] = [sent, read].map((tokens) => tokens.toLocaleString("en-US"));
  return `${NOTE_PREFIX}The model server read ${part} of about ${all} tokens and silently left out the rest: its context is ` +
    "too small for this notebook, so fewer cells are sent from now on. Give the model a larger context (Ollama: set " +
    "OLLAMA_CONTEXT_LENGTH=16384 and start it again), then restart AIPython.\n";
}
