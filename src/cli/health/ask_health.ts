/**
 * Requests a health report over HTTP.
 *
 * @module
 */

import http from "node:http";
import type { HealthReport } from "./notebook_health.ts";

/** The timeout of a request, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;
/** The maximum length of a response, in characters: enough for the reports of thousands of notebooks. */
const MAX_CHARACTERS = 4_000_000;

/**
 * Requests the health report of an agent. It connects directly, unlike `fetch`, which would use the proxy of `HTTP_PROXY`.
 *
 * @returns the report, or a message that says what is wrong and what to do
 */
export async function askHealth(url: string): Promise<HealthReport | string> {
  let body: string;
  try {
    body = await get(url, AbortSignal.timeout(ANSWER_TIMEOUT_MS));
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      return `Deno does not allow a connection to ${url}: add ${new URL(url).host} to --allow-net`;
    }
    return `nothing answers health checks at ${url} (${
      reasonOf(error)
    }): is an agent running with this --health-port ` +
      "(AIPYTHON_HEALTH_PORT) and --health-host?";
  }
  return readReport(body) ??
    `the server at ${url} is not an agent of aipython: check --health-port (AIPYTHON_HEALTH_PORT)`;
}

function get(url: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    http.get(url, { signal, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (piece) => {
        body += piece;
        if (body.length > MAX_CHARACTERS) response.destroy(new Error("the answer is too long"));
      });
      response.on("end", () => resolve(body));
      response.on("error", reject);
    }).on("error", reject);
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "AbortError" || error.name === "TimeoutError"
    ? `within ${ANSWER_TIMEOUT_MS / 1000} s`
    : error.message;
}

function readReport(body: string): HealthReport | undefined {
  try {
    const { status, notebooks } = JSON.parse(body);
    return typeof status === "string" && Array.isArray(notebooks) ? { status, notebooks } as HealthReport : undefined;
  } catch {
    return undefined;
  }
}
