/**
 * A line with the state of the runtime, the model, and the cost.
 *
 * @module
 */

import type { NotebookUsage, RuntimeStatus, Site } from "../api/api.ts";
import { Spent } from "./spent.tsx";
import { describeFailure } from "./describe_failure.ts";

export interface RuntimeChipProps {
  site: Site;
  status?: RuntimeStatus;
  usage?: NotebookUsage;
  isRestarting: boolean;
  isRunning: boolean;
  openSettings(): void;
}

export function RuntimeChip({ site, status, usage, isRestarting, isRunning, openSettings }: RuntimeChipProps) {
  const state = isRestarting ? "starting" : status?.state ?? "starting";
  const [kind, text] = describe(state, isRunning, status?.failure);
  return (
    <div className="chip" data-kind={kind}>
      <span role="status">
        <button
          type="button"
          className="chip-state"
          aria-label={`${text}: settings of the model`}
          aria-haspopup="dialog"
          title={status?.failure?.message ?? "Settings of the model"}
          onClick={openSettings}
        >
          <span className="dot" aria-hidden="true" />
          {text}
        </button>
      </span>
      <span className="model">simulated by {site.isOffline ? "offline stand-in" : status?.model ?? site.model}</span>
      {usage !== undefined && <Spent total={usage.total} />}
    </div>
  );
}

function describe(
  state: RuntimeStatus["state"],
  isRunning: boolean,
  failure: RuntimeStatus["failure"],
): ["busy" | "ready" | "bad" | "doubt", string] {
  if (state === "failed" || state === "ended") return ["bad", state];
  if (state === "displaced") return ["bad", "taken over"];
  if (state !== "ready") return ["busy", "starting"];
  if (isRunning) return ["busy", "running"];
  const word = failure === undefined ? undefined : describeFailure(failure);
  if (failure === undefined || word === undefined) return ["ready", "ready"];
  // A server may accept models that it does not list.
  return [failure.isDoubt && failure.kind === "bad_request" ? "doubt" : "bad", word];
}
