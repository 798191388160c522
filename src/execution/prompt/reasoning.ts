/**
 * Decides how much a model is asked to work out before it answers a cell.
 *
 * @module
 */

import type { ReasoningEffort } from "../model.ts";

/**
 * How much a model is asked to work out: as the cell needs it, not at all, in notes, or step by step.
 *
 * ```ts
 * import { createModel, InteractiveShell, type ReasoningMode } from "@runt/aipython-runtime-agent";
 *
 * const reasoning: ReasoningMode = "brief";
 * const shell = new InteractiveShell({ model: await createModel(), reasoning });
 * console.log(shell.executionCount);
 * ```
 */
export type ReasoningMode = "auto" | "off" | "brief" | "full";

/** All of them. */
export const reasoningModes: readonly ReasoningMode[] = ["auto", "off", "brief", "full"];

/** How much scratch work a cell's turn asks for. */
export type ScratchWork = Exclude<ReasoningMode, "auto">;

/** What is asked of a model: scratch work where it does not reason by itself, an effort where it does. */
export interface ReasoningPlan {
  /** For models that do not reason by themselves. */
  scratch: ScratchWork;
  /** For models that do. */
  effort: ReasoningEffort;
  /** For models that do, where a server takes no effort: without either, they would answer unprepared. */
  scratchInsteadOfEffort: ScratchWork;
}

/**
 * Plans one cell.
 *
 * @param mode the setting
 * @param needed whether the cell's output can hardly be told at once
 */
export function planReasoning(mode: ReasoningMode, needed: () => boolean): ReasoningPlan {
  switch (mode) {
    case "off":
      return { scratch: "off", effort: "least", scratchInsteadOfEffort: "off" };
    case "brief":
      return { scratch: "brief", effort: "low", scratchInsteadOfEffort: "brief" };
    case "full":
      return { scratch: "full", effort: "high", scratchInsteadOfEffort: "full" };
    case "auto":
      return needed()
        ? { scratch: "brief", effort: "medium", scratchInsteadOfEffort: "brief" }
        : { scratch: "off", effort: "low", scratchInsteadOfEffort: "brief" };
  }
}
