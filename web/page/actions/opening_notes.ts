/**
 * What in a file could not be taken over into its notebook, until the notebook's page shows it.
 *
 * @module
 */

/** So many notes are named; the others are counted. */
const NAMED = 5;

const waiting = new Map<string, string>();

/** Describes the notes of a file's reader in a sentence; `undefined` when there are none. */
export function describeNotes(notes: readonly string[] = []): string | undefined {
  if (notes.length === 0) return undefined;
  const more = notes.length - NAMED;
  return `Not all of the file is in the notebook: ${notes.slice(0, NAMED).join("; ")}${
    more > 0 ? `; and ${more.toLocaleString("en")} more` : ""
  }.`;
}

/** Keeps a sentence for the page of a notebook. */
export function leaveNote(notebookId: string, note: string): void {
  waiting.set(notebookId, note);
}

/** The sentence that was left for a notebook. */
export function noteFor(notebookId: string): string | undefined {
  return waiting.get(notebookId);
}

/** The sentence was read. */
export function dropNote(notebookId: string): void {
  waiting.delete(notebookId);
}
