/**
 * Answers health checks over HTTP while a command is attached: for `aipython health`, and for the probes of service managers.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import { optionTable } from "../../options/option_table.ts";
import { errorCode } from "../files/error_code.ts";
import { healthUrl } from "./health_url.ts";
import type { HealthReport } from "./notebook_health.ts";

export interface HealthAddress {
  /** A host name or an IP address. */
  host: string;
  /** The port; 0 chooses a free one. */
  port: number;
}

/**
 * Starts the server.
 *
 * `GET /healthz` answers with a {@linkcode HealthReport}: status 200 if all notebooks are attached, 503 otherwise. `GET /livez` answers
 * with 200 as long as the process responds. The answers contain no secrets.
 *
 * @returns the server; dispose it to stop it
 * @throws {ConfigurationError} the address cannot be listened on
 */
export function serveHealth(address: HealthAddress, report: () => HealthReport, logger: Logger): AsyncDisposable {
  const { host, port } = address;
  try {
    return Deno.serve({
      hostname: host,
      port,
      onListen: ({ port }) => logger.info("answering health checks", { url: healthUrl({ host, port }) }),
    }, (request) => answer(request, report));
  } catch (error) {
    throw unusableAddress(address, error);
  }
}

function answer({ method, url }: Request, report: () => HealthReport): Response {
  if (method !== "GET" && method !== "HEAD") return respond(405, { error: "use GET or HEAD" });
  switch (new URL(url).pathname) {
    case "/healthz": {
      const health = report();
      return respond(health.status === "attached" ? 200 : 503, health);
    }
    case "/livez":
      return respond(200, { status: "alive" });
    default:
      return respond(404, { error: "not found: use /healthz or /livez" });
  }
}

function respond(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

function unusableAddress({ host, port }: HealthAddress, error: unknown): ConfigurationError {
  const { flag, environment } = optionTable.healthPort;
  const place = new URL(healthUrl({ host, port })).host;
  const ways = `give another one with --${flag} (${environment[0]}) and --${optionTable.healthHost.flag}`;
  const problem = error instanceof Deno.errors.NotCapable
    ? `Deno does not allow it; add ${place} to --allow-net`
    : errorCode(error) === "EADDRINUSE"
    ? `the address is in use; ${ways}`
    : `${error instanceof Error ? error.message : error}; ${ways}`;
  const message = `cannot answer health checks at ${place}: ${problem}`;
  return new ConfigurationError([{ option: "healthPort", message }]);
}
