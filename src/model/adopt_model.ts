/**
 * Takes a model that a program has written.
 *
 * @module
 */

import type { RequestLimiter } from "../async/request_limiter.ts";
import { CheckedModel } from "../execution/checked_model.ts";
import type { Model } from "../execution/model.ts";
import { LimitedModel } from "./limited_model.ts";

/**
 * Holds a model to its contract, and lets its requests wait for their turn.
 *
 * @param model the program's own
 * @param limiter says when a request may begin. Default: at once
 */
export function adoptModel(model: Model, limiter?: RequestLimiter): Model {
  const checked = new CheckedModel(model);
  return limiter === undefined ? checked : new LimitedModel(checked, limiter);
}
