/**
 * The form of notebook ids that the server accepts.
 *
 * @module
 */

/** Letters, digits, `_` and `-`; 128 of them is ten times what the notebook app uses, and keeps keys and table names short. */
const notebookIdPattern = /^[\w-]{1,128}$/;

/** Whether a text can be the id of a notebook. */
export function isNotebookId(text: string): boolean {
  return notebookIdPattern.test(text);
}
