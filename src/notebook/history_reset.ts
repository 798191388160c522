/**
 * The point after which a notebook's history begins. Earlier executions are not sent to the model.
 *
 * The notebook keeps its history when runtimes are restarted. A person who wants a fresh start has the reset written to the notebook's
 * metadata, where all clients see it.
 *
 * @module
 */

/** The key in the notebook's metadata. Its value is the ordinal in `aipythonExecutions` of the last execution before the reset. */
export const HISTORY_RESET_KEY = "aipythonForgottenRuns";

/** That ordinal as an SQL expression; 0 if there was no reset. */
export const lastRunBeforeReset =
  `COALESCE((SELECT CAST(value AS INTEGER) FROM notebookMetadata WHERE key = '${HISTORY_RESET_KEY}'), 0)`;
