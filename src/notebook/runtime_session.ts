/**
 * The session that makes this process the notebook's runtime. It is announced and renewed until it ends or a newer one displaces it.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import type { Clock } from "../async/clock.ts";
import type { Logger } from "../logger.ts";
import type { AiModel } from "./ai_model.ts";
import { openRunsOf } from "./lost_runs.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { events, tables } from "./schema/mod.ts";

/** The interval between renewals, in milliseconds, from the notebook contract. */
const RENEW_EVERY_MS = 15_000;
/** How long a renewal is valid, in milliseconds, from the notebook contract. */
const VALID_FOR_MS = 30_000;
/** The runtime type that the web app labels as Python. */
const RUNTIME_TYPE = "python";
/** How long to wait for a successor, in milliseconds: two batches of events, with 1 s of network latency each way. */
const SUCCESSOR_WITHIN_MS = 3_000;

/** The runtime that has taken over a notebook. */
export interface Successor {
  runtimeId: string;
  /** The runtime's type, for example `python`. */
  runtimeType: string;
}

export interface RuntimeSessionOptions {
  notebook: NotebookStore;
  /** The session's id, new for every start. */
  sessionId: string;
  /** The model that answers AI cells. Default: none, and AI cells are not answered. */
  aiModel?: AiModel;
  /** The runtime's id. It may stay the same over restarts. */
  runtimeId: string;
  /**
   * Called once, when another client has ended the session. The promise resolves with the runtime that has taken over the notebook, or
   * with `undefined` if there is none within three seconds.
   */
  onEnded(successor: Promise<Successor | undefined>): void;
  logger: Logger;
  clock: Clock;
}

export class RuntimeSession {
  readonly #options: RuntimeSessionOptions;
  #cancelRenewal = () => {};
  #stopWatching: (() => void) | undefined;

  private constructor(options: RuntimeSessionOptions) {
    this.#options = options;
  }

  /**
   * Displaces the notebook's current runtime, announces this session, and waits until the server has stored that.
   *
   * @throws the signal's reason, if it is aborted. After any error the session is ended, and the event that says so is in flight
   */
  static async start(options: RuntimeSessionOptions, signal: AbortSignal): Promise<RuntimeSession> {
    signal.throwIfAborted();
    const session = new RuntimeSession(options);
    try {
      session.#announce();
      await options.notebook.settled(signal);
      session.#stopWatching = options.notebook.watch(
        activeSessions,
        // The check may commit, which is not possible while the tables are being changed.
        () => queueMicrotask(() => session.#checkActive()),
      );
    } catch (error) {
      if (signal.aborted) session.end("shutdown");
      else session.fail();
      throw error;
    }
    return session;
  }

  get id(): string {
    return this.#options.sessionId;
  }

  /** Whether this session is still active in the notebook. */
  get isActive(): boolean {
    const { notebook, sessionId } = this.#options;
    return notebook.query(tables.runtimeSessions.select("isActive").where({ sessionId }))[0] === true;
  }

  /** Ends the session in the notebook. Does not wait for delivery. */
  end(reason: "shutdown" | "error"): void {
    const { notebook, sessionId } = this.#options;
    this.stop();
    if (this.isActive) notebook.commit(events.runtimeSessionTerminated({ sessionId, reason }));
  }

  /** Ends the session in the notebook because of a fault, if the store still accepts events. */
  fail(): void {
    try {
      this.end("error");
    } catch (error) {
      this.#options.logger.debug("the end of the session was not written", { error: String(error) });
    }
  }

  #announce(): void {
    const { notebook, sessionId, runtimeId, aiModel, logger } = this.#options;
    const others = notebook.query(tables.runtimeSessions.select("sessionId").where({ isActive: true }));
    if (others.length > 0) logger.info("taking the notebook over from another runtime", { sessions: others.length });
    notebook.commit(
      ...others.map((other) => displaced(other)),
      events.runtimeSessionStarted({
        sessionId,
        runtimeId,
        runtimeType: RUNTIME_TYPE,
        capabilities: {
          canExecuteCode: true,
          canExecuteSql: false,
          canExecuteAi: aiModel !== undefined,
          ...(aiModel !== undefined && { availableAiModels: [aiModel] }),
        },
      }),
      events.runtimeSessionStatusChanged({ sessionId, status: "ready" }),
      this.#renewed(),
    );
    this.#renewLater();
  }

  #renewLater(): void {
    const { notebook, clock } = this.#options;
    this.#cancelRenewal = clock.setTimer(() => {
      this.#renewLater();
      notebook.commit(this.#renewed());
    }, RENEW_EVERY_MS);
  }

  #renewed() {
    const { sessionId, clock } = this.#options;
    return events.runtimeSessionRenewal({ sessionId, renewedAt: clock.date(), validForMs: VALID_FOR_MS });
  }

  /** Two runtimes that start at the same time do not see each other. The later one in the log displaces the other. */
  #checkActive(): void {
    const { notebook, sessionId, onEnded } = this.#options;
    if (this.#stopWatching === undefined) return;
    if (!this.isActive) {
      this.stop();
      // Records that the session was alive when it was displaced, so that its unfinished cell does not count as a lost run.
      if (notebook.select(openRunsOf(sessionId)).length > 0) {
        notebook.commit(events.runtimeSessionTerminated({ sessionId, reason: "shutdown" }));
      }
      return onEnded(this.#successor());
    }
    const active = notebook.select(activeSessions);
    const own = active.find((row) => row.sessionId === sessionId);
    const older = active.filter((row) => own !== undefined && row.ordinal < own.ordinal);
    if (older.length > 0) notebook.commit(...older.map((row) => displaced(row.sessionId)));
  }

  /** Waits for the runtime that has taken over the notebook. */
  async #successor(): Promise<Successor | undefined> {
    const { notebook, clock } = this.#options;
    const found = Promise.withResolvers<Successor | undefined>();
    const cancelTimeout = clock.setTimer(() => found.resolve(undefined), SUCCESSOR_WITHIN_MS);
    const stopWatching = notebook.watch(newestRuntime, ([runtime]) => runtime && found.resolve(runtime));
    try {
      return await found.promise;
    } finally {
      cancelTimeout();
      stopWatching();
    }
  }

  /** Stops renewals and callbacks. The notebook does not change. */
  stop(): void {
    this.#cancelRenewal();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }
}

/** Rows of the table are never deleted, so the row ids are in the order of the log. */
const activeSessions = {
  query: "SELECT sessionId, rowid AS ordinal FROM runtimeSessions WHERE isActive = 1",
  schema: Schema.Array(Schema.Struct({ sessionId: Schema.String, ordinal: Schema.Number })),
  queriedTables: new Set(["runtimeSessions"]),
};

const newestRuntime = {
  query: "SELECT runtimeId, runtimeType FROM runtimeSessions WHERE isActive = 1 ORDER BY rowid DESC LIMIT 1",
  schema: Schema.Array(Schema.Struct({ runtimeId: Schema.String, runtimeType: Schema.String })),
  queriedTables: new Set(["runtimeSessions"]),
};

function displaced(sessionId: string) {
  return events.runtimeSessionTerminated({ sessionId, reason: "displaced" });
}
