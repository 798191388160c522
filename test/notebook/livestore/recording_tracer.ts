/**
 * A tracer that records the names of its spans.
 *
 * @module
 */

import { makeNoopTracer } from "@livestore/utils";
import type { OtelTracer } from "@livestore/utils/effect";

/** Makes a tracer that records the name of each span and returns the spans that LiveStore makes without a tracer. */
export function recordingTracer() {
  const spans: string[] = [];
  const noop = makeNoopTracer();
  const tracer = {
    startSpan: (name: string) => {
      spans.push(name);
      return noop.startSpan(name);
    },
    startActiveSpan: (...args: Parameters<typeof noop.startActiveSpan>) => {
      spans.push(args[0]);
      return noop.startActiveSpan(...args);
    },
  } as typeof OtelTracer.OtelTracer.Service;
  return { spans, tracer };
}
