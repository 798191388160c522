/**
 * A tracer for tests of what is traced.
 *
 * @module
 */

import { makeNoopTracer } from "@livestore/utils";
import type { OtelTracer } from "@livestore/utils/effect";

/** Makes a tracer that notes the name of each span, and makes the spans that LiveStore makes when it is given no tracer. */
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
