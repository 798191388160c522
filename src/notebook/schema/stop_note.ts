/**
 * The words in a cell that say why it was not run with the others. They stand where outputs do, and are none.
 *
 * @module
 */

import { inline, type MediaContainer } from "./media.ts";

/** The id of that output. A notebook has one at a time: the next one takes it from the cell where the last one stands. */
export const STOP_NOTE_ID = "aipython-run-all-stopped";

/** Makes the content of that output. Its metadata mark it, whatever it says. */
export function stopNote(text: string): MediaContainer {
  return { ...inline(text), metadata: { aipython: { stopped: true } } };
}

/** Whether the content of an output says why a cell was not run. */
export function isStopNote(content: MediaContainer | undefined): boolean {
  return content?.metadata?.aipython?.stopped === true;
}
