/**
 * Cells and turns for the tests of `buildConversation()`.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { buildConversation } from "../../../src/execution/prompt/conversation.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import type { Message } from "../../../src/execution/model.ts";

export const cell = { code: "now()", executionCount: 9 };

export function entry(executionCount: number, code: string, ...outputs: CellOutput[]): HistoryEntry {
  return { executionCount, code, outputs };
}

/** Returns the turns between the system prompt and the current cell. */
export function turnsOf(...history: HistoryEntry[]): Message[] {
  return buildConversation({ history, ...cell }).slice(1, -1);
}

/** Returns the calls that represent a cell with these outputs: names and arguments. */
export function callsOf(...outputs: CellOutput[]): unknown[] {
  const turn = turnsOf(entry(1, "x", ...outputs))[1];
  assert.ok(turn.role === "assistant");
  return turn.toolCalls?.map((call) => [call.name, JSON.parse(call.arguments)]) ?? [];
}
