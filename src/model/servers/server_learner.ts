/**
 * Learns from a model server as soon as it can be asked: at the start, or before a later request.
 *
 * @module
 */

import { processMemory } from "../form_memory.ts";
import { listModels, type ModelList } from "../list_models.ts";
import type { RequestForm } from "../request_form.ts";
import { learnFromServer, type LearnFromServerOptions } from "./learn_from_server.ts";

/** Whom to learn from, about which model. */
export type ServerLearnerOptions = Omit<LearnFromServerOptions, "list">;

/** How often a server is asked before a request. One that never answers must not delay every cell. */
const MAX_TRIES = 3;

/** How long the list of models is waited for before a request, in milliseconds. */
const TIMEOUT_MS = 2_000;

/** What a server without a list of models answers. */
const NOT_IMPLEMENTED = 501;

/** Learns from one server about one model. */
export class ServerLearner {
  readonly #options: ServerLearnerOptions;
  #guess: RequestForm | undefined;
  #triesLeft = MAX_TRIES;

  /** Prepares the questions; nothing is sent yet. */
  constructor(options: ServerLearnerOptions) {
    this.#options = options;
  }

  /**
   * Learns from what the server answered to `GET /models`. A server that was not there, or is still loading its model, is asked again
   * before the next request.
   *
   * @param list the answer; absent where there was none
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
   * Asks the server if it has not been learnt from yet.
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
      // The request itself says what is wrong with the server.
      signal.throwIfAborted();
    }
  }
}
