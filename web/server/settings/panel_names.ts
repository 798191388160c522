/**
 * The settings that the panel has, in its order. The key is apart from them.
 *
 * @module
 */

import type { AIPythonSettings } from "../../../src/options/mod.ts";

/** Their names in the table of options. */
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

/** One of them. */
export type PanelName = typeof panelNames[number];
