/**
 * Limits how many model requests are under way at once, over all agents that share the limit.
 *
 * @module
 */

import { ConfigurationError } from "../errors.ts";

/**
 * The permission to have one request under way.
 *
 * ```ts
 * import { RequestLimiter, type RequestPermit } from "@runt/aipython-runtime-agent";
 *
 * const limiter = new RequestLimiter(1);
 * const permit: RequestPermit = await limiter.acquire(new AbortController().signal);
 * try {
 *   // a request of the program's own, in line with those of the agents
 * } finally {
 *   permit.release();
 * }
 * ```
 */
export interface RequestPermit {
  /** Gives the permit back when the request has ended; the next request in line gets it. Further calls do nothing. */
  release(): void;
}

/**
 * Lets a number of model requests be under way at once; the others wait in line, first come, first served.
 *
 * An agent has one request under way at most, because a notebook runs one cell at a time, and it acquires a permit for each attempt.
 * So agents take turns: neither a retry nor a second question about a cell overtakes requests that wait.
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
  /** How many requests may be under way; 0 is any number. */
  readonly limit: number;
  #underWay = 0;
  /** The requests that wait, oldest first; each function grants one its permit. */
  readonly #line = new Set<() => void>();

  /**
   * Makes a limiter, to be shared by every agent that it limits.
   *
   * @param limit how many requests may be under way; 0 is any number
   * @throws {ConfigurationError} when the limit is not a whole number, 0 or more
   */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 0) {
      const message = `wrong limit of a RequestLimiter ${limit}: expected a whole number, 0 or more; 0 is no limit`;
      throw new ConfigurationError([{ message }]);
    }
    this.limit = limit;
  }

  /** How many requests wait for a permit. */
  get waiting(): number {
    return this.#line.size;
  }

  /**
   * Waits in line for a permit.
   *
   * @param signal takes the request out of the line; once it has its permit, only {@linkcode RequestPermit.release} gives that back
   * @throws the signal's reason, when it is aborted before the permit is granted
   */
  acquire(signal: AbortSignal): Promise<RequestPermit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const grant = () => {
        signal.removeEventListener("abort", withdraw);
        resolve(this.#issuePermit());
      };
      const withdraw = () => {
        this.#line.delete(grant);
        reject(signal.reason);
      };
      signal.addEventListener("abort", withdraw, { once: true });
      this.#line.add(grant);
      this.#grantNext();
    });
  }

  #issuePermit(): RequestPermit {
    this.#underWay += 1;
    let isReleased = false;
    return {
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#underWay -= 1;
        this.#grantNext();
      },
    };
  }

  /** Grants permits to those that are next, as far as the limit allows. */
  #grantNext(): void {
    for (const grant of this.#line) {
      if (this.limit > 0 && this.#underWay >= this.limit) return;
      this.#line.delete(grant);
      grant();
    }
  }
}
