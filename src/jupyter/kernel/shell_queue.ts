/**
 * The queue of requests on the shell channel.
 *
 * @module
 */

import { Notifier } from "../../async/notifier.ts";

/** The number of requests at which reading pauses, so that clients wait. A notebook sends all its cells at once. */
const MAX_WAITING = 10_000;

export interface Queued<Request> {
  request: Request;
  /** Whether an earlier request has failed in a way that aborts those that waited. */
  isAborted: boolean;
}

export class ShellQueue<Request> {
  readonly #waiting: Queued<Request>[] = [];
  readonly #changed = new Notifier();
  #isClosed = false;

  /** Adds a request. Resolves when the next one may be added. */
  async put(request: Request): Promise<void> {
    this.#waiting.push({ request, isAborted: false });
    this.#changed.notify();
    await this.#changed.until(() => this.#waiting.length < MAX_WAITING || this.#isClosed);
  }

  /** Waits for the next request; `undefined` when the queue is closed. */
  async take(): Promise<Queued<Request> | undefined> {
    await this.#changed.until(() => this.#waiting.length > 0 || this.#isClosed);
    const next = this.#waiting.shift();
    this.#changed.notify();
    return this.#isClosed ? undefined : next;
  }

  /** Marks all waiting requests as aborted. */
  abort(): void {
    for (const queued of this.#waiting) queued.isAborted = true;
  }

  /** Ends all waiting calls. */
  close(): void {
    this.#isClosed = true;
    this.#changed.notify();
  }
}
