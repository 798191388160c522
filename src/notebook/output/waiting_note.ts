/**
 * The words in a cell that say what is waited for.
 *
 * @module
 */

const MARK = "[AIPython] ";

/** How reasons end: with the seconds until a request is sent again, or with the turn that it waits for. */
const ENDS = [" s.\n", " its turn.\n"];

/** The text that stands in the cell during a wait. */
export function waitingNote(reason: string): string {
  return `${MARK}${reason}\n`;
}

/** Whether a text is all that is left of a wait: nothing, or its words where the cell ended in the middle of it. */
export function isWaitingNote(text: string): boolean {
  return text === "" || (text.startsWith(MARK) && ENDS.some((end) => text.endsWith(end)));
}
