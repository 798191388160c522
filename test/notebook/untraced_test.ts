import assert from "node:assert/strict";
import { Effect, Tracer } from "@livestore/utils/effect";
import { untraced } from "../../src/notebook/untraced.ts";

/** A tracer that counts what it is told. */
async function told(run: (effect: Effect.Effect<number>) => Effect.Effect<number>) {
  const native = await Effect.runPromise(Effect.tracer);
  let [spans, steps] = [0, 0];
  const tracer = Tracer.make({
    span: (...args) => {
      spans++;
      return native.span(...args);
    },
    context: (step) => {
      steps++;
      return step();
    },
  });
  const work = Effect.gen(function* () {
    const fiber = yield* Effect.succeed(41).pipe(Effect.withSpan("forked"), Effect.fork);
    return (yield* fiber.await.pipe(Effect.flatten)) + 1;
  }).pipe(Effect.withSpan("work"));
  const result = await Effect.runPromise(run(work).pipe(Effect.withTracer(tracer)));
  return { result, spans, steps };
}

Deno.test("untraced() runs an effect and the fibers that it forks without a span", async () => {
  const traced = await told((effect) => effect);
  const quiet = await told(untraced);
  assert.deepEqual([traced.result, quiet.result], [42, 42]);
  assert.deepEqual([traced.spans, quiet.spans], [2, 0]);
  assert.ok(quiet.steps < traced.steps, `${quiet.steps} of ${traced.steps} steps went through the tracer`);
});
