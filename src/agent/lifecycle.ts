/**
 * The lifecycle of an agent: attempts to start until one succeeds, then serves until it ends, and cannot be started again.
 *
 * @module
 */

import { DisplacedError, ShutdownError, UndeliveredError } from "../errors.ts";

/** A service that was started. */
export interface Service {
  /** Whether it is serving. False as soon as it is being ended. */
  readonly isServing: boolean;
  /** Resolves after a shutdown; rejects with the error if the service has ended in another way. */
  readonly ended: Promise<void>;
  /** Ends the service. If it is already being ended, waits until that is done. */
  shutdown(): Promise<void>;
  /** Stops taking requests, and resolves when the running one has ended. */
  finish(): Promise<void>;
}

export interface LifecycleOptions {
  /**
   * Attempts once to start. If it rejects, it has released everything that it had opened.
   *
   * @param signal aborts the attempt, which then rejects with the signal's reason
   */
  begin(signal: AbortSignal): Promise<Service>;
  /** Ends the lifecycle when it is aborted. Default: none. */
  signal?: AbortSignal;
  /** Called with the error if the end after an aborted signal was not clean. */
  onLeaveError(error: unknown): void;
}

export class Lifecycle {
  readonly #options: LifecycleOptions;
  /** Aborted when no further start is possible, with the reason. */
  readonly #over = new AbortController();
  /** The attempt that is in progress or has succeeded. */
  #attempt: Promise<Service> | undefined;
  #leaving: Promise<void> | undefined;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /**
   * Starts the service. Concurrent calls wait for the same attempt. A call after a failed attempt makes another one.
   *
   * @throws {ShutdownError} if it was shut down
   * @throws {DisplacedError} if it was displaced
   * @throws the reason of the aborted signal, or the error of the attempt
   */
  async start(): Promise<void> {
    const { signal } = this.#options;
    if (signal?.aborted) this.#over.abort(signal.reason);
    this.#over.signal.throwIfAborted();
    const service = await this.#serving();
    if (service.isServing && !this.#over.signal.aborted) return;
    await service.ended;
    this.#over.signal.throwIfAborted();
  }

  /** Waits until the service has ended. Starts it if it was not started. */
  async end(): Promise<void> {
    if (this.#attempt === undefined) await this.start();
    const service = await this.#serving();
    await service.ended;
  }

  /** Ends the service, or the attempt to start it. All calls wait for the same end. */
  shutdown(): Promise<void> {
    return this.#leaving ??= this.#leave(new ShutdownError());
  }

  /** Waits until the running request has ended, and then ends the service. */
  async retire(): Promise<void> {
    const service = await this.#attempt?.catch(() => undefined);
    await service?.finish();
    await this.shutdown();
  }

  async #serving(): Promise<Service> {
    try {
      return await (this.#attempt ??= this.#try());
    } catch (error) {
      // The error may be that the aborted attempt could not deliver its events. `shutdown` throws that one.
      this.#over.signal.throwIfAborted();
      throw error;
    }
  }

  async #try(): Promise<Service> {
    const { begin, signal, onLeaveError } = this.#options;
    const onAbort = () => {
      if (this.#leaving !== undefined) return;
      this.#leaving = this.#leave(signal?.reason);
      this.#leaving.catch(onLeaveError);
    };
    const forgetSignal = () => signal?.removeEventListener("abort", onAbort);
    signal?.addEventListener("abort", onAbort);
    try {
      // Deferred, so that the attempt is set before it could be ended.
      const service = await Promise.resolve().then(() => begin(this.#over.signal));
      service.ended.catch((error) => this.#over.abort(error)).finally(forgetSignal);
      return service;
    } catch (error) {
      forgetSignal();
      if (error instanceof DisplacedError) this.#over.abort(error);
      if (!this.#over.signal.aborted) this.#attempt = undefined;
      throw error;
    }
  }

  async #leave(reason: unknown): Promise<void> {
    this.#over.abort(reason);
    const service = await this.#attempt?.catch((error) => {
      // Other errors are thrown by `start`.
      if (error instanceof UndeliveredError) throw error;
    });
    await service?.shutdown();
  }
}
