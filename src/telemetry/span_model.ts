/**
 * A model that creates a span for each request.
 *
 * @module
 */

import type { Attributes, Context, Span, Tracer } from "@opentelemetry/api";
import { type Clock, systemClock } from "../async/clock.ts";
import type { Model, ModelEvent } from "../execution/model.ts";
import type { ObservedRequest, RequestObserver } from "../execution/observed_request.ts";
import { PassingModel } from "../execution/passing_model.ts";
import { errorType, failSpan } from "./fail_span.ts";
import type { OpenTelemetry } from "./open_telemetry.ts";

export interface SpanModelOptions {
  api: OpenTelemetry;
  tracer: Tracer;
  /** The context with the span of the cell. */
  parent: Context;
  attributes: Attributes;
  /** Measures the time to the first event. Default: the system's clock. */
  clock?: Clock;
}

/** Passes requests on to a model, and creates a span for each, from the call to the last event and with all retries. */
export class SpanModel extends PassingModel {
  readonly #options: SpanModelOptions;

  constructor(model: Model, options: SpanModelOptions) {
    super(model);
    this.#options = options;
  }

  override async *stream(request: ObservedRequest): AsyncGenerator<ModelEvent> {
    const { api, tracer, parent, attributes, clock = systemClock } = this.#options;
    const span = tracer.startSpan(`chat ${this.name}`, {
      kind: api.SpanKind.CLIENT,
      attributes: { "gen_ai.operation.name": "chat", ...attributes, "gen_ai.request.stream": true },
    }, parent);
    const startedAt = clock.now();
    let hasBegun = false;
    const observer = new SpanObserver(span, request.observer);
    try {
      const observed: ObservedRequest = { ...request, observer };
      for await (const event of this.model.stream(observed)) {
        if (!hasBegun && event.type !== "waiting") {
          hasBegun = true;
          span.setAttribute("gen_ai.response.time_to_first_chunk", (clock.now() - startedAt) / 1000);
        }
        record(span, event);
        yield event;
      }
    } catch (error) {
      if (!request.signal.aborted) failSpan(api, span, errorType(error));
      throw error;
    } finally {
      span.setAttribute("aipython.request.attempts", observer.attempts);
      span.end();
    }
  }
}

/** Records the progress of a request in a span, and passes it on to the request's own observer. */
class SpanObserver implements RequestObserver {
  readonly #span: Span;
  readonly #next: RequestObserver | undefined;
  /** The number of times that the request was sent. */
  attempts = 0;

  constructor(span: Span, next: RequestObserver | undefined) {
    this.#span = span;
    this.#next = next;
  }

  onSend(...args: Parameters<RequestObserver["onSend"]>): void {
    this.attempts += 1;
    this.#next?.onSend(...args);
  }

  onRetry(reason: string): void {
    this.#next?.onRetry(reason);
  }

  onThought(delta: string): void {
    this.#next?.onThought(delta);
  }

  onModel(name: string): void {
    this.#span.setAttribute("gen_ai.response.model", name);
    this.#next?.onModel?.(name);
  }
}

/** Records the finish reason and the token usage in a span. */
function record(span: Span, event: ModelEvent): void {
  if (event.type === "finish") span.setAttribute("gen_ai.response.finish_reasons", [event.reason]);
  if (event.type !== "usage") return;
  const { input, cachedInput, output, reasoning } = event.usage;
  span.setAttributes({
    "gen_ai.usage.input_tokens": input,
    "gen_ai.usage.cache_read.input_tokens": cachedInput,
    "gen_ai.usage.output_tokens": output,
    ...(reasoning !== undefined && { "gen_ai.usage.reasoning.output_tokens": reasoning }),
  });
}
