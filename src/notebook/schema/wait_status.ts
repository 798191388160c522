/**
 * The status message in a cell that waits. It is stored like an output but is not one.
 *
 * @module
 */

import { NOTE_PREFIX } from "../../execution/notes.ts";
import { inline, type MediaContainer } from "./media.ts";

/**
 * Makes the message's content. It is recognized by its metadata, not by its text.
 *
 * @param reason a sentence that says what the cell waits for; absent when the wait is over
 */
export function waitStatus(reason?: string): MediaContainer {
  const text = reason === undefined ? "" : `${NOTE_PREFIX}${reason}\n`;
  return { ...inline(text), metadata: { aipython: { waiting: true } } };
}

/**
 * Whether the content of an output is a status message.
 *
 * @param content the content in an event, or the columns of a row
 */
export function isWaitStatus(content: { metadata?: MediaContainer["metadata"] | null } | undefined): boolean {
  return content?.metadata?.aipython?.waiting === true;
}
