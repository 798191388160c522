/**
 * Makes spans of cells and of their model requests, by OpenTelemetry's conventions for generative AI
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

/** Whose cells are watched. */
export interface CellSpansOptions {
  /** The model server's address. */
  baseUrl: string;
  /** The notebook's id. Default: the cells are of no notebook. */
  notebookId?: string;
}

/** The name of the agent in the spans. */
const AGENT = "aipython";

/**
 * Begins to watch, where the process makes spans.
 *
 * @returns what watches; `undefined` where OpenTelemetry is off, and nothing of it is loaded then
 * @throws {ConfigurationError} Deno's own spans would have a secret: the sampler does not heed parents, and there is a notebook, whose
 * token stands in an address, or a secret in the model server's address
 */
export async function openCellSpans(options: CellSpansOptions): Promise<CellTelemetry | undefined> {
  if (!isTelemetryOn()) return undefined;
  const api = await loadOpenTelemetry();
  const hasSecret = options.notebookId !== undefined || addressSecrets(options.baseUrl).length > 0;
  if (hasSecret && !heedsParents(api)) {
    throw new ConfigurationError([{
      message:
        "OpenTelemetry is on (OTEL_DENO), and Deno would export the addresses of all requests, with the secrets in " +
        "them; set OTEL_TRACES_SAMPLER=parentbased_always_on, which keeps them back, or turn OTEL_DENO off",
    }]);
  }
  return new CellSpans(api, options);
}

/** Watches cells and makes spans of them. No span has anything of a cell's text, of an output, or of what a server says. */
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
