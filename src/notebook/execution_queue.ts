/**
 * Takes a notebook's execution requests, strictly one at a time, in the order in which they were made.
 *
 * @module
 */

import type { ErrorOutput } from "../execution/cell_output.ts";
import { refusedAfterLosses, refusedByLimit, refusedCellType } from "../execution/refused_request.ts";
import type { Logger } from "../logger.ts";
import { nextRequest, type RequestRow, requestStanding } from "./execution_request.ts";
import { interruptedOutputs } from "./interrupted_outputs.ts";
import { lostRunsOf, MOST_LOST_RUNS } from "./lost_runs.ts";
import type { NotebookEvent, NotebookStore } from "./notebook_store.ts";
import type { RequestLimits } from "./request_limits.ts";
import { stopAfterFailure, stopAfterInterruption, stopAfterRefusal } from "./run_all.ts";
import type { RuntimeSession } from "./runtime_session.ts";
import { events, tables } from "./schema/mod.ts";
import { errorContent } from "./schema/error_content.ts";
import type { Clock } from "../async/clock.ts";
import { Notifier } from "../async/notifier.ts";

/** Why a running cell is given up; `lost` says that the notebook is no longer ours. */
export type InterruptReason = "cancelled" | "deleted" | "lost" | "shutdown";

/** The reason of a running cell's abort signal. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly reason: InterruptReason;

  constructor(reason: InterruptReason) {
    super(`the execution was interrupted: ${reason}`);
    this.reason = reason;
  }
}

/** A claimed request of a cell that is served now. */
export interface ClaimedRequest {
  /** The request's id. */
  queueId: string;
  cellId: string;
  /** The cell's source, as it is now. */
  code: string;
  /** The count that its request carries, and that events about it carry too. The web app counts the runs of each cell. */
  requestedCount: number;
  /** Aborted, with an {@linkcode Interrupted}, when the cell must stop at once. */
  signal: AbortSignal;
}

/** A claimed request whose cell is to be executed now. */
export interface Job extends ClaimedRequest {
  /** The `n` of `In [n]`: its number among the executions of the session. */
  executionCount: number;
}

/** How a job ended. */
export interface JobResult {
  status: "success" | "error";
  /** What went wrong, in one line. */
  error?: string;
  /** Its last outputs, which are to be committed with its end. */
  lastOutputs?: readonly NotebookEvent[];
  /** What should not be run after it: what was requested together with it, unless `stopOnError` is false, or whatever waits. */
  stops?: "run" | "queue";
}

/** What a queue needs. */
export interface ExecutionQueueOptions {
  notebook: NotebookStore;
  session: RuntimeSession;
  /** Who acts, as the notebook names us: `runtime-<runtimeId>`. */
  actor: string;
  /** Which requests are served. */
  limits: RequestLimits;
  /** Whether Run All stops at a cell that raises or is interrupted. */
  stopOnError: boolean;
  /** Executes a cell; its outputs are on their way when it resolves, or in its result. Rejects when interrupted. */
  execute(job: Job): Promise<JobResult>;
  /** Answers an AI cell, likewise. Default: AI cells are refused. */
  answer?(request: ClaimedRequest): Promise<JobResult>;
  logger: Logger;
  clock: Clock;
}

/** Serves one notebook's execution queue. */
export class ExecutionQueue {
  readonly #options: ExecutionQueueOptions;
  readonly #changes = new Notifier();
  readonly #stopped = new AbortController();
  #running: AbortController | undefined;

  constructor(options: ExecutionQueueOptions) {
    this.#options = options;
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

  /** Takes no further request, and gives the running one up. */
  stop(reason: "lost" | "shutdown"): void {
    this.#running?.abort(new Interrupted(reason));
    this.#stopped.abort(new Interrupted(reason));
  }

  /** Takes no further request, and lets the running one come to its end. */
  finish(): void {
    this.#stopped.abort(new Interrupted("shutdown"));
  }

  /** Claims a request, makes sure that the claim held, and executes it. */
  async #serve(request: RequestRow): Promise<void> {
    const { notebook, session, actor, limits, stopOnError, answer, clock } = this.#options;
    notebook.commit(events.executionAssigned({ queueId: request.id, runtimeSessionId: session.id }));
    await notebook.settled(this.#stopped.signal);
    this.#stopped.signal.throwIfAborted();
    const [standing] = notebook.select(requestStanding(request.id));
    if (standing?.status !== "assigned" || standing.sessionId !== session.id || !session.isActive) return;
    if (standing.endedAs !== null) return this.#restore(request, standing.endedAs);

    const givenUp = stopOnError ? stopAfterInterruption(notebook, request.id, actor) : [];
    if (givenUp.length > 0) return notebook.commit(...givenUp);

    const [cell] = notebook.query(tables.cells.where({ id: request.cellId }));
    if (cell === undefined) return this.#cancel(request, "the cell was deleted");
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
    if (cell.cellType !== "code" && !isQuestion) return this.#refuse(request, refusedCellType(cell.cellType));
    const [{ count: lostRuns }] = notebook.select(lostRunsOf(request.id, session.id));
    if (lostRuns >= MOST_LOST_RUNS) return this.#refuse(request, refusedAfterLosses(lostRuns));
    const reason = limits.admit(request.requestedBy);
    if (reason === undefined) await this.#execute(request, cell.source, isQuestion ? answer : undefined);
    else this.#refuse(request, refusedByLimit(reason));
  }

  /** Executes a cell, or has it answered. */
  async #execute(request: RequestRow, code: string, answer?: ExecutionQueueOptions["answer"]): Promise<void> {
    const { notebook, session, execute, logger, clock } = this.#options;
    const controller = this.#running = new AbortController();
    const startedAt = clock.now();
    const stopWatching = notebook.watch(requestStanding(request.id), ([standing]) => {
      if (standing === undefined || standing.endedAs !== null) controller.abort(new Interrupted("cancelled"));
      else if (standing.sessionId !== session.id) controller.abort(new Interrupted("lost"));
      else if (!standing.hasCell) controller.abort(new Interrupted("deleted"));
    });
    try {
      const { id: queueId, cellId, executionCount: requestedCount } = request;
      const { signal } = controller;
      const result = await this.#guarded(async () => {
        // The begin may be kept from being seen here for a moment, by a rebase.
        await notebook.applied(signal);
        signal.throwIfAborted();
        const claimed = { queueId, cellId, code, requestedCount, signal };
        return await (answer?.(claimed) ?? execute({ ...claimed, executionCount: this.#numberOf(queueId) }));
      }, signal);
      stopWatching();
      if (controller.signal.aborted) await this.#interrupted(request, controller.signal.reason);
      else {
        this.#complete(request, result, startedAt);
        // The next request need not wait for that.
        this.#settled().then(() => this.#restoreIfOvertaken(request)).catch((error) =>
          logger.debug("the end of a cell could not be checked", { error: String(error) })
        );
      }
    } finally {
      stopWatching();
      this.#running = undefined;
      logger.debug("cell ended", { cellId: request.cellId, ms: Math.round(clock.now() - startedAt) });
    }
  }

  /** The number that a request has been given with its begin. */
  #numberOf(queueId: string): number {
    const { notebook } = this.#options;
    const [execution] = notebook.query(tables.executions.where({ queueId }));
    const number = execution?.executionCount ?? undefined;
    if (number === undefined) {
      throw new Error(`the request ${queueId} was begun, and has no number among the executions`);
    }
    return number;
  }

  /** Whatever a cell does to us, its request ends and the queue goes on. */
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

  #complete(request: RequestRow, result: JobResult, startedAt = this.#options.clock.now()): void {
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
    // The rest goes first, so that the log never has a failed cell whose Run All would go on if this agent died now.
    const givenUp = stop?.(notebook, request, error ?? "an error", actor) ?? [];
    notebook.commit(...lastOutputs, ...givenUp, completed);
  }

  /** A cancelled request is over already, and one that a newer runtime has taken is not ours to end. */
  async #interrupted(request: RequestRow, { reason }: Interrupted): Promise<void> {
    const { notebook, logger } = this.#options;
    logger.info("execution interrupted", { cellId: request.cellId, reason });
    if (reason === "deleted") this.#cancel(request, "the cell was deleted");
    if (reason === "shutdown") {
      this.#cancel(request, "the runtime was shut down", interruptedOutputs(notebook, request));
    }
    if (reason === "cancelled") {
      await this.#settled();
      const outputs = interruptedOutputs(notebook, request);
      if (outputs.length > 0) notebook.commit(...outputs);
      this.#restoreIfOvertaken(request);
    }
  }

  /** Waits until the log says what came first, unless the runtime is leaving. */
  async #settled(): Promise<void> {
    const { signal } = this.#stopped;
    await this.#options.notebook.settled(signal).catch((error) => {
      if (!signal.aborted || signal.reason.reason !== "shutdown") throw error;
    });
  }

  /**
   * A person's cancellation may stand in the log before our begin or our completion, written at the same moment, which then turned the
   * row to "executing" or "completed": end it again, as it was. A cancellation that came after our completion stays.
   */
  #restoreIfOvertaken(request: RequestRow): void {
    const [standing] = this.#options.notebook.select(requestStanding(request.id));
    const { status, endedAs } = standing ?? { endedAs: null };
    if (endedAs !== null && status !== endedAs && status !== "cancelled") this.#restore(request, endedAs);
  }

  /** The request had ended when our claim arrived, which turned its row back to "assigned": end it again, as it was. */
  #restore(request: RequestRow, endedAs: "completed" | "failed" | "cancelled"): void {
    if (endedAs === "cancelled") this.#cancel(request, "it was cancelled before it began");
    else this.#complete(request, { status: endedAs === "completed" ? "success" : "error" });
  }

  #cancel({ id: queueId, cellId }: RequestRow, reason: string, lastOutputs: readonly NotebookEvent[] = []): void {
    const { notebook, actor } = this.#options;
    notebook.commit(...lastOutputs, events.executionCancelled({ queueId, cellId, cancelledBy: actor, reason }));
  }

  #refuse(request: RequestRow, refusal: ErrorOutput): void {
    const { notebook, logger } = this.#options;
    const { cellId, requestedBy } = request;
    const reason = refusal.evalue;
    logger.warn("a request was refused", { cellId, requestedBy, reason });
    const content = errorContent(refusal);
    notebook.commit(events.errorOutputAdded({ id: crypto.randomUUID(), cellId, position: 0, content }));
    this.#complete(request, { status: "error", error: reason });
  }
}
