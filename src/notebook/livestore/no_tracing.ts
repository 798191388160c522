/**
 * Keeps LiveStore from tracing: it makes spans for all that it does, a dozen for every event, and nobody reads them.
 *
 * @module
 */

import { Context, Effect, Option, OtelTracer, Tracer } from "@livestore/utils/effect";

/** Where Effect's tracer for OpenTelemetry keeps a span of OpenTelemetry's: LiveStore looks for it there. */
const OTEL_SPAN = Symbol.for("@effect/opentelemetry/Tracer/OtelSpan");

const nothing = () => {};

/** OpenTelemetry's span, with what LiveStore adds to read its duration. */
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

/** OpenTelemetry's tracer: what is to be traced comes last. */
const otelTracer = {
  startSpan: () => otelSpan,
  startActiveSpan: (...args: unknown[]) => (args.at(-1) as (span: typeof otelSpan) => unknown)(otelSpan),
} as unknown as typeof OtelTracer.OtelTracer.Service;

/** The one span of Effect's. */
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

/** Runs a part of LiveStore, which wants a tracer, with one that does nothing. */
export function withoutTracing<Value, Failure, Needs>(
  effect: Effect.Effect<Value, Failure, Needs>,
): Effect.Effect<Value, Failure, Exclude<Needs, OtelTracer.OtelTracer>> {
  return effect.pipe(
    Effect.provideService(OtelTracer.OtelTracer, otelTracer),
    Effect.withTracer(tracer),
    Effect.withTracerTiming(false),
  );
}
