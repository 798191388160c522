/**
 * Limits the number of concurrent model requests of all agents that share the limiter.
 *
 * @module
 */

import { ConfigurationError } from "../errors.ts";

/**
 * The permission for one request.
 *
 * ```ts
 * import { RequestLimiter, type RequestPermit } from "@runt/aipython-runtime-agent";
 *
 * const limiter = new RequestLimiter(1);
 * const permit: RequestPermit = await limiter.acquire(new AbortController().signal);
 * try {
 *   // a request by the program itself, which waits in the same queue as those of the agents
 * } finally {
 *   permit.release();
 * }
 * ```
 */
export interface RequestPermit {
  /** Releases the permit after the request; the next request in the queue gets it. Further calls have no effect. */
  release(): void;
}

/**
 * Limits the number of concurrent model requests. The others wait in a queue, in the order in which they came.
 *
 * An agent has at most one request in flight, because a notebook runs one cell at a time. It acquires a permit for each attempt. Agents
 * therefore take turns: neither a retry nor a second request for a cell overtakes waiting requests.
 *
 * ```ts
 * import { AIPythonAgent, RequestLimiter } from "@runt/aipython-runtime-agent";
 *
 * const requestLimiter = new RequestLimiter(8);
 * const agents = ["notebook-1", "notebook-2"].map((notebookId) => new AIPythonAgent({ notebookId, requestLimiter }));
 * console.log(agents.length, requestLimiter.waiting); // 2 0
 * ```
 */
export class RequestLimiter {
  /** The maximum number of concurrent requests; 0 means no limit. */
  readonly limit: number;
  #inFlight = 0;
  /** The waiting requests, oldest first. Each function grants one of them its permit. */
  readonly #queue = new Set<() => void>();

  /**
   * Creates a limiter, which is shared by all agents whose requests it limits.
   *
   * @param limit the maximum number of concurrent requests; 0 means no limit
   * @throws {ConfigurationError} if the limit is not a whole number, 0 or more
   */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 0) {
      const message = `wrong limit of a RequestLimiter ${limit}: expected a whole number, 0 or more; 0 means no limit`;
      throw new ConfigurationError([{ message }]);
    }
    this.limit = limit;
  }

  /** The number of requests that wait for a permit. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a permit.
   *
   * @param signal removes the request from the queue. It does not release a granted permit: use {@linkcode RequestPermit.release}
   * @throws the signal's reason, if it is aborted before the permit is granted
   */
  acquire(signal: AbortSignal): Promise<RequestPermit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const grant = () => {
        signal.removeEventListener("abort", withdraw);
        resolve(this.#issuePermit());
      };
      const withdraw = () => {
        this.#queue.delete(grant);
        reject(signal.reason);
      };
      signal.addEventListener("abort", withdraw, { once: true });
      this.#queue.add(grant);
      this.#grantNext();
    });
  }

  #issuePermit(): RequestPermit {
    this.#inFlight += 1;
    let isReleased = false;
    return {
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#inFlight -= 1;
        this.#grantNext();
      },
    };
  }

  #grantNext(): void {
    for (const grant of this.#queue) {
      if (this.limit > 0 && this.#inFlight >= this.limit) return;
      this.#queue.delete(grant);
      grant();
    }
  }
}
