/**
 * Decides how much a model is asked to reason before it answers a cell.
 *
 * @module
 */

import type { ReasoningEffort } from "../model.ts";

/**
 * The amount of reasoning: as the cell needs it, none, short notes, or step by step.
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

export const reasoningModes: readonly ReasoningMode[] = ["auto", "off", "brief", "full"];

/** The amount of scratch work that a cell's message asks for. */
export type ScratchWork = Exclude<ReasoningMode, "auto">;

/** The reasoning that a model is asked for. Only reasoning models have an effort; other models write scratch work. */
export interface ReasoningPlan {
  /** The scratch work of models that do not reason by themselves. */
  scratch: ScratchWork;
  /** The effort of reasoning models. */
  effort: ReasoningEffort;
  /** The scratch work of reasoning models on servers that accept no effort. Without it, they would answer without any reasoning. */
  scratchInsteadOfEffort: ScratchWork;
}

/**
 * Plans the reasoning for one cell.
 *
 * @param needed returns whether the cell has to be worked out; called only in mode `auto`
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
