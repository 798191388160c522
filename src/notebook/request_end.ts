/**
 * Ends execution requests: commits how they ended, and corrects a status that crossing events have overwritten.
 *
 * @module
 */

import type { ErrorOutput } from "../execution/cell_output.ts";
import type { Clock } from "../async/clock.ts";
import type { Logger } from "../logger.ts";
import { type RequestRow, requestState } from "./execution_request.ts";
import type { JobResult } from "./job.ts";
import type { NotebookEvent, NotebookStore } from "./notebook_store.ts";
import { stopAfterFailure, stopAfterRefusal } from "./run_all.ts";
import { errorContent } from "./schema/error_content.ts";
import { events } from "./schema/mod.ts";

export interface RequestEndOptions {
  notebook: NotebookStore;
  /** The name of this runtime in events: `runtime-<runtimeId>`. */
  actor: string;
  /** Whether a Run All stops at a cell that raises or is interrupted. */
  stopOnError: boolean;
  logger: Logger;
  clock: Clock;
}

export class RequestEnd {
  readonly #options: RequestEndOptions;

  constructor(options: RequestEndOptions) {
    this.#options = options;
  }

  /**
   * Completes a request, and cancels the requests that its result stops.
   *
   * @param startedAt the clock's time at which it was begun, in milliseconds. Default: now
   */
  complete(request: RequestRow, result: JobResult, startedAt = this.#options.clock.now()): void {
    const { notebook, actor, stopOnError, clock } = this.#options;
    const { id: queueId, cellId } = request;
    const { status, error, lastOutputs = [], stops } = result;
    const completed = events.executionCompleted({
      queueId,
      cellId,
      status,
      ...(error === undefined ? {} : { error }),
      completedAt: clock.date(),
      executionDurationMs: Math.round(clock.now() - startedAt),
    });
    const stop = stops === "queue" ? stopAfterRefusal : stops === "run" && stopOnError ? stopAfterFailure : undefined;
    // The stopped requests come first. If this agent died in between, a Run All would otherwise continue after a failed cell.
    const stopped = stop?.(notebook, request, error ?? "an error", actor) ?? [];
    notebook.commit(...lastOutputs, ...stopped, completed);
  }

  cancel({ id: queueId, cellId }: RequestRow, reason: string, lastOutputs: readonly NotebookEvent[] = []): void {
    const { notebook, actor } = this.#options;
    notebook.commit(...lastOutputs, events.executionCancelled({ queueId, cellId, cancelledBy: actor, reason }));
  }

  /** Shows an error in the cell instead of executing it, and completes the request as failed. */
  refuse(request: RequestRow, refusal: ErrorOutput): void {
    const { notebook, logger } = this.#options;
    const { cellId, requestedBy } = request;
    const reason = refusal.evalue;
    logger.warn("a request was refused", { cellId, requestedBy, reason });
    const content = errorContent(refusal);
    notebook.commit(events.errorOutputAdded({ id: crypto.randomUUID(), cellId, position: 0, content }));
    this.complete(request, { status: "error", error: reason });
  }

  /** Ends a request again that had ended before our claim arrived: the claim has set its status back to "assigned". */
  restore(request: RequestRow, endedAs: "completed" | "failed" | "cancelled"): void {
    if (endedAs === "cancelled") this.cancel(request, "it was cancelled before it began");
    else this.complete(request, { status: endedAs === "completed" ? "success" : "error" });
  }

  /**
   * Ends a request again if a person's cancellation crossed our event. The cancellation is then in the log before our begin or completion,
   * which has set the status to "executing" or "completed". A cancellation after our completion needs no correction.
   */
  restoreIfOvertaken(request: RequestRow): void {
    const [state] = this.#options.notebook.select(requestState(request.id));
    const { status, endedAs } = state ?? { endedAs: null };
    if (endedAs !== null && status !== endedAs && status !== "cancelled") this.restore(request, endedAs);
  }
}
