/**
 * A model whose requests are limited.
 *
 * @module
 */

import { type Clock, systemClock } from "../async/clock.ts";
import type { RequestLimiter } from "../async/request_limiter.ts";
import type { Model, ModelEvent, ModelRequest } from "../execution/model.ts";
import { PassingModel } from "../execution/passing_model.ts";
import { awaitPermit } from "./await_permit.ts";

/** Passes a request on to a model once the limiter has granted a permit. Announces a longer wait. */
export class LimitedModel extends PassingModel {
  readonly #limiter: RequestLimiter;
  readonly #clock: Clock;

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
