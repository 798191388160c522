/**
 * Remembers in the browser's tab that a file was being saved as a notebook, in case the page is left meanwhile.
 *
 * @module
 */

const KEY = "aipython.saving";

/** Whether this page is saving. Meanwhile it may show something else. */
let isSaving = false;

/** Remembers how much of a file is saved. */
export function rememberSaving(text: string): void {
  isSaving = true;
  sessionStorage.setItem(KEY, text);
}

/** Forgets a file that was saved, or whose failure was reported. */
export function forgetSaving(): void {
  isSaving = false;
  sessionStorage.removeItem(KEY);
}

/** Returns how much of a file was saved when the page was left. `undefined` if none was being saved. */
export function unfinishedSaving(): string | undefined {
  return isSaving ? undefined : sessionStorage.getItem(KEY) ?? undefined;
}

/** Forgets an unfinished saving that was reported. */
export function dropUnfinished(): void {
  if (!isSaving) forgetSaving();
}
