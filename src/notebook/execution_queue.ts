/**
 * Serves a notebook's execution requests, one at a time, in the order in which they were made.
 *
 * @module
 */

import { refusedAfterLosses, refusedByLimit, refusedCellType } from "../execution/refused_request.ts";
import type { Logger } from "../logger.ts";
import { nextRequest, type RequestRow, requestState } from "./execution_request.ts";
import { interruptedOutputs } from "./interrupted_outputs.ts";
import { lostRunsOf, MAX_LOST_RUNS } from "./lost_runs.ts";
import { type ClaimedRequest, Interrupted, type Job, type JobResult } from "./job.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { RequestEnd } from "./request_end.ts";
import type { RequestLimits } from "./request_limits.ts";
import { stopAfterInterruption } from "./run_all.ts";
import type { RuntimeSession } from "./runtime_session.ts";
import { events, tables } from "./schema/mod.ts";
import type { Clock } from "../async/clock.ts";
import { Notifier } from "../async/notifier.ts";

export interface ExecutionQueueOptions {
  notebook: NotebookStore;
  session: RuntimeSession;
  /** The name of this runtime in events: `runtime-<runtimeId>`. */
  actor: string;
  limits: RequestLimits;
  /** Whether a Run All stops at a cell that raises or is interrupted. */
  stopOnError: boolean;
  /** Executes a cell. When it resolves, the outputs are in flight or part of the result. Rejects when interrupted. */
  execute(job: Job): Promise<JobResult>;
  /** Answers an AI cell in the same way. Default: AI cells are refused. */
  answer?(request: ClaimedRequest): Promise<JobResult>;
  logger: Logger;
  clock: Clock;
}

export class ExecutionQueue {
  readonly #options: ExecutionQueueOptions;
  readonly #changes = new Notifier();
  readonly #stopped = new AbortController();
  readonly #end: RequestEnd;
  #running: AbortController | undefined;

  constructor(options: ExecutionQueueOptions) {
    this.#options = options;
    this.#end = new RequestEnd(options);
  }

  /** Serves requests until the queue is stopped. */
  async run(): Promise<void> {
    const { notebook } = this.#options;
    const { signal } = this.#stopped;
    const stopWatching = notebook.watch(nextRequest, () => this.#changes.notify());
    try {
      while (!signal.aborted) {
        const [request] = notebook.select(nextRequest);
        if (request !== undefined) await this.#serve(request);
        else await this.#changes.until(() => notebook.select(nextRequest).length > 0, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      stopWatching();
    }
  }

  /** Stops taking requests, and interrupts the running one. */
  stop(reason: "lost" | "shutdown"): void {
    this.#running?.abort(new Interrupted(reason));
    this.#stopped.abort(new Interrupted(reason));
  }

  /** Stops taking requests, but does not interrupt the running one. */
  finish(): void {
    this.#stopped.abort(new Interrupted("shutdown"));
  }

  /** Claims a request, waits until the server has confirmed the claim, and serves the request. */
  async #serve(request: RequestRow): Promise<void> {
    const { notebook, session, actor, limits, stopOnError, answer, clock } = this.#options;
    notebook.commit(events.executionAssigned({ queueId: request.id, runtimeSessionId: session.id }));
    await notebook.settled(this.#stopped.signal);
    this.#stopped.signal.throwIfAborted();
    const [state] = notebook.select(requestState(request.id));
    if (state?.status !== "assigned" || state.sessionId !== session.id || !session.isActive) return;
    if (state.endedAs !== null) return this.#end.restore(request, state.endedAs);

    const stopped = stopOnError ? stopAfterInterruption(notebook, request.id, actor) : [];
    if (stopped.length > 0) return notebook.commit(...stopped);

    const [cell] = notebook.query(tables.cells.where({ id: request.cellId }));
    if (cell === undefined) return this.#end.cancel(request, "the cell was deleted");
    notebook.commit(
      events.executionStarted({
        queueId: request.id,
        cellId: request.cellId,
        runtimeSessionId: session.id,
        startedAt: clock.date(),
      }),
      events.cellOutputsCleared({ cellId: request.cellId, wait: false, clearedBy: actor }),
    );
    const isQuestion = cell.cellType === "ai" && answer !== undefined;
    if (cell.cellType !== "code" && !isQuestion) return this.#end.refuse(request, refusedCellType(cell.cellType));
    const [{ count: lostRuns }] = notebook.select(lostRunsOf(request.id, session.id));
    if (lostRuns >= MAX_LOST_RUNS) return this.#end.refuse(request, refusedAfterLosses(lostRuns));
    const reason = limits.admit(request.requestedBy);
    if (reason === undefined) await this.#execute(request, cell.source, isQuestion ? answer : undefined);
    else this.#end.refuse(request, refusedByLimit(reason));
  }

  /** Executes or answers a cell, and ends its request. */
  async #execute(request: RequestRow, code: string, answer?: ExecutionQueueOptions["answer"]): Promise<void> {
    const { notebook, session, execute, logger, clock } = this.#options;
    const controller = this.#running = new AbortController();
    const startedAt = clock.now();
    const stopWatching = notebook.watch(requestState(request.id), ([state]) => {
      if (state === undefined || state.endedAs !== null) controller.abort(new Interrupted("cancelled"));
      else if (state.sessionId !== session.id) controller.abort(new Interrupted("lost"));
      else if (!state.hasCell) controller.abort(new Interrupted("deleted"));
    });
    try {
      const { id: queueId, cellId, executionCount: requestedCount } = request;
      const { signal } = controller;
      const result = await this.#guarded(async () => {
        // During a rebase, the begin is not visible here yet.
        await notebook.applied(signal);
        signal.throwIfAborted();
        const claimed = { queueId, cellId, code, requestedCount, signal };
        return await (answer?.(claimed) ?? execute({ ...claimed, executionCount: this.#numberOf(queueId) }));
      }, signal);
      stopWatching();
      if (controller.signal.aborted) await this.#interrupted(request, controller.signal.reason);
      else {
        this.#end.complete(request, result, startedAt);
        // Not awaited, so that the next request can begin.
        this.#settled().then(() => this.#end.restoreIfOvertaken(request)).catch((error) =>
          logger.debug("the end of a cell could not be checked", { error: String(error) })
        );
      }
    } finally {
      stopWatching();
      this.#running = undefined;
      logger.debug("cell ended", { cellId: request.cellId, ms: Math.round(clock.now() - startedAt) });
    }
  }

  /** The number that the execution received when the request was begun. */
  #numberOf(queueId: string): number {
    const { notebook } = this.#options;
    const [execution] = notebook.query(tables.executions.where({ queueId }));
    const number = execution?.executionCount ?? undefined;
    if (number === undefined) {
      throw new Error(`the request ${queueId} was begun, and has no number among the executions`);
    }
    return number;
  }

  /** Turns an unexpected error into a failed result, so that the request ends and the queue continues. */
  async #guarded(execute: () => Promise<JobResult>, signal: AbortSignal): Promise<JobResult> {
    try {
      return await execute();
    } catch (error) {
      if (!signal.aborted) {
        this.#options.logger.error("a cell failed because of an internal error", { error: String(error) });
      }
      return { status: "error", error: `internal error: ${error}` };
    }
  }

  /** Ends an interrupted request. A cancelled one has ended already, and a newer runtime ends the one that it has taken over. */
  async #interrupted(request: RequestRow, { reason }: Interrupted): Promise<void> {
    const { notebook, logger } = this.#options;
    logger.info("execution interrupted", { cellId: request.cellId, reason });
    if (reason === "deleted") this.#end.cancel(request, "the cell was deleted");
    if (reason === "shutdown") {
      this.#end.cancel(request, "the runtime was shut down", interruptedOutputs(notebook, request));
    }
    if (reason === "cancelled") {
      await this.#settled();
      const outputs = interruptedOutputs(notebook, request);
      if (outputs.length > 0) notebook.commit(...outputs);
      this.#end.restoreIfOvertaken(request);
    }
  }

  /** Waits until the order of events in the log is known. Does not wait any longer when the runtime is shutting down. */
  async #settled(): Promise<void> {
    const { signal } = this.#stopped;
    await this.#options.notebook.settled(signal).catch((error) => {
      if (!signal.aborted || signal.reason.reason !== "shutdown") throw error;
    });
  }
}
