/**
 * Ids for new notebooks.
 *
 * @module
 */

/** How long a notebook's id is, and of which characters; from the notebook contract. */
const LENGTH = 12;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";

/** Makes an id that no notebook has. */
export function newNotebookId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
