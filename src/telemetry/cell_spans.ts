/**
 * Creates spans for cells and their model requests, by OpenTelemetry's conventions for generative AI
 * (github.com/open-telemetry/semantic-conventions-genai, v0.1.0).
 *
 * @module
 */

import type { Attributes, Tracer } from "@opentelemetry/api";
import { ConfigurationError } from "../errors.ts";
import type { CellTelemetry, ObservedCell, ObservedEnd } from "../execution/cell_telemetry.ts";
import type { Model } from "../execution/model.ts";
import { addressSecrets } from "../options/secrets_of.ts";
import { errorType, failSpan } from "./fail_span.ts";
import { heedsParents, isTelemetryOn, loadOpenTelemetry, type OpenTelemetry, SCOPE } from "./open_telemetry.ts";
import { providerName } from "./provider_name.ts";
import { SpanModel } from "./span_model.ts";

/** The notebook and the model server, for the attributes of spans. */
export interface CellSpansOptions {
  baseUrl: string;
  /** The notebook's id. Default: none. */
  notebookId?: string;
}

/** The agent's name in spans. */
const AGENT = "aipython";

/**
 * Creates the telemetry of cells, if OpenTelemetry is on in this process.
 *
 * @returns the telemetry; `undefined` if OpenTelemetry is off, and its package is not loaded then
 * @throws {ConfigurationError} Deno's own spans would contain a secret: the sampler is not parent-based, and either there is a notebook,
 * whose token is part of a URL, or the model server's URL contains a secret
 */
export async function openCellSpans(options: CellSpansOptions): Promise<CellTelemetry | undefined> {
  if (!isTelemetryOn()) return undefined;
  const api = await loadOpenTelemetry();
  const hasSecret = options.notebookId !== undefined || addressSecrets(options.baseUrl).length > 0;
  if (hasSecret && !heedsParents(api)) {
    throw new ConfigurationError([{
      message:
        "OpenTelemetry is on (OTEL_DENO), and Deno would export the addresses of all requests, with the secrets in " +
        "them; set OTEL_TRACES_SAMPLER=parentbased_always_on, which prevents that, or turn OTEL_DENO off",
    }]);
  }
  return new CellSpans(api, options);
}

/** Creates a span for each cell. Spans contain no text of cells, of outputs or of server messages. */
class CellSpans implements CellTelemetry {
  readonly #api: OpenTelemetry;
  readonly #tracer: Tracer;
  readonly #attributes: Attributes;
  readonly #server: Attributes;

  constructor(api: OpenTelemetry, { baseUrl, notebookId }: CellSpansOptions) {
    this.#api = api;
    this.#tracer = api.trace.getTracer(SCOPE);
    this.#attributes = {
      "gen_ai.provider.name": providerName(baseUrl),
      ...(notebookId !== undefined && { "gen_ai.conversation.id": notebookId }),
    };
    const { hostname, port, protocol } = new URL(baseUrl);
    const usual = protocol === "https:" ? 443 : 80;
    this.#server = { "server.address": hostname, "server.port": port === "" ? usual : Number(port) };
  }

  async observe<Result extends ObservedEnd>(
    { kind, executionCount, model, signal }: ObservedCell,
    run: (model: Model) => Promise<Result>,
  ): Promise<Result> {
    const { context, trace, SpanKind } = this.#api;
    const common = { ...this.#attributes, "gen_ai.request.model": model.name };
    const span = this.#tracer.startSpan(`invoke_agent ${AGENT}`, {
      kind: SpanKind.INTERNAL,
      attributes: {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": AGENT,
        ...common,
        "aipython.cell.kind": kind,
        ...(executionCount !== undefined && { "aipython.cell.execution_count": executionCount }),
      },
    });
    const requests = new SpanModel(model, {
      api: this.#api,
      tracer: this.#tracer,
      parent: trace.setSpan(context.active(), span),
      attributes: { ...common, ...this.#server },
    });
    try {
      const result = await run(requests);
      span.setAttribute("aipython.cell.status", result.status);
      if (result.failure !== undefined) failSpan(this.#api, span, result.failure);
      return result;
    } catch (error) {
      span.setAttribute("aipython.cell.status", signal.aborted ? "interrupted" : "error");
      if (!signal.aborted) failSpan(this.#api, span, errorType(error));
      throw error;
    } finally {
      span.end();
    }
  }
}
