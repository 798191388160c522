/**
 * A receiver of OpenTelemetry's protocol (OTLP over HTTP, as JSON) on loopback.
 *
 * @module
 */

/** An attribute's value as OTLP writes it in JSON: integers are strings. */
type Value = {
  stringValue?: string;
  intValue?: string;
  doubleValue?: number;
  boolValue?: boolean;
  arrayValue?: { values: Value[] };
};

/** A received span. */
export interface ReceivedSpan {
  name: string;
  /** 1: internal, 2: server, 3: client. */
  kind: number;
  traceId: string;
  spanId: string;
  /** Empty for a root span. */
  parentSpanId: string;
  /** The name of its instrumentation scope. */
  scope: string;
  attributes: Record<string, unknown>;
  /** 0: unset, 2: error. */
  status: { code: number; message: string };
  events: unknown[];
}

/** The receiver; `await using` stops it. */
export interface OtlpReceiver extends AsyncDisposable {
  /** The variables that make Deno export to the receiver. */
  environment: Record<string, string>;
  /** The body of every request so far, with any kind of telemetry. */
  bodies: string[];
  /** Returns all spans so far, in the order of their start times. */
  spans(): ReceivedSpan[];
}

/** Starts a receiver on a free port. */
export function startOtlpReceiver(): OtlpReceiver {
  const bodies: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    bodies.push(await request.text());
    return Response.json({});
  });
  return {
    environment: {
      OTEL_DENO: "true",
      OTEL_TRACES_SAMPLER: "parentbased_always_on",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${server.addr.port}`,
    },
    bodies,
    spans: () => bodies.flatMap(spansIn).toSorted((a, b) => a.at < b.at ? -1 : 1).map(({ at: _at, ...span }) => span),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Returns the spans of a body, each with its start time. Bodies of logs or metrics have no spans. */
function spansIn(body: string): (ReceivedSpan & { at: bigint })[] {
  // deno-lint-ignore no-explicit-any -- OTLP's own form, of which few fields are read
  const { resourceSpans = [] } = JSON.parse(body) as { resourceSpans?: any[] };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ scope, spans }) =>
    // deno-lint-ignore no-explicit-any -- as above
    spans.map(({ name, kind, traceId, spanId, parentSpanId, attributes, status, events, startTimeUnixNano }: any) => ({
      ...{ name, kind, traceId, spanId, parentSpanId, status, events },
      scope: scope.name,
      attributes: Object.fromEntries(
        attributes.map(({ key, value }: { key: string; value: Value }) => [key, valueOf(value)]),
      ),
      at: BigInt(startTimeUnixNano),
    }))
  );
}

function valueOf({ stringValue, intValue, doubleValue, boolValue, arrayValue }: Value): unknown {
  if (arrayValue !== undefined) return arrayValue.values.map(valueOf);
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? doubleValue ?? boolValue;
}
