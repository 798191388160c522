/**
 * OpenTelemetry, as far as the process has it: loaded when it is on, and not at all otherwise.
 *
 * @module
 */

import type { Context } from "@opentelemetry/api";

/** The package `@opentelemetry/api`. */
export type OpenTelemetry = typeof import("@opentelemetry/api");

/** Under this name the package finds who makes spans. Deno sets it with `OTEL_DENO=true`, an SDK when it is registered. */
const REGISTERED = Symbol.for("opentelemetry.js.api.1");

/** Stops propagators, Deno's among them, from sending the trace along: the key of `suppressTracing` in `@opentelemetry/core`. */
const SUPPRESSED = Symbol.for("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** The name of our spans' instrumentation scope. */
export const SCOPE = "@runt/aipython-runtime-agent";

let loaded: Promise<OpenTelemetry> | undefined;

/** Whether the process makes spans. */
export function isTelemetryOn(): boolean {
  return (globalThis as { [REGISTERED]?: { trace?: unknown } })[REGISTERED]?.trace !== undefined;
}

/** Loads the package. */
export function loadOpenTelemetry(): Promise<OpenTelemetry> {
  return loaded ??= import("@opentelemetry/api");
}

/** A context in which a sampler that heeds parents records nothing, and from which no trace is sent along. */
export function unrecorded({ ROOT_CONTEXT, trace, TraceFlags }: OpenTelemetry): Context {
  const parent = { traceId: randomHex(16), spanId: randomHex(8), traceFlags: TraceFlags.NONE };
  return trace.setSpanContext(ROOT_CONTEXT.setValue(SUPPRESSED, true), parent);
}

/** Whether the sampler heeds parents, so that what runs in an {@linkcode unrecorded} context makes no spans. Deno's default does not. */
export function heedsParents(api: OpenTelemetry): boolean {
  // A span that is not ended is not exported.
  const span = api.trace.getTracer(SCOPE).startSpan("sampled?", {}, unrecorded(api));
  return (span.spanContext().traceFlags & api.TraceFlags.SAMPLED) === 0;
}

function randomHex(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}
