/**
 * Turns LiveStore's tracing off. LiveStore makes a span for each commit, query and statement, and nothing reads them.
 *
 * Replaces `provideOtel` of LiveStore 0.3.1 (`@livestore/common`, `src/otel.ts`) and its tracer that does nothing (`@livestore/utils`,
 * `src/NoopTracer.ts`). With that tracer Effect still makes a span and reads the clock twice for each step. LiveStore needs a tracer
 * and a current span to run, so both are constants here.
 *
 * @module
 */

import { Context, Effect, Option, OtelTracer, Tracer } from "@livestore/utils/effect";

/** The property by which `@effect/opentelemetry` recognises a span that holds one of OpenTelemetry's (its `src/internal/tracer.ts`). */
const OTEL_SPAN = Symbol.for("@effect/opentelemetry/Tracer/OtelSpan");

const nothing = () => {};

/** The only span of OpenTelemetry. LiveStore reads the two properties that begin with an underscore for a query's duration. */
const otelSpan = {
  _performanceStartTime: 0,
  _duration: [0, 0],
  setAttribute: nothing,
  setAttributes: nothing,
  addEvent: nothing,
  setStatus: nothing,
  updateName: nothing,
  recordException: nothing,
  end: nothing,
  spanContext: () => ({ traceId: "none", spanId: "none", traceFlags: 0 }),
};

/** A tracer of OpenTelemetry. In each form of `startActiveSpan` the function to run is the last argument. */
const otelTracer = {
  startSpan: () => otelSpan,
  startActiveSpan: (...args: unknown[]) => (args.at(-1) as (span: typeof otelSpan) => unknown)(otelSpan),
} as unknown as typeof OtelTracer.OtelTracer.Service;

/** The only span of Effect. */
const span = {
  _tag: "Span",
  [OTEL_SPAN]: OTEL_SPAN,
  span: otelSpan,
  name: "none",
  spanId: "none",
  traceId: "none",
  sampled: false,
  parent: Option.none(),
  context: Context.empty(),
  status: { _tag: "Started", startTime: 0n },
  attributes: new Map(),
  links: [],
  kind: "internal",
  end: nothing,
  attribute: nothing,
  event: nothing,
  addLinks: nothing,
} as unknown as Tracer.Span;

const tracer = Tracer.make({ span: () => span, context: (run) => run() });

/** Provides an effect of LiveStore with the tracer that it requires, and makes no spans. */
export function withoutTracing<Value, Failure, Needs>(
  effect: Effect.Effect<Value, Failure, Needs>,
): Effect.Effect<Value, Failure, Exclude<Needs, OtelTracer.OtelTracer>> {
  return effect.pipe(
    Effect.provideService(OtelTracer.OtelTracer, otelTracer),
    Effect.withTracer(tracer),
    Effect.withTracerTiming(false),
  );
}
