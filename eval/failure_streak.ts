/**
 * Stops a run whose model fails one cell after the other: the next ones would fail too.
 *
 * @module
 */

import { ModelError, RefusedError } from "../src/errors.ts";
import type { Answer } from "./ask_cell.ts";
import { isScore } from "./score_run.ts";

/**
 * How many cells may fail in a row. Each was already retried if that could help, so three failures are not a
 * coincidence.
 */
export const MOST_FAILURES = 3;

/** Counts the cells that have failed since the last one with a score. */
export class FailureStreak {
  #length = 0;

  /**
   * Counts the next answer. A late answer does not count as a failure.
   *
   * @throws {RefusedError} the last of {@linkcode MOST_FAILURES} failures was a refused API key
   * @throws {ModelError} the last of these failures had another cause
   */
  add({ failure, failureKind }: Answer): void {
    if (failureKind === "late") return;
    this.#length = isScore({ failure, failureKind }) ? 0 : this.#length + 1;
    if (this.#length < MOST_FAILURES) return;
    const message = `the model failed ${MOST_FAILURES} times in a row, so the run was stopped: ${failure}`;
    if (failureKind === "refused") throw new RefusedError("model", message);
    throw new ModelError(failureKind ?? "server_error", message);
  }
}
