/**
 * Loads OpenTelemetry if it is on in this process.
 *
 * @module
 */

import type { Context } from "@opentelemetry/api";

export type OpenTelemetry = typeof import("@opentelemetry/api");

/** The property under which the package finds the implementation. Deno sets it with `OTEL_DENO=true`, an SDK when it is registered. */
const REGISTERED = Symbol.for("opentelemetry.js.api.1");

/** Stops propagators, including Deno's, from adding the trace to requests: the key of `suppressTracing` in `@opentelemetry/core`. */
const SUPPRESSED = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** The instrumentation scope of this program's spans. */
export const SCOPE = "@runt/aipython-runtime-agent";

let loaded: Promise<OpenTelemetry> | undefined;

export function isTelemetryOn(): boolean {
  return (globalThis as { [REGISTERED]?: { trace?: unknown } })[REGISTERED]?.trace !== undefined;
}

/** Loads the package, once. */
export function loadOpenTelemetry(): Promise<OpenTelemetry> {
  return loaded ??= import("@opentelemetry/api");
}

/** Creates a context in which a parent-based sampler records nothing, and whose trace is not added to requests. */
export function unrecorded({ ROOT_CONTEXT, trace, TraceFlags }: OpenTelemetry): Context {
  const parent = { traceId: randomHex(16), spanId: randomHex(8), traceFlags: TraceFlags.NONE };
  return trace.setSpanContext(ROOT_CONTEXT.setValue(SUPPRESSED, true), parent);
}

/** Returns whether the sampler is parent-based, so that an {@linkcode unrecorded} context has no spans. Deno's default sampler is not. */
export function heedsParents(api: OpenTelemetry): boolean {
  // A span that is not ended is not exported.
  const span = api.trace.getTracer(SCOPE).startSpan("sampled?", {}, unrecorded(api));
  return (span.spanContext().traceFlags & api.TraceFlags.SAMPLED) === 0;
}

function randomHex(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}
