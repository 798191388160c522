/**
 * Attaches a runtime to a notebook: identity, store, session and queue, in the order of the notebook contract.
 *
 * @module
 */

import { AIPythonError, DisplacedError, StoreFailedError } from "../errors.ts";
import { askRefusal } from "./ask_refusal.ts";
import { logReplaced, notReached, sessionEnded, undelivered } from "./attachment_errors.ts";
import type { AttachmentOptions } from "./attachment_options.ts";
import { AttachmentStatus } from "./attachment_status.ts";
import { CellService } from "./cell_service.ts";
import { ExecutionQueue } from "./execution_queue.ts";
import { fetchIdentity } from "./identity.ts";
import { successorOf } from "./lost_notebook.ts";
import { NotebookStore } from "./notebook_store.ts";
import { RequestLimits } from "./request_limits.ts";
import { RuntimeSession } from "./runtime_session.ts";
import { events, tables } from "./schema/mod.ts";
import { atMost } from "../async/at_most.ts";
import { type Clock, systemClock } from "../async/clock.ts";

/** How long to wait for the running cell to stop, in milliseconds. A cell that does not stop is left to the next runtime. */
const STOP_TIMEOUT_MS = 2_000;
/** How long to deliver the last events, in milliseconds, including the wait for the cell. */
const FLUSH_TIMEOUT_MS = 4_000;
/** How long to deliver the goodbye of a runtime that was displaced or has failed, in milliseconds. */
const GOODBYE_TIMEOUT_MS = 1_000;
/** How long to close the connection, in milliseconds. */
const CLOSE_TIMEOUT_MS = 500;

export class Attachment {
  readonly #options: AttachmentOptions;
  readonly #clock: Clock;
  readonly #status: AttachmentStatus;
  readonly #ended = Promise.withResolvers<void>();
  #notebook: NotebookStore | undefined;
  #session: RuntimeSession | undefined;
  #queue: ExecutionQueue | undefined;
  #serving: Promise<void> = Promise.resolve();
  #over = false;
  #leaving: Promise<void> | undefined;

  private constructor(options: AttachmentOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#status = new AttachmentStatus((status) => this.#over || options.onStatus?.(status));
    // `ended` need not be awaited. Without this, an error would then be an unhandled rejection.
    this.#ended.promise.catch(() => {});
  }

  /**
   * Attaches to a notebook and starts serving it.
   *
   * @throws {RefusedError} if the server refuses the token
   * @throws {SyncUnreachableError} if the server cannot be reached in time, or is not a notebook server
   * @throws {DisplacedError} if a newer runtime or a person has ended the session in the meantime
   * @throws {LogReplacedError} if the server has come back with a different log in the meantime
   * @throws {UndeliveredError} if the attempt was aborted, and its last events could not be delivered in time
   */
  static async start(options: AttachmentOptions, signal: AbortSignal): Promise<Attachment> {
    const attachment = new Attachment(options);
    const deadline = new AbortController();
    const cancelTimeout = attachment.#clock.setTimer(
      () => deadline.abort(attachment.#notReached()),
      options.connectTimeout * 1000,
    );
    try {
      await attachment.#attach(AbortSignal.any([signal, deadline.signal]), cancelTimeout);
    } catch (error) {
      await attachment.#lose(signal.aborted ? await attachment.#deliverAborted(error) : error);
    } finally {
      cancelTimeout();
    }
    if (attachment.#over) await attachment.ended;
    return attachment;
  }

  /** Whether cells are served. False as soon as the attachment is being ended. */
  get isServing(): boolean {
    return !this.#over;
  }

  /** Resolves after a shutdown; rejects with the error if the attachment has ended in another way. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /**
   * Stops serving, says goodbye, and delivers the events in flight. If the attachment is already being ended, waits until that is done.
   *
   * @throws {UndeliveredError} if the server did not accept the events in time
   */
  shutdown(): Promise<void> {
    if (!this.#over) this.#leaving = this.#leave();
    return this.#leaving ?? Promise.resolve();
  }

  /** Stops taking requests, and resolves when the running cell has ended. The session continues. */
  async finish(): Promise<void> {
    this.#queue?.finish();
    await this.#serving;
  }

  async #leave(): Promise<void> {
    this.#over = true;
    const deadline = AbortSignal.timeout(FLUSH_TIMEOUT_MS);
    this.#queue?.stop("shutdown");
    await atMost(this.#clock, this.#serving, STOP_TIMEOUT_MS);
    this.#session?.end("shutdown");
    try {
      await this.#flush(deadline);
    } finally {
      await this.#close();
      this.#ended.resolve();
    }
  }

  /** Delivers the last events of an aborted attempt. Returns the error to end with. */
  async #deliverAborted(reason: unknown): Promise<unknown> {
    return await this.#flush(AbortSignal.timeout(FLUSH_TIMEOUT_MS)).then(() => reason, (failure) => failure);
  }

  /** Waits until the server has stored all events. */
  async #flush(deadline: AbortSignal): Promise<void> {
    const notebook = this.#notebook;
    try {
      await notebook?.settled(deadline);
    } catch (cause) {
      throw undelivered(FLUSH_TIMEOUT_MS / 1000, notebook?.pendingEvents ?? [], cause);
    }
  }

  async #close(): Promise<void> {
    if (this.#notebook !== undefined) await atMost(this.#clock, this.#notebook.close(), CLOSE_TIMEOUT_MS);
  }

  async #attach(signal: AbortSignal, onHeard: () => void): Promise<void> {
    const { authToken, syncUrl, runtimeId, takeBack, notebookId, logger } = this.#options;
    const clock = this.#clock;
    const identity = await fetchIdentity({ syncUrl, authToken, clock }, signal);
    logger.debug("the token was accepted", { userId: identity.id });
    const sessionId = crypto.randomUUID();
    const payload = { authToken, runtime: true, runtimeId, sessionId, userId: identity.id };
    const failed = new AbortController();
    const endWith = (error: Error) => {
      failed.abort(error);
      if (this.#notebook !== undefined) void this.#lose(error);
    };
    this.#notebook = await NotebookStore.open({
      notebookId,
      clientId: runtimeId,
      syncUrl,
      payload,
      onHeard: () => {
        onHeard();
        this.#status.heard();
      },
      onUpToDate: () => this.#status.caughtUp(),
      onLost: (reason) => this.#status.lost(reason),
      askRefusal: (signal) => askRefusal({ syncUrl, notebookId, payload }, signal),
      onRefused: endWith,
      onReplaced: (replacement) => endWith(logReplaced(notebookId, replacement, this.#notebook?.pendingEvents ?? [])),
      onFailed: (fault) => {
        logger.error("the notebook's store failed", { fault });
        void this.#lose(new StoreFailedError(`the notebook's store failed: ${fault.split("\n")[0]}`));
      },
      logger,
      clock,
    }, AbortSignal.any([signal, failed.signal]));
    if (this.#notebook.query(tables.cells.count()) === 0) {
      logger.info("the notebook has no cells yet: if it should have some, check its id", { notebook: notebookId });
    }
    const successor = takeBack ? undefined : successorOf(runtimeId, this.#notebook);
    if (successor !== undefined) throw sessionEnded(notebookId, { successor, takeBack });
    this.#session = await RuntimeSession.start({
      notebook: this.#notebook,
      sessionId,
      aiModel: this.#options.assistant?.model,
      runtimeId,
      onEnded: (successor) =>
        void this.#lose(successor.then((runtime) => sessionEnded(notebookId, { successor: runtime, takeBack }))),
      logger,
      clock,
    }, AbortSignal.any([signal, failed.signal]));
    if (!this.#over) this.#serve(this.#notebook, this.#session);
  }

  #notReached(): Error {
    const { syncUrl, connectTimeout } = this.#options;
    return notReached(syncUrl, connectTimeout, this.#status.lastLoss);
  }

  #serve(notebook: NotebookStore, session: RuntimeSession): void {
    const { runtimeId, stopOnError, logger } = this.#options;
    const actor = `runtime-${runtimeId}`;
    const limits = new RequestLimits({ ...this.#options, clock: this.#clock });
    const service = new CellService(notebook, actor, this.#options);
    this.#queue = new ExecutionQueue({
      notebook,
      session,
      actor,
      limits,
      stopOnError,
      execute: (job) => service.execute(job),
      answer: service.answer,
      logger,
      clock: this.#clock,
    });
    this.#status.serves();
    this.#serving = this.#queue.run().catch((error) => void this.#lose(error));
  }

  /**
   * Ends the attachment because of an error.
   *
   * @param error the error, or a promise of it. Serving stops immediately, but the notebook stays open until the error is known
   */
  async #lose(error: unknown): Promise<void> {
    const known = Promise.resolve(error).catch((failure) => failure);
    if (this.#over) return;
    this.#over = true;
    await (this.#leaving = this.#endWith(known));
  }

  async #endWith(known: Promise<unknown>): Promise<void> {
    // This comes first, because a failed store accepts no renewal.
    this.#session?.stop();
    this.#queue?.stop("lost");
    await atMost(this.#clock, this.#serving, STOP_TIMEOUT_MS);
    const reason = await known;
    const isDefect = !(reason instanceof AIPythonError);
    if (isDefect) this.#session?.fail();
    if (isDefect || (reason instanceof DisplacedError && this.#isOnlyGoodbyePending)) {
      await atMost(this.#clock, this.#notebook?.settled() ?? Promise.resolve(), GOODBYE_TIMEOUT_MS);
    }
    await this.#close();
    this.#ended.reject(reason);
  }

  /** Whether only a goodbye is pending. Other events of a displaced runtime would be mixed with those of its successor. */
  get #isOnlyGoodbyePending(): boolean {
    const pending = this.#notebook?.pendingEvents ?? [];
    return pending.length > 0 && pending.every((name) => name === events.runtimeSessionTerminated.name);
  }
}
