/**
 * The settings in the panel, in its order. The key is separate.
 *
 * @module
 */

import type { AIPythonSettings } from "../../../src/options/mod.ts";

/** Option names. */
export const panelNames = [
  "baseUrl",
  "model",
  "reasoning",
  "toolMode",
  "api",
  "insecure",
  "maxTokensPerSession",
  "price",
  "maxCostPerSession",
  "maxCellsPerMinute",
  "maxOutputPerCell",
  "maxHistoryLength",
  "historyTokens",
  "contextLength",
  "firstByteTimeout",
  "stallTimeout",
] as const satisfies readonly (keyof AIPythonSettings)[];

export type PanelName = typeof panelNames[number];
