/**
 * Cancels the rest of a Run All, or of the whole queue, and notes the reason in the notebook.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import { NOTE_PREFIX } from "../execution/notes.ts";
import { cutText } from "../surrogate_pair.ts";
import type { RequestRow } from "./execution_request.ts";
import type { NotebookEvent, NotebookStore } from "./notebook_store.ts";
import { events, tables } from "./schema/mod.ts";
import { STOP_NOTE_ID, stopNote } from "./schema/stop_note.ts";

/** The number of characters of an error that the note repeats; the cell above shows all of it. */
const MAX_ERROR_LENGTH = 200;

/** The end of a note about a Run All. */
const GO_ON = " To run the rest anyway, start the agent with --no-stop-on-error (AIPYTHON_STOP_ON_ERROR=false).";

/** A request to cancel. A cell that waits for a clear cannot show the note: the note would be cleared, too. */
const StoppedRequest = Schema.Struct({
  id: Schema.String,
  cellId: Schema.String,
  canShowNote: Schema.BooleanFromUnknown,
});

/**
 * Cancels the requests of a Run All that have not begun, because one of them has failed.
 *
 * @param request the failed request, which is about to be completed
 * @param error the error it ended with, as `ename: evalue`
 * @param actor the name under which requests are cancelled: `runtime-<runtimeId>`
 * @returns the events that cancel the rest and give the reason; empty if there is no rest
 */
export function stopAfterFailure(
  notebook: NotebookStore,
  { id, cellId }: Pick<RequestRow, "id" | "cellId">,
  error: string,
  actor: string,
): NotebookEvent[] {
  const reason = `Run All stopped at ${numberOf(notebook, id)}, which ended with ${onOneLine(error)}`;
  return cancelAll(notebook, notebook.select(notBegun(id, "run")), {
    reason,
    advice: GO_ON,
    actor,
    endingCell: cellId,
  });
}

/**
 * Cancels all requests that have not begun, because the model's server refuses the key and would refuse it again. Later requests are
 * served, because the key may have been corrected by then.
 *
 * @returns the events that cancel the requests and give the reason; empty if no request waits
 */
export function stopAfterRefusal(
  notebook: NotebookStore,
  { id, cellId }: Pick<RequestRow, "id" | "cellId">,
  error: string,
  actor: string,
): NotebookEvent[] {
  const reason = `The queue stopped at ${numberOf(notebook, id)}, which ended with ${onOneLine(error)}`;
  return cancelAll(notebook, notebook.select(notBegun(id, "queue")), { reason, actor, endingCell: cellId });
}

/**
 * Cancels the requests of a Run All that have not begun, if a person has interrupted the cell that was begun last. If another cell has been
 * begun since, a runtime has already decided to continue. Deleting a cell does not interrupt a Run All.
 *
 * @param queueId the request that would be next
 * @returns the events that cancel the rest and give the reason; empty if nothing was interrupted
 */
export function stopAfterInterruption(notebook: NotebookStore, queueId: string, actor: string): NotebookEvent[] {
  const [interrupted] = notebook.select(interruptionBefore(queueId));
  if (interrupted === undefined) return [];
  const reason = `Run All stopped at ${nameOf(interrupted.executionCount)}, which was interrupted`;
  return cancelAll(notebook, notebook.select(notBegun(queueId, "run")), { reason, advice: GO_ON, actor });
}

/** Selects the cell of a Run All that was begun last, if it was interrupted. */
function interruptionBefore(queueId: string) {
  return {
    query: `SELECT past.executionCount FROM (
              SELECT run.* FROM executionQueue AS present
              JOIN executionQueue AS queue ON queue.aipythonGroup = present.aipythonGroup
              JOIN aipythonExecutions AS run ON run.queueId = queue.id
              WHERE present.id = $queueId
              ORDER BY run.ordinal DESC LIMIT 1
            ) AS past
            JOIN aipythonEndedRequests AS ended ON ended.queueId = past.queueId AND ended.wasInterrupted
            JOIN cells ON cells.id = past.cellId`,
    schema: Schema.Array(Schema.Struct({ executionCount: Schema.NullOr(Schema.Number) })),
    queriedTables: new Set(["executionQueue", "aipythonExecutions", "aipythonEndedRequests", "cells"]),
    bindValues: { queueId },
  };
}

/** Selects the requests that have not begun, in order: those of the request's Run All, or all in the queue. */
function notBegun(queueId: string, scope: "run" | "queue") {
  const together = scope === "run" ? "queue.aipythonGroup = present.aipythonGroup" : "queue.id <> present.id";
  return {
    query: `SELECT queue.id, queue.cellId, cells.id IS NOT NULL AND pendingClears.cellId IS NULL AS canShowNote
            FROM executionQueue AS present
            JOIN executionQueue AS queue ON ${together}
            LEFT JOIN cells ON cells.id = queue.cellId
            LEFT JOIN pendingClears ON pendingClears.cellId = queue.cellId
            WHERE present.id = $queueId AND queue.status IN ('pending', 'assigned')
              AND queue.id NOT IN (SELECT queueId FROM aipythonEndedRequests)
            ORDER BY queue.rowid`,
    schema: Schema.Array(StoppedRequest),
    queriedTables: new Set(["executionQueue", "cells", "pendingClears", "aipythonEndedRequests"]),
    bindValues: { queueId },
  };
}

interface Stop {
  reason: string;
  /** Advice that follows the reason. */
  advice?: string;
  /** The name under which requests are cancelled: `runtime-<runtimeId>`. */
  actor: string;
  /** A cell that must not get the note: its outputs are not complete yet, and will show the error. */
  endingCell?: string;
}

/** Cancels requests, and notes the reason in the first cell that can show it. */
function cancelAll(
  notebook: NotebookStore,
  requests: readonly (typeof StoppedRequest.Type)[],
  { reason, advice = "", actor, endingCell }: Stop,
): NotebookEvent[] {
  const first = requests.find(({ canShowNote, cellId }) => canShowNote && cellId !== endingCell);
  const note = `${reason}. ${describeRest(requests.length)}${advice}`;
  return [
    ...requests.map(({ id, cellId }) => events.executionCancelled({ queueId: id, cellId, cancelledBy: actor, reason })),
    ...first === undefined ? [] : [noteIn(notebook, first.cellId, note)],
  ];
}

function numberOf(notebook: NotebookStore, queueId: string): string {
  const [execution] = notebook.query(tables.executions.where({ queueId }));
  return nameOf(execution?.executionCount ?? null);
}

function nameOf(executionCount: number | null): string {
  return executionCount === null ? "a cell" : `In [${executionCount}]`;
}

function onOneLine(error: string): string {
  const line = error.replaceAll(/\s+/g, " ").trim();
  const [beginning = ""] = cutText(line, MAX_ERROR_LENGTH);
  return beginning === line ? line.replace(/\.$/, "") : `${beginning} [...]`;
}

function describeRest(count: number): string {
  return count === 1 ? "This cell was not run." : `This cell and ${count - 1} more were not run.`;
}

/** Adds the note on a separate line below the cell's outputs. */
function noteIn(notebook: NotebookStore, cellId: string, text: string): NotebookEvent {
  const outputs = notebook.query(tables.outputs.where({ cellId }).orderBy("position", "desc"));
  const last = outputs.find(({ id }) => id !== STOP_NOTE_ID);
  const isLineOpen = last?.streamName === "stderr" && !/(^|\n)$/.test(last.data ?? "");
  return events.terminalOutputAdded({
    id: STOP_NOTE_ID,
    cellId,
    position: (last?.position ?? -1) + 1,
    content: stopNote(`${isLineOpen ? "\n" : ""}${NOTE_PREFIX}${text}\n`),
    streamName: "stderr",
  });
}
