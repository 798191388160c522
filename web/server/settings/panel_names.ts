/**
 * The settings in the panel, in its order. The key is separate.
 *
 * @module
 */

import type { AIPythonSettings } from "../../../src/options/mod.ts";

/** The names of their options. */
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

/** The name of a setting in the panel. */
export type PanelName = typeof panelNames[number];
