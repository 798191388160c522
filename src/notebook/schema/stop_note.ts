/**
 * The note in a cell that a Run All stopped before it. It is stored like an output but is not one.
 *
 * @module
 */

import { inline, type MediaContainer } from "./media.ts";

/** The note's id. Since it is always the same, a notebook has only one such note: the next one removes it from the earlier cell. */
export const STOP_NOTE_ID = "aipython-run-all-stopped";

/** Makes the note's content. It is recognized by its metadata, not by its text. */
export function stopNote(text: string): MediaContainer {
  return { ...inline(text), metadata: { aipython: { stopped: true } } };
}

export function isStopNote(content: MediaContainer | undefined): boolean {
  return content?.metadata?.aipython?.stopped === true;
}
