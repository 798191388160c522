/**
 * Cells that name files, and their conversations.
 *
 * @module
 */

import type { CellFile } from "../../../src/execution/cell_file.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import type { Message } from "../../../src/execution/model.ts";
import { buildConversation, type ConversationOptions } from "../../../src/execution/prompt/conversation.ts";
import { describeFile } from "../../../src/files/describe_file.ts";

export function file(name: string, version: string, content = "a,b\n1,2\n"): CellFile {
  const bytes = new TextEncoder().encode(content);
  return { name, version, description: describeFile({ name, bytes }, 8_000) };
}

export const SALES = file("sales.csv", "v1");

export function cell(executionCount: number, code: string, files?: readonly CellFile[], shown = ""): HistoryEntry {
  const outputs = shown === "" ? [] : [{ type: "stream", name: "stdout", text: shown } as const];
  return { executionCount, code, outputs, ...(files && { files }) };
}

/** Returns the conversation for the last of these cells. */
export function conversationOf(cells: readonly HistoryEntry[], options: Partial<ConversationOptions> = {}): Message[] {
  const { code, executionCount, files } = cells[cells.length - 1];
  return buildConversation({ history: cells.slice(0, -1), code, executionCount, files, ...options });
}

/** Returns the contents of the user turns. */
export function turnsOf(messages: readonly Message[]): string[] {
  return messages.filter(({ role }) => role === "user").map(({ content }) => content!);
}

/** Returns the number of times that each user turn describes a file. */
export function mentionsIn(messages: readonly Message[], name = "sales.csv"): number[] {
  return turnsOf(messages).map((turn) => turn.split(`File "${name}": `).length - 1);
}
