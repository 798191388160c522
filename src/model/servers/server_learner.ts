/**
 * Asks a model server about a model as early as possible: at the start, or before a later request.
 *
 * @module
 */

import { processMemory } from "../form_memory.ts";
import { listModels, type ModelList } from "../list_models.ts";
import type { RequestForm } from "../request_form.ts";
import { learnFromServer, type LearnFromServerOptions } from "./learn_from_server.ts";

/** The server, the model, and where to keep the result. */
export type ServerLearnerOptions = Omit<LearnFromServerOptions, "list">;

/** The maximum number of attempts before requests. A server that never answers must not delay every cell. */
const MAX_TRIES = 3;

/** The longest wait for the list of models before a request, in milliseconds. */
const TIMEOUT_MS = 2_000;

/** The status of a server without a list of models. */
const NOT_IMPLEMENTED = 501;

/** Asks one server about one model. */
export class ServerLearner {
  readonly #options: ServerLearnerOptions;
  #guess: RequestForm | undefined;
  #triesLeft = MAX_TRIES;

  /** Prepares the requests. Nothing is sent yet. */
  constructor(options: ServerLearnerOptions) {
    this.#options = options;
  }

  /**
   * Learns from the server's answer to `GET /models`. A server that did not answer, or is still loading its model, is asked again before
   * the next request.
   *
   * @param list the answer; absent if there was none
   * @throws the signal's reason, once it is aborted
   */
  async learn(list: ModelList | undefined, signal: AbortSignal): Promise<void> {
    if (list === undefined || (list.status >= 500 && list.status !== NOT_IMPLEMENTED)) return;
    const { baseUrl, model, memory = processMemory } = this.#options;
    const facts = await learnFromServer({ ...this.#options, list, guess: this.#guess }, signal);
    if (facts?.isPartial === true) this.#guess = memory.recall(baseUrl, model);
    else this.#triesLeft = 0;
  }

  /**
   * Asks the server again if facts are still missing.
   *
   * @throws the signal's reason, once it is aborted
   */
  async beforeRequest(signal: AbortSignal): Promise<void> {
    if (this.#triesLeft === 0) return;
    this.#triesLeft -= 1;
    try {
      const list = await listModels(this.#options, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
      await this.learn(list, signal);
    } catch {
      // The request itself will report the problem of the server.
      signal.throwIfAborted();
    }
  }
}
