/**
 * What is written under a cell whose execution was interrupted.
 *
 * @module
 */

import { keyboardInterrupt } from "../execution/interrupted.ts";
import { NOTE_PREFIX } from "../execution/notes.ts";
import { openRequestsOf, type RequestRow, requestStanding } from "./execution_request.ts";
import type { NotebookEvent, NotebookStore } from "./notebook_store.ts";
import { errorContent } from "./schema/error_content.ts";
import { inline } from "./schema/media.ts";
import { events, tables } from "./schema/mod.ts";
import { isWaitingNote, waitingNote } from "./schema/waiting_note.ts";

/** What is read of the outputs under a cell. */
type ShownOutput = Pick<typeof tables.outputs.Type, "id" | "position" | "data" | "metadata">;

/** What ends an answer: half of one would look like a whole one. */
const ANSWER_INTERRUPTED = `${NOTE_PREFIX}The answer was interrupted.\n`;

/**
 * Makes the events that end the outputs of an interrupted execution: its waiting note is emptied, and a `KeyboardInterrupt` stands behind
 * what it has shown, or a note behind an answer, unless that is complete or no longer under its cell.
 *
 * @param request whose cell is no longer executed; all that it has written is in the tables
 */
export function interruptedOutputs(notebook: NotebookStore, request: RequestRow): NotebookEvent[] {
  const { id: queueId, cellId } = request;
  const shown = notebook.query(tables.outputs.select("id", "position", "data", "metadata").where({ cellId }));
  const written = shown
    .filter(({ data, metadata }) => data !== "" && isWaitingNote({ metadata }))
    .map(({ id, position }) =>
      events.terminalOutputAdded({ id, cellId, position, content: waitingNote(), streamName: "stderr" })
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
  // A cell of another type has no number, and is not executed.
  if (executionCount === null) return written;
  const content = errorContent(keyboardInterrupt({ executionCount, code }));
  return [...written, events.errorOutputAdded({ ...output, content })];
}

/** Whether what stands under a cell is the output of this request, and lacks its end. */
function isUnfinished(notebook: NotebookStore, { id: queueId, cellId }: RequestRow, shown: readonly ShownOutput[]) {
  const [{ hasCell, status, endedAs }] = notebook.select(requestStanding(queueId));
  if (!hasCell || endedAs === "completed" || endedAs === "failed") return false;
  const own = notebook.query(tables.executionOutputs.select("id", "outputType").where({ queueId }));
  if (own.some(({ outputType }) => outputType === "error")) return false;
  // A person who clears the outputs, or runs the cell again, does not want to see how the earlier run ended.
  if (own.length > 0) return own.some(({ id }) => shown.some((output) => output.id === id));
  const wasCancelledBeforeBegin = endedAs !== null && status !== endedAs;
  return !wasCancelledBeforeBegin && notebook.select(openRequestsOf(cellId)).every(({ id }) => id === queueId);
}
