import assert from "node:assert/strict";
import { provideOtel } from "@livestore/common";
import { makeNoopTracer } from "@livestore/utils";
import { Effect, OtelTracer } from "@livestore/utils/effect";
import { withoutTracing } from "../../../src/notebook/livestore/no_tracing.ts";
import { LocalLog } from "./local_log.ts";
import { openNotes } from "./open_notes.ts";
import { recordingTracer } from "./recording_tracer.ts";

/** Opens notes, reads, follows and writes, and returns the names of the spans that a tracer has started. */
async function spansOfNotes(tracing: (record: ReturnType<typeof provideOtel>) => typeof withoutTracing) {
  const { spans, tracer } = recordingTracer();
  const log = new LocalLog();
  log.write("there before");
  await using notes = await openNotes({
    backend: log.connect(),
    tracing: tracing(provideOtel({ otelTracer: tracer })),
  });
  log.write("theirs");
  await notes.become("there before", "theirs");
  notes.add("ours");
  await notes.become("there before", "theirs", "ours");
  return spans;
}

Deno.test("withoutTracing() prevents the spans of a store, even with a tracer around it", async () => {
  assert.notDeepEqual(await spansOfNotes((record) => record), []);
  assert.deepEqual(await spansOfNotes((record) => (effect) => record(withoutTracing(effect))), []);
});

Deno.test("withoutTracing() makes an effect find the same span inside and outside a span", async () => {
  const look = Effect.all([Effect.currentSpan, OtelTracer.currentOtelSpan]);
  const looking = Effect.gen(function* () {
    const outer = yield* look;
    const inner = yield* Effect.withSpan(look, "inner");
    return { outer, inner };
  });
  const { outer, inner } = await Effect.runPromise(looking.pipe(Effect.withSpan("outer"), withoutTracing));
  assert.equal(inner[0], outer[0]);
  assert.equal(inner[1], outer[1]);
});

Deno.test("withoutTracing() prevents an effect from reading the clock for its spans", async () => {
  const clock = await Effect.runPromise(Effect.clock);
  let readings = 0;
  const countingClock: typeof clock = Object.create(clock, {
    unsafeCurrentTimeNanos: {
      value: () => {
        readings++;
        return clock.unsafeCurrentTimeNanos();
      },
    },
  });
  const spans = Effect.void.pipe(Effect.withSpan("inner"), Effect.withSpan("outer"));
  await Effect.runPromise(spans.pipe(Effect.withClock(countingClock)));
  assert.equal(readings, 4);
  await Effect.runPromise(spans.pipe(withoutTracing, Effect.withClock(countingClock)));
  assert.equal(readings, 4);
});

Deno.test("withoutTracing() keeps the outcome of an effect", async () => {
  assert.equal(await Effect.runPromise(withoutTracing(Effect.withSpan(Effect.succeed(5), "span"))), 5);
  await assert.rejects(Effect.runPromise(withoutTracing(Effect.withSpan(Effect.fail(new Error("no")), "span"))), /no/);
});

Deno.test("the tracer of withoutTracing() runs its callbacks and has everything that LiveStore's no-op tracer has", async () => {
  const tracer = await Effect.runPromise(withoutTracing(OtelTracer.OtelTracer));
  assert.equal(tracer.startActiveSpan("span", () => 1), 1);
  assert.equal(tracer.startActiveSpan("span", {}, () => 2), 2);
  assert.equal(tracer.startActiveSpan("span", {}, {} as never, () => 3), 3);
  assert.throws(() => tracer.startActiveSpan("span", () => assert.fail("thrown within")), /thrown within/);
  const typesOf = (span: object) => Object.entries(span).map(([name, value]) => `${name}: ${typeof value}`).toSorted();
  const [ours, theirs] = [tracer, makeNoopTracer()].map((tracer) => typesOf(tracer.startSpan("span")));
  assert.deepEqual(ours, theirs);
});
