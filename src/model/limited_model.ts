/**
 * A model whose requests wait for their turn.
 *
 * @module
 */

import { type Clock, systemClock } from "../async/clock.ts";
import type { RequestLimiter } from "../async/request_limiter.ts";
import type { Model, ModelEvent, ModelRequest } from "../execution/model.ts";
import { PassingModel } from "../execution/passing_model.ts";
import { awaitPermit } from "./await_permit.ts";

/** Passes a request on to a model once the limiter has given it a permit, and says so while it waits. */
export class LimitedModel extends PassingModel {
  readonly #limiter: RequestLimiter;
  readonly #clock: Clock;

  /**
   * @param model answers the requests
   * @param limiter says when a request may begin
   * @param clock measures the wait. Default: the machine's
   */
  constructor(model: Model, limiter: RequestLimiter, clock: Clock = systemClock) {
    super(model);
    this.#limiter = limiter;
    this.#clock = clock;
  }

  override async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const permit = yield* awaitPermit(this.#limiter, this.#clock, request.signal);
    try {
      yield* this.model.stream(request);
    } finally {
      permit.release();
    }
  }
}
