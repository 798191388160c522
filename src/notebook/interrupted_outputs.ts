/**
 * Completes the outputs of a cell whose execution was interrupted.
 *
 * @module
 */

import { keyboardInterrupt } from "../execution/interrupted.ts";
import { NOTE_PREFIX } from "../execution/notes.ts";
import { openRequestsOf, type RequestRow, requestState } from "./execution_request.ts";
import type { NotebookEvent, NotebookStore } from "./notebook_store.ts";
import { errorContent } from "./schema/error_content.ts";
import { inline } from "./schema/media.ts";
import { events, tables } from "./schema/mod.ts";
import { isWaitStatus, waitStatus } from "./schema/wait_status.ts";

type ShownOutput = Pick<typeof tables.outputs.Type, "id" | "position" | "data" | "metadata">;

/** Ends an interrupted answer, because half of an answer would look like a whole one. */
const ANSWER_INTERRUPTED = `${NOTE_PREFIX}The answer was interrupted.\n`;

/**
 * Makes the events that complete the outputs of an interrupted execution. They empty the status message. They also add a
 * `KeyboardInterrupt` after the outputs of code, or a note after an answer, except if the output is complete or was cleared.
 *
 * @param request the request that is no longer served; all its outputs are in the tables
 */
export function interruptedOutputs(notebook: NotebookStore, request: RequestRow): NotebookEvent[] {
  const { id: queueId, cellId } = request;
  const shown = notebook.query(tables.outputs.select("id", "position", "data", "metadata").where({ cellId }));
  const written = shown
    .filter(({ data, metadata }) => data !== "" && isWaitStatus({ metadata }))
    .map(({ id, position }) =>
      events.terminalOutputAdded({ id, cellId, position, content: waitStatus(), streamName: "stderr" })
    );
  const [execution] = notebook.query(tables.executions.where({ queueId }));
  if (execution === undefined || !isUnfinished(notebook, request, shown)) return written;
  const { executionCount, source: code, cellType } = execution;
  const position = 1 + shown.reduce((last, output) => Math.max(last, output.position), -1);
  const output = { id: crypto.randomUUID(), cellId, position };
  if (cellType === "ai") {
    const content = inline(ANSWER_INTERRUPTED);
    return [...written, events.terminalOutputAdded({ ...output, content, streamName: "stderr" })];
  }
  // Only code cells have a number, and only they are executed.
  if (executionCount === null) return written;
  const content = errorContent(keyboardInterrupt({ executionCount, code }));
  return [...written, events.errorOutputAdded({ ...output, content })];
}

/** Whether the cell shows the output of this request, and that output is incomplete. */
function isUnfinished(notebook: NotebookStore, { id: queueId, cellId }: RequestRow, shown: readonly ShownOutput[]) {
  const [{ hasCell, status, endedAs }] = notebook.select(requestState(queueId));
  if (!hasCell || endedAs === "completed" || endedAs === "failed") return false;
  const own = notebook.query(tables.executionOutputs.select("id", "outputType").where({ queueId }));
  if (own.some(({ outputType }) => outputType === "error")) return false;
  // The person has cleared the outputs or run the cell again, and does not want to see the end of the earlier run.
  if (own.length > 0) return own.some(({ id }) => shown.some((output) => output.id === id));
  const wasCancelledBeforeBegin = endedAs !== null && status !== endedAs;
  return !wasCancelledBeforeBegin && notebook.select(openRequestsOf(cellId)).every(({ id }) => id === queueId);
}
