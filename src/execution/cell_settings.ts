/**
 * The settings that every cell is answered by, in a notebook, in a shell and in an evaluation.
 *
 * @module
 */

import type { ReasoningMode } from "./prompt/reasoning.ts";
import type { ToolMode } from "./reply/tool_mode.ts";

/**
 * How cells are answered. The defaults are those of the agent and its command.
 *
 * ```ts
 * import { type CellSettings, createModel, InteractiveShell } from "@runt/aipython-runtime-agent";
 *
 * const brief: Partial<CellSettings> = { maxHistoryLength: 5, reasoning: "off", maxOutputPerCell: 10_000 };
 * const shell = new InteractiveShell({ ...brief, model: await createModel() });
 * console.log(shell.executionCount); // 1
 * ```
 */
export interface CellSettings {
  /**
   * How many earlier cells a model request carries with their outputs, at most. Older ones are sent as code, as long as there are no
   * more than its square in all; what the oldest defined is summed up. Default: 20; 0 is no past at all.
   */
  maxHistoryLength: number;
  /**
   * How many tokens the earlier cells may take in a request. Default: half of the model's context where it is known, else 24,000; 0 is
   * no past at all.
   */
  historyTokens?: number;
  /** Whether earlier cells are sent with their outputs. Default: `true`. */
  includeOutputs: boolean;
  /**
   * How much the model works out before it answers: `auto` as the cell needs it, `off`, `brief` or `full`. It sets the
   * `reasoning_effort` of a model that reasons by itself. Default: `auto`.
   */
  reasoning: ReasoningMode;
  /**
   * How a cell's outputs are requested: `auto` in one reply if the model can, `sequential` in as many replies as necessary, for
   * models that make one tool call per reply, `text` as lines of text, for models and servers without tools. Default: `auto`.
   */
  toolMode: ToolMode;
  /** How many characters a cell may show before the model is stopped, those of rich outputs as JSON. Default: 1,000,000; 0 is no limit. */
  maxOutputPerCell: number;
}

const names = {
  maxHistoryLength: true,
  historyTokens: true,
  includeOutputs: true,
  reasoning: true,
  toolMode: true,
  maxOutputPerCell: true,
} satisfies Record<keyof CellSettings, true>;

/** The names of all cell settings. */
export const cellSettingNames = Object.keys(names) as (keyof CellSettings)[];

/** Picks the cell settings out of an object that holds others too. */
export function pickCellSettings(settings: CellSettings): CellSettings {
  const { maxHistoryLength, historyTokens, includeOutputs, reasoning, toolMode, maxOutputPerCell } = settings;
  return { maxHistoryLength, historyTokens, includeOutputs, reasoning, toolMode, maxOutputPerCell };
}
