/**
 * This process's claim to be the notebook's runtime: announced, renewed, given up, or lost to a newer one.
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

/** How often the session is renewed, in milliseconds; from the notebook contract. */
const RENEW_EVERY_MS = 15_000;
/** How long a renewal holds, in milliseconds; from the notebook contract. */
const VALID_FOR_MS = 30_000;
/** The runtime type that the web app labels as Python. */
const RUNTIME_TYPE = "python";
/** How long to wait for a successor, in milliseconds: it ends our session and starts its own in two batches, on a network of 1 s each way. */
const SUCCESSOR_WITHIN_MS = 3_000;

/** The runtime that has taken a notebook over. */
export interface Successor {
  /** Its runtime id. */
  runtimeId: string;
  /** Its runtime type: `python`. */
  runtimeType: string;
}

/** What a session needs. */
export interface RuntimeSessionOptions {
  notebook: NotebookStore;
  /** This session's id, new for every start. */
  sessionId: string;
  /** The model that answers AI cells. Default: none, and they are not answered. */
  aiModel?: AiModel;
  /** The runtime's id, the same over restarts if its owner wants so. */
  runtimeId: string;
  /**
   * Somebody else has ended the session. Called once; the session is over then. The promise tells which runtime has taken the notebook
   * over, once that is known, or within three seconds that none has.
   */
  onEnded(successor: Promise<Successor | undefined>): void;
  logger: Logger;
  clock: Clock;
}

/** One attachment of a runtime to a notebook. */
export class RuntimeSession {
  readonly #options: RuntimeSessionOptions;
  #cancelRenewal = () => {};
  #stopWatching: (() => void) | undefined;

  private constructor(options: RuntimeSessionOptions) {
    this.#options = options;
  }

  /**
   * Displaces whoever serves the notebook now, announces this session, and waits until the server knows.
   *
   * @throws the signal's reason, if it is aborted first. Whatever it throws, the session is ended then, and what says so is on its way
   */
  static async start(options: RuntimeSessionOptions, signal: AbortSignal): Promise<RuntimeSession> {
    signal.throwIfAborted();
    const session = new RuntimeSession(options);
    try {
      session.#announce();
      await options.notebook.settled(signal);
      session.#stopWatching = options.notebook.watch(
        activeSessions,
        // A change of the tables must not be answered in the middle of it.
        () => queueMicrotask(() => session.#checkStanding()),
      );
    } catch (error) {
      if (signal.aborted) session.end("shutdown");
      else session.fail();
      throw error;
    }
    return session;
  }

  /** This session's id. */
  get id(): string {
    return this.#options.sessionId;
  }

  /** Whether the notebook still takes this session for its runtime. */
  get isActive(): boolean {
    const { notebook, sessionId } = this.#options;
    return notebook.query(tables.runtimeSessions.select("isActive").where({ sessionId }))[0] === true;
  }

  /** Tells the notebook that this session is over. Nothing is waited for. */
  end(reason: "shutdown" | "error"): void {
    const { notebook, sessionId } = this.#options;
    this.stop();
    if (this.isActive) notebook.commit(events.runtimeSessionTerminated({ sessionId, reason }));
  }

  /** Tells the notebook that this session is over because of a fault, if its store still takes that. */
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

  /** Two runtimes that start at once do not see each other: the one that stands later in the log displaces the other. */
  #checkStanding(): void {
    const { notebook, sessionId, onEnded } = this.#options;
    if (this.#stopWatching === undefined) return;
    if (!this.isActive) {
      this.stop();
      // Tells that the session was displaced while it was alive: its unfinished cell has not cost it.
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

  /** Waits for the runtime that has taken the notebook over. */
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

  /** Ends renewals and notices, without a word to the notebook. */
  stop(): void {
    this.#cancelRenewal();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }
}

/** The table's rows are never deleted, so their row ids are in the order of the log. */
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
