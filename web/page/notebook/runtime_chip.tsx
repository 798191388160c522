/**
 * A line that says how the runtime is, which model answers, and what it has cost.
 *
 * @module
 */

import type { RuntimeStatus, Site } from "../api/api.ts";

/** What is known. */
export interface RuntimeChipProps {
  site: Site;
  status?: RuntimeStatus;
  isRestarting: boolean;
  isRunning: boolean;
}

/** Draws the line. */
export function RuntimeChip({ site, status, isRestarting, isRunning }: RuntimeChipProps) {
  const state = isRestarting ? "starting" : status?.state ?? "starting";
  const [kind, text] = describe(state, isRunning);
  const usage = status?.usage;
  const tokens = usage === undefined ? 0 : usage.input + usage.output;
  const detail = usage === undefined
    ? ""
    : `${usage.requests} requests, ${usage.input.toLocaleString("en")} tokens in (${
      usage.cachedInput.toLocaleString("en")
    } cached), ${usage.output.toLocaleString("en")} out`;
  return (
    <div className="chip" data-kind={kind}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{text}</span>
      <span className="model">simulated by {site.isOffline ? "offline stand-in" : status?.model ?? site.model}</span>
      {tokens > 0 && <span className="tokens" title={detail}>{formatTokens(tokens)} tokens</span>}
    </div>
  );
}

function describe(state: RuntimeStatus["state"], isRunning: boolean): ["busy" | "ready" | "bad", string] {
  if (state === "failed" || state === "ended") return ["bad", state];
  if (state === "displaced") return ["bad", "taken over"];
  if (state !== "ready") return ["busy", "starting"];
  return isRunning ? ["busy", "running"] : ["ready", "ready"];
}

/** `812`, `4.2k`, `1.3M`: estimates where the server does not count. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 1_000_000) return `${(tokens / 1_000).toFixed(1)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}
