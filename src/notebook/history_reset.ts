/**
 * Where a new session of the notebook begins: what was run before it is not remembered.
 *
 * Runtimes come and go, and the next one remembers what was run for the last, because the notebook does. A person who wants to begin
 * anew says so in the notebook's metadata, where every client sees it.
 *
 * @module
 */

/** The key in the notebook's metadata. Its value is the ordinal, in `aipythonExecutions`, of the last run that is forgotten. */
export const HISTORY_RESET_KEY = "aipythonForgottenRuns";

/** That ordinal, in SQL; 0 where nothing is forgotten. */
export const lastRunBeforeReset =
  `COALESCE((SELECT CAST(value AS INTEGER) FROM notebookMetadata WHERE key = '${HISTORY_RESET_KEY}'), 0)`;
