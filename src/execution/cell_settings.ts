/**
 * The settings for executing cells in a notebook, a shell or an evaluation.
 *
 * @module
 */

import type { ReasoningMode } from "./prompt/reasoning.ts";
import type { ToolMode } from "./reply/tool_mode.ts";

/**
 * The settings for executing a cell. The defaults are those of the agent and its command.
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
   * The number of earlier cells that are sent with their outputs. Older cells are sent as code only, up to the square of this
   * number in total. The definitions of even older cells are summarized. Default: 20. With 0, no history is sent.
   */
  maxHistoryLength: number;
  /**
   * The number of tokens that the earlier cells may take in a request. Default: half of the model's context if it is known,
   * otherwise 24,000. With 0, no history is sent.
   */
  historyTokens?: number;
  /** Whether earlier cells are sent with their outputs. Default: `true`. */
  includeOutputs: boolean;
  /**
   * The amount of reasoning before the answer: `auto` (as the cell needs it), `off`, `brief` or `full`. For reasoning models, this
   * sets `reasoning_effort`. Default: `auto`.
   */
  reasoning: ReasoningMode;
  /**
   * The way in which a cell's outputs are requested. `auto`: in one reply if the model can do that. `sequential`: in as many
   * replies as necessary, for models that make one tool call per reply. `text`: as lines of text, for models and servers without
   * tools. Default: `auto`.
   */
  toolMode: ToolMode;
  /**
   * The number of characters that a cell may show before the model is stopped. Rich outputs count as JSON. Default: 1,000,000. With
   * 0, there is no limit.
   */
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

export const cellSettingNames = Object.keys(names) as (keyof CellSettings)[];

/** Returns only the cell settings of an object with more properties. */
export function pickCellSettings(settings: CellSettings): CellSettings {
  const { maxHistoryLength, historyTokens, includeOutputs, reasoning, toolMode, maxOutputPerCell } = settings;
  return { maxHistoryLength, historyTokens, includeOutputs, reasoning, toolMode, maxOutputPerCell };
}
