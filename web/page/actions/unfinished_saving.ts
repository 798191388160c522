/**
 * Remembers in the browser's tab that a file was being saved as a notebook, for when the page is left meanwhile.
 *
 * @module
 */

const KEY = "aipython.saving";

/** Whether this very page is saving; another part of it may be shown meanwhile. */
let isSaving = false;

/** Remembers how far a file is saved. */
export function rememberSaving(text: string): void {
  isSaving = true;
  sessionStorage.setItem(KEY, text);
}

/** It is saved, or has failed and that was said. */
export function forgetSaving(): void {
  isSaving = false;
  sessionStorage.removeItem(KEY);
}

/** How far a file was saved when the page was left; `undefined` when none was. */
export function unfinishedSaving(): string | undefined {
  return isSaving ? undefined : sessionStorage.getItem(KEY) ?? undefined;
}

/** That is said now. */
export function dropUnfinished(): void {
  if (!isSaving) forgetSaving();
}
