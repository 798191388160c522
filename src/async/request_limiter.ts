/**
 * How many model requests are under way at once, over all agents that share the limit, and who is next.
 *
 * @module
 */

import { ConfigurationError } from "../errors.ts";

/** A request's place: in the line at first, among those under way when its turn has come. */
export interface RequestPermit {
  /** Whether its turn has come. */
  readonly isUnderWay: boolean;
  /** Resolves when its turn has come; rejects with the signal's reason if that is aborted first. */
  readonly turn: Promise<void>;
  /** Gives the place up, wherever it is; whoever is next moves up. It may be called again. */
  leave(): void;
}

/**
 * Lets a number of model requests be under way at once; the others wait in line, first come, first served.
 *
 * An agent has one request under way at most, because a notebook runs one cell at a time, and joins the line anew for each: so
 * agents take turns, and neither a retry nor a cell that is asked about again overtakes those that wait.
 *
 * ```ts
 * const requestLimiter = new RequestLimiter(8);
 * const agents = ["notebook-1", "notebook-2"].map((notebookId) => new AIPythonAgent({ notebookId, requestLimiter }));
 * ```
 */
export class RequestLimiter {
  /** How many requests may be under way; 0 is any number. */
  readonly limit: number;
  #underWay = 0;
  /** How those that wait are let in, the first that came first. */
  readonly #line = new Set<() => void>();

  /**
   * Makes a limiter, to be handed to every agent that it is for.
   *
   * @param limit how many requests may be under way; 0 is any number
   * @throws {ConfigurationError} it is not a whole number, 0 or more
   */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 0) {
      const message = `wrong limit of a RequestLimiter ${limit}: expected a whole number, 0 or more; 0 is no limit`;
      throw new ConfigurationError([{ message }]);
    }
    this.limit = limit;
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.#line.size;
  }

  /**
   * Takes a place for a request, which begins when its {@linkcode RequestPermit.turn} has come and leaves when it has ended.
   *
   * @param signal while the place is in the line, takes it out of there
   */
  join(signal: AbortSignal): RequestPermit {
    const turn = Promise.withResolvers<void>();
    // Whoever waits asks for it; a place that is under way at once nobody waits for.
    turn.promise.catch(() => {});
    let isUnderWay = false;
    const begin = () => {
      signal.removeEventListener("abort", giveUp);
      this.#underWay += 1;
      isUnderWay = true;
      turn.resolve();
    };
    const leave = () => {
      signal.removeEventListener("abort", giveUp);
      this.#line.delete(begin);
      if (!isUnderWay) return;
      isUnderWay = false;
      this.#underWay -= 1;
      this.#moveUp();
    };
    const giveUp = () => {
      leave();
      turn.reject(signal.reason);
    };
    this.#line.add(begin);
    if (signal.aborted) giveUp();
    else {
      signal.addEventListener("abort", giveUp, { once: true });
      this.#moveUp();
    }
    return {
      get isUnderWay() {
        return isUnderWay;
      },
      turn: turn.promise,
      leave,
    };
  }

  /** Lets those in that are next, as far as there is room. */
  #moveUp(): void {
    for (const begin of this.#line) {
      if (this.limit > 0 && this.#underWay >= this.limit) return;
      this.#line.delete(begin);
      begin();
    }
  }
}
