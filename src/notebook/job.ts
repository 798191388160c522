/**
 * A claimed execution request and its result.
 *
 * @module
 */

import type { NotebookEvent } from "./notebook_store.ts";

/** The reason for interrupting a cell. `lost` means that this runtime no longer serves the notebook. */
export type InterruptReason = "cancelled" | "deleted" | "lost" | "shutdown";

/** The reason of the abort signal of a running cell. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly reason: InterruptReason;

  constructor(reason: InterruptReason) {
    super(`the execution was interrupted: ${reason}`);
    this.reason = reason;
  }
}

/** A claimed request that is being served. */
export interface ClaimedRequest {
  /** The request's id. */
  queueId: string;
  cellId: string;
  /** The cell's current source. */
  code: string;
  /** The count from the request, which its events carry, too. The web app counts the runs of each cell separately. */
  requestedCount: number;
  /** Aborted with an {@linkcode Interrupted} when the cell must stop immediately. */
  signal: AbortSignal;
}

/** A claimed request whose cell is to be executed. */
export interface Job extends ClaimedRequest {
  /** The `n` of `In [n]`: the number of the execution in the session. */
  executionCount: number;
}

export interface JobResult {
  status: "success" | "error";
  /** The error in one line. */
  error?: string;
  /** The cell's last outputs, to be committed together with the end of the request. */
  lastOutputs?: readonly NotebookEvent[];
  /**
   * The requests that should not be run after this one: `run` for the rest of its Run All, which requires `stopOnError`, or `queue` for
   * all waiting requests. Default: none.
   */
  stops?: "run" | "queue";
}
