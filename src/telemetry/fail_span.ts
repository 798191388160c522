/**
 * Marks spans of failed operations.
 *
 * @module
 */

import type { Span } from "@opentelemetry/api";
import { ModelError } from "../errors.ts";
import type { OpenTelemetry } from "./open_telemetry.ts";

/** Marks a span as failed. The server's message is omitted, because it may repeat the cell's text. */
export function failSpan({ SpanStatusCode }: OpenTelemetry, span: Span, type: string): void {
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Returns the type of an error: the kind of a model's error, otherwise the name of the class. */
export function errorType(error: unknown): string {
  if (error instanceof ModelError) return error.kind;
  return error instanceof Error ? error.name : "_OTHER";
}
