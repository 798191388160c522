/**
 * A simple agent for comparison. It waits for whole replies, asks again until the model makes no more calls, pastes
 * the history into the system prompt, keeps it in memory, and writes one event for each call.
 *
 * It uses the agent's own store, so that only the strategy differs.
 *
 * @module
 */

import type { NotebookAddress } from "../../../src/notebook/notebook_address.ts";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import { silentLogger } from "../../../src/logger.ts";
import { nextRequest, type RequestRow } from "../../../src/notebook/execution_request.ts";
import { fetchIdentity } from "../../../src/notebook/identity.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { baselineTools, pastedHistory } from "./pasted_history.ts";

export interface BaselineOptions extends NotebookAddress {
  baseUrl: string;
}

interface ToolCall {
  id: string;
  function: { name: string; arguments: string };
}

interface Reply {
  role: "assistant";
  content: string | null;
  tool_calls?: ToolCall[];
}

/** Resolves when the baseline serves the notebook. */
export async function startBaselineAgent(options: BaselineOptions): Promise<NotebookStore> {
  const { syncUrl, authToken, notebookId, baseUrl } = options;
  const signal = new AbortController().signal;
  const { id: userId } = await fetchIdentity({ syncUrl, authToken }, signal);
  const sessionId = crypto.randomUUID();
  const runtimeId = "baseline";
  const notebook = await NotebookStore.open({
    notebookId,
    clientId: runtimeId,
    syncUrl,
    payload: { authToken, runtime: true, runtimeId, sessionId, userId },
    logger: silentLogger,
  }, signal);
  const capabilities = { canExecuteCode: true, canExecuteSql: false, canExecuteAi: false };
  notebook.commit(
    events.runtimeSessionStarted({ sessionId, runtimeId, runtimeType: "python", capabilities }),
    events.runtimeSessionStatusChanged({ sessionId, status: "ready" }),
    events.runtimeSessionRenewal({ sessionId, renewedAt: new Date(), validForMs: 30_000 }),
  );
  await notebook.settled();
  const history: HistoryEntry[] = [];
  notebook.watch<readonly RequestRow[]>(nextRequest, ([request]) => {
    // The handler must not run in the middle of a change of the tables.
    if (request !== undefined) queueMicrotask(() => serve(notebook, request, { sessionId, baseUrl, history }));
  });
  return notebook;
}

async function serve(
  notebook: NotebookStore,
  { id: queueId, cellId, executionCount }: RequestRow,
  { sessionId, baseUrl, history }: { sessionId: string; baseUrl: string; history: HistoryEntry[] },
): Promise<void> {
  const startedAt = new Date();
  notebook.commit(
    events.executionAssigned({ queueId, runtimeSessionId: sessionId }),
    events.executionStarted({ queueId, cellId, runtimeSessionId: sessionId, startedAt }),
    events.cellOutputsCleared({ cellId, wait: false, clearedBy: "baseline" }),
  );
  const [{ source: code }] = notebook.query(tables.cells.where({ id: cellId }));
  const outputs: CellOutput[] = [];
  const messages: unknown[] = pastedHistory(history, code);
  while (true) {
    const reply = await ask(baseUrl, messages);
    messages.push(reply);
    if (reply.tool_calls === undefined) break;
    for (const { id, function: { name, arguments: args } } of reply.tool_calls) {
      outputs.push(write(notebook, { cellId, executionCount, position: outputs.length }, name, JSON.parse(args)));
      messages.push({ role: "tool", tool_call_id: id, content: "ok" });
    }
  }
  history.push({ executionCount, code, outputs });
  const completedAt = new Date();
  const executionDurationMs = completedAt.getTime() - startedAt.getTime();
  notebook.commit(events.executionCompleted({ queueId, cellId, status: "success", completedAt, executionDurationMs }));
}

async function ask(baseUrl: string, messages: unknown[]): Promise<Reply> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "baseline", messages, tools: baselineTools }),
  });
  return (await response.json()).choices[0].message;
}

/** Writes the output of one call as one event. The bench's cells only print text and have values. */
function write(
  notebook: NotebookStore,
  { cellId, executionCount, position }: { cellId: string; executionCount: number; position: number },
  name: string,
  args: { text: string; data: Record<string, string> },
): CellOutput {
  const output = { id: crypto.randomUUID(), cellId, position };
  if (name === "stdout") {
    notebook.commit(events.terminalOutputAdded({ ...output, content: inline(args.text), streamName: "stdout" }));
    return { type: "stream", name: "stdout", text: args.text };
  }
  const representations = Object.fromEntries(Object.entries(args.data).map(([type, data]) => [type, inline(data)]));
  notebook.commit(events.multimediaResultOutputAdded({ ...output, representations, executionCount }));
  return { type: "execute_result", data: args.data };
}
