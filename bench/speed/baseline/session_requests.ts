/**
 * The requests of the baseline agent for a session.
 *
 * @module
 */

import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import { baselineTools, pastedHistory } from "./pasted_history.ts";

/**
 * Returns the texts of all requests: one for each cell, and another one with the calls of its reply. A cell without
 * outputs has no calls.
 */
export function sessionRequests(cells: readonly HistoryEntry[]): string[] {
  return cells.flatMap(({ code, outputs }, index) => {
    const messages: unknown[] = pastedHistory(cells.slice(0, index), code);
    if (outputs.length === 0) return [JSON.stringify([baselineTools, messages])];
    const calls = outputs.map(({ type, ...output }, call) => ({
      id: `call_${call}`,
      type: "function",
      function: { name: type, arguments: JSON.stringify(output) },
    }));
    const answers = calls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: "ok" }));
    const again = [...messages, { role: "assistant", content: null, tool_calls: calls }, ...answers];
    return [messages, again].map((sent) => JSON.stringify([baselineTools, sent]));
  });
}
