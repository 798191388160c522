/**
 * HTTP requests of which no span is made.
 *
 * @module
 */

import { heedsParents, isTelemetryOn, loadOpenTelemetry, unrecorded } from "./open_telemetry.ts";

/**
 * Does what `fetch` does. Deno makes a span of each `fetch`, which has the whole address: the token for a notebook, and keys in the query
 * of a model server's address. This one makes none, where the sampler heeds parents. All requests of the source go through it.
 */
export async function privateFetch(
  input: string | URL | Request,
  init?: RequestInit & { client?: Deno.HttpClient },
): Promise<Response> {
  if (!isTelemetryOn()) return await fetch(input, init);
  const api = await loadOpenTelemetry();
  if (!heedsParents(api)) return await fetch(input, init);
  return await api.context.with(unrecorded(api), () => fetch(input, init));
}
