/**
 * Says in a span how an operation failed.
 *
 * @module
 */

import type { Span } from "@opentelemetry/api";
import { ModelError } from "../errors.ts";
import type { OpenTelemetry } from "./open_telemetry.ts";

/** Marks a span as failed. What a server says of it is left out: it may repeat the cell. */
export function failSpan({ SpanStatusCode }: OpenTelemetry, span: Span, type: string): void {
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Names the kind of an error: that of a model's, or the class. */
export function errorType(error: unknown): string {
  if (error instanceof ModelError) return error.kind;
  return error instanceof Error ? error.name : "_OTHER";
}
