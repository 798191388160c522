/**
 * The life of an agent: attempts to start until one succeeds, service until something ends it, and no return after that.
 *
 * @module
 */

import { DisplacedError, ShutdownError, UndeliveredError } from "../errors.ts";

/** What serves once it was started. */
export interface Service {
  /** Whether it serves: not once it is being ended. */
  readonly isServing: boolean;
  /** Resolves when the service was shut down; rejects with what ended it otherwise. */
  readonly ended: Promise<void>;
  /** Ends the service. Where something else has ended it, this waits until that is done. */
  shutdown(): Promise<void>;
  /** Resolves when what runs has ended by itself; nothing else is begun. */
  finish(): Promise<void>;
}

/** What a life depends on. */
export interface LifecycleOptions {
  /**
   * Makes one attempt to start. When it rejects, nothing of it is left.
   *
   * @param signal aborts the attempt; its reason is what `start` rejects with
   */
  begin(signal: AbortSignal): Promise<Service>;
  /** Ends the life when it is aborted. Default: nothing does. */
  signal?: AbortSignal;
  /** Called with what went wrong while an aborted signal ended the life. */
  onLeaveError(error: unknown): void;
}

/** The life of an agent. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  /** Aborted when nothing is started any more; its reason says why. */
  readonly #over = new AbortController();
  /** The attempt that is being made, or that has succeeded. */
  #attempt: Promise<Service> | undefined;
  #leaving: Promise<void> | undefined;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /**
   * Starts the service; those who call it meanwhile wait for the same attempt, and a call after a failure makes another one.
   *
   * @throws {ShutdownError} it was shut down
   * @throws {DisplacedError} it was displaced
   * @throws the reason of the aborted signal, or what the attempt failed with
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

  /** Waits until the service has ended; starts it where it was not. */
  async end(): Promise<void> {
    if (this.#attempt === undefined) await this.start();
    const service = await this.#serving();
    await service.ended;
  }

  /** Ends everything, whatever has been begun. Every call waits for that. */
  shutdown(): Promise<void> {
    return this.#leaving ??= this.#leave(new ShutdownError());
  }

  /** Lets what runs come to its end, and then ends everything. */
  async retire(): Promise<void> {
    const service = await this.#attempt?.catch(() => undefined);
    await service?.finish();
    await this.shutdown();
  }

  async #serving(): Promise<Service> {
    try {
      return await (this.#attempt ??= this.#try());
    } catch (error) {
      // An attempt that was broken off may have failed with what it could not deliver, which `shutdown` throws.
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
      // Not at once: what ends the life meanwhile must find the attempt.
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
      // Anything else is for the caller of `start`.
      if (error instanceof UndeliveredError) throw error;
    });
    await service?.shutdown();
  }
}
