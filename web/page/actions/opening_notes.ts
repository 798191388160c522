/**
 * Notes on what could not be imported from a file, until the notebook's page shows them.
 *
 * @module
 */

/** The number of notes that are quoted. Further ones are only counted. */
const NAMED = 5;

const waiting = new Map<string, string>();

/** Summarizes the notes of a file's reader in a sentence. `undefined` if there are none. */
export function describeNotes(notes: readonly string[] = []): string | undefined {
  if (notes.length === 0) return undefined;
  const more = notes.length - NAMED;
  return `Not all of the file is in the notebook: ${notes.slice(0, NAMED).join("; ")}${
    more > 0 ? `; and ${more.toLocaleString("en")} more` : ""
  }.`;
}

/** Stores a sentence for the page of a notebook. */
export function leaveNote(notebookId: string, note: string): void {
  waiting.set(notebookId, note);
}

export function noteFor(notebookId: string): string | undefined {
  return waiting.get(notebookId);
}

/** Removes the sentence once it was read. */
export function dropNote(notebookId: string): void {
  waiting.delete(notebookId);
}
