/**
 * A line that says how the runtime is, which model answers, and what it has cost.
 *
 * @module
 */

import type { NotebookUsage, RuntimeStatus, Site } from "../api/api.ts";
import { Spent } from "./spent.tsx";

/** What is known. */
export interface RuntimeChipProps {
  site: Site;
  status?: RuntimeStatus;
  usage?: NotebookUsage;
  isRestarting: boolean;
  isRunning: boolean;
}

/** Draws the line. */
export function RuntimeChip({ site, status, usage, isRestarting, isRunning }: RuntimeChipProps) {
  const state = isRestarting ? "starting" : status?.state ?? "starting";
  const [kind, text] = describe(state, isRunning);
  return (
    <div className="chip" data-kind={kind}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{text}</span>
      <span className="model">simulated by {site.isOffline ? "offline stand-in" : status?.model ?? site.model}</span>
      {usage !== undefined && <Spent total={usage.total} />}
    </div>
  );
}

function describe(state: RuntimeStatus["state"], isRunning: boolean): ["busy" | "ready" | "bad", string] {
  if (state === "failed" || state === "ended") return ["bad", state];
  if (state === "displaced") return ["bad", "taken over"];
  if (state !== "ready") return ["busy", "starting"];
  return isRunning ? ["busy", "running"] : ["ready", "ready"];
}
