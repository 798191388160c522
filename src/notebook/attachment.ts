/**
 * A runtime attached to a notebook: identity, store, session and queue, put together in the contract's order.
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

/** How long a leaving runtime waits for the running cell to stop, in milliseconds; one that does not is left to the next runtime. */
const STOP_TIMEOUT_MS = 2_000;
/** How long it tries to deliver what is still on its way, the wait for the cell included, in milliseconds. */
const FLUSH_TIMEOUT_MS = 4_000;
/** How long a runtime that is displaced, or that a defect ends, tries to deliver its goodbye, in milliseconds. */
const GOODBYE_TIMEOUT_MS = 1_000;
/** How long it may take to close what it has opened, in milliseconds. */
const CLOSE_TIMEOUT_MS = 500;

/** A runtime attached to a notebook. */
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
    // `ended` need not be awaited; without this, a failure that nobody awaits would be an unhandled rejection.
    this.#ended.promise.catch(() => {});
  }

  /**
   * Attaches to a notebook and begins to serve it.
   *
   * @param signal gives up
   * @throws {RefusedError} the server does not take the token
   * @throws {SyncUnreachableError} the server was not reached in time, or is not a notebook server
   * @throws {DisplacedError} the session was ended in the notebook meanwhile, by a newer runtime or by a person
   * @throws {LogReplacedError} the server came back with another log meanwhile
   * @throws {UndeliveredError} it was given up, and the server could not be told in time
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
      await attachment.#lose(signal.aborted ? await attachment.#farewell(error) : error);
    } finally {
      cancelTimeout();
    }
    if (attachment.#over) await attachment.ended;
    return attachment;
  }

  /** Whether cells are served: not once the attachment is being ended. */
  get isServing(): boolean {
    return !this.#over;
  }

  /** Resolves when the attachment was ended by its owner; rejects with what ended it otherwise. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /**
   * Stops serving, says goodbye, and delivers what is on its way. Where something else has ended the attachment, it only waits until
   * that is done.
   *
   * @throws {UndeliveredError} the server did not take it in time
   */
  shutdown(): Promise<void> {
    if (!this.#over) this.#leaving = this.#leave();
    return this.#leaving ?? Promise.resolve();
  }

  /** Takes no further request, and resolves when the cell that runs has ended by itself. The notebook stays ours. */
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

  /** Given up while it was attaching: tells the server, if it has been told of us. Returns what to end with. */
  async #farewell(reason: unknown): Promise<unknown> {
    return await this.#flush(AbortSignal.timeout(FLUSH_TIMEOUT_MS)).then(() => reason, (failure) => failure);
  }

  /** Waits until the server has everything. */
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
   * Ends the attachment because of something that its owner did not ask for.
   *
   * @param error what to end with, or a promise of it: serving stops at once, and the notebook stays open until it is known
   */
  async #lose(error: unknown): Promise<void> {
    const known = Promise.resolve(error).catch((failure) => failure);
    if (this.#over) return;
    this.#over = true;
    await (this.#leaving = this.#endWith(known));
  }

  async #endWith(known: Promise<unknown>): Promise<void> {
    // Before anything is waited for: a store that has failed takes no renewal.
    this.#session?.stop();
    this.#queue?.stop("lost");
    await atMost(this.#clock, this.#serving, STOP_TIMEOUT_MS);
    const reason = await known;
    const isDefect = !(reason instanceof AIPythonError);
    if (isDefect) this.#session?.fail();
    if (isDefect || (reason instanceof DisplacedError && this.#hasGoodbyeAlone)) {
      await atMost(this.#clock, this.#notebook?.settled() ?? Promise.resolve(), GOODBYE_TIMEOUT_MS);
    }
    await this.#close();
    this.#ended.reject(reason);
  }

  /** Whether nothing but a goodbye is on its way: what a displaced runtime has written besides would stand among what its successor writes. */
  get #hasGoodbyeAlone(): boolean {
    const pending = this.#notebook?.pendingEvents ?? [];
    return pending.length > 0 && pending.every((name) => name === events.runtimeSessionTerminated.name);
  }
}
