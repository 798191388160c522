/**
 * The requests that wait for their turn on the shell channel.
 *
 * @module
 */

import { Notifier } from "../../async/notifier.ts";

/** The most requests that wait; then no more are read, and clients wait with theirs. A notebook's cells are all sent at once. */
const MAX_WAITING = 10_000;

/** A request in the queue. */
export interface Queued<Request> {
  request: Request;
  /** Whether it came before a failure after which nothing that waited is to be run. */
  isAborted: boolean;
}

/** A queue of requests. */
export class ShellQueue<Request> {
  readonly #waiting: Queued<Request>[] = [];
  readonly #changed = new Notifier();
  #isClosed = false;

  /** Adds a request; resolves when the next one may be added. */
  async put(request: Request): Promise<void> {
    this.#waiting.push({ request, isAborted: false });
    this.#changed.notify();
    await this.#changed.until(() => this.#waiting.length < MAX_WAITING || this.#isClosed);
  }

  /** Takes the next request, when there is one; nothing when the queue is closed. */
  async take(): Promise<Queued<Request> | undefined> {
    await this.#changed.until(() => this.#waiting.length > 0 || this.#isClosed);
    const next = this.#waiting.shift();
    this.#changed.notify();
    return this.#isClosed ? undefined : next;
  }

  /** Marks all that waits as aborted. */
  abort(): void {
    for (const queued of this.#waiting) queued.isAborted = true;
  }

  /** Ends all waiting. */
  close(): void {
    this.#isClosed = true;
    this.#changed.notify();
  }
}
