/**
 * Runs LiveStore's effects without tracing.
 *
 * LiveStore describes every one of its steps to a tracer, and each step of each effect is run through it, although nobody has one
 * attached: that took a third of the time for which it works on an event.
 *
 * @module
 */

import { Effect } from "@livestore/utils/effect";

/** The same effect, whose spans are made of nothing and whose steps are run directly. Fibers that it forks are untraced, too. */
export function untraced<A, Failure, Needs>(
  effect: Effect.Effect<A, Failure, Needs>,
): Effect.Effect<A, Failure, Needs> {
  return Effect.flatMap(Effect.tracer, (tracer) =>
    effect.pipe(
      Effect.withTracerEnabled(false),
      Effect.withTracer({ ...tracer, context: (run) => run() }),
    ));
}
