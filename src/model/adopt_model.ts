/**
 * Wraps a model that a program has implemented.
 *
 * @module
 */

import type { RequestLimiter } from "../async/request_limiter.ts";
import { CheckedModel } from "../execution/checked_model.ts";
import type { Model } from "../execution/model.ts";
import { LimitedModel } from "./limited_model.ts";

/**
 * Wraps a model so that its events are checked and its requests are limited.
 *
 * @param limiter limits the requests that are in flight at a time. Default: no limit
 */
export function adoptModel(model: Model, limiter?: RequestLimiter): Model {
  const checked = new CheckedModel(model);
  return limiter === undefined ? checked : new LimitedModel(checked, limiter);
}
