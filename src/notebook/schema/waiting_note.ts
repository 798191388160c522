/**
 * The words in a cell that say what is waited for. They stand where outputs do, and are none.
 *
 * @module
 */

import { NOTE_PREFIX } from "../../execution/notes.ts";
import { inline, type MediaContainer } from "./media.ts";

/**
 * Makes what stands in the cell during a wait. Its metadata mark it, whatever it says.
 *
 * @param reason what is waited for, as a sentence; absent when the wait is over
 */
export function waitingNote(reason?: string): MediaContainer {
  const text = reason === undefined ? "" : `${NOTE_PREFIX}${reason}\n`;
  return { ...inline(text), metadata: { aipython: { waiting: true } } };
}

/**
 * Whether the content of an output is what the cell waited for.
 *
 * @param content from an event, or its columns in a table
 */
export function isWaitingNote(content: { metadata?: MediaContainer["metadata"] | null } | undefined): boolean {
  return content?.metadata?.aipython?.waiting === true;
}
