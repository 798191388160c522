/**
 * The words in a cell that say what is waited for.
 *
 * @module
 */

const MARK = "[AIPython] ";

/** The text that stands in the cell during a wait. */
export function waitNote(reason: string): string {
  return `${MARK}${reason}\n`;
}

/** Whether a text is all that is left of a wait: nothing, or its words where the cell ended in the middle of it. */
export function isLeftOfWait(text: string): boolean {
  return text === "" || (text.startsWith(MARK) && text.endsWith(" s.\n"));
}
