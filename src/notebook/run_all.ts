/**
 * Where a Run All stops, or the whole queue: what is left of it then, and what the notebook is told.
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

/** The most characters of an error that the note repeats: the cell above shows all of it. */
const LONGEST_ERROR = 200;

/** How the note of a Run All ends. */
const GO_ON =
  " Whoever starts the agent can have the rest run all the same with --no-stop-on-error (AIPYTHON_STOP_ON_ERROR=false).";

/** A request that is given up, and whether its cell can show why: one that waits for a clear would lose what it shows. */
const GivenUp = Schema.Struct({
  id: Schema.String,
  cellId: Schema.String,
  canShowNote: Schema.BooleanFromUnknown,
});

/**
 * Gives up what has not begun of a request's Run All, because the request failed.
 *
 * @param request the request, which is about to be completed
 * @param error what it ended with, as `ename: evalue`
 * @param actor who gives it up: `runtime-<runtimeId>`
 * @returns the events that cancel it and say why; none where nothing is left
 */
export function stopAfterFailure(
  notebook: NotebookStore,
  { id, cellId }: Pick<RequestRow, "id" | "cellId">,
  error: string,
  actor: string,
): NotebookEvent[] {
  const reason = `Run All stopped at ${numberOf(notebook, id)}, which ended with ${onOneLine(error)}`;
  return giveUp(notebook, notebook.select(notBegun(id, "run")), { reason, advice: GO_ON, actor, endingCell: cellId });
}

/**
 * Gives up whatever has not begun, in a Run All or by itself, because the model's server refuses the key and would refuse it again. A
 * request that is made later is served: the key may have been mended.
 *
 * @param request the request, which is about to be completed
 * @param error what it ended with, as `ename: evalue`
 * @param actor who gives it up: `runtime-<runtimeId>`
 * @returns the events that cancel it and say why; none where nothing waits
 */
export function stopAfterRefusal(
  notebook: NotebookStore,
  { id, cellId }: Pick<RequestRow, "id" | "cellId">,
  error: string,
  actor: string,
): NotebookEvent[] {
  const reason = `No further cell is asked after ${numberOf(notebook, id)}, which ended with ${onOneLine(error)}`;
  return giveUp(notebook, notebook.select(notBegun(id, "queue")), { reason, actor, endingCell: cellId });
}

/**
 * Gives up what has not begun of a request's Run All, if a person has cancelled, while it ran, the cell of it that was begun last. Where
 * another cell has been begun since, a runtime has decided to go on. A cell that was deleted interrupts nothing.
 *
 * @param queueId the request, which would be next
 * @param actor who gives it up: `runtime-<runtimeId>`
 * @returns the events that cancel it and say why; none where nothing was interrupted
 */
export function stopAfterInterruption(notebook: NotebookStore, queueId: string, actor: string): NotebookEvent[] {
  const [interrupted] = notebook.select(interruptionBefore(queueId));
  if (interrupted === undefined) return [];
  const reason = `Run All stopped at ${nameOf(interrupted.executionCount)}, which was interrupted`;
  return giveUp(notebook, notebook.select(notBegun(queueId, "run")), { reason, advice: GO_ON, actor });
}

/** The last of the cells of a Run All that were begun, if it was interrupted. */
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

/** The requests that have not begun, in their order: those of a request's Run All, or all in the queue. */
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
    schema: Schema.Array(GivenUp),
    queriedTables: new Set(["executionQueue", "cells", "pendingClears", "aipythonEndedRequests"]),
    bindValues: { queueId },
  };
}

/** Why requests are given up, and who does it. */
interface Stop {
  reason: string;
  /** What a person can do about it, behind the note. */
  advice?: string;
  /** Who gives them up: `runtime-<runtimeId>`. */
  actor: string;
  /** A cell whose outputs are not all here yet; it says itself what happened. */
  endingCell?: string;
}

/** Cancels requests, and notes the reason in the first cell that can show it. */
function giveUp(
  notebook: NotebookStore,
  requests: readonly (typeof GivenUp.Type)[],
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
  const [beginning = ""] = cutText(line, LONGEST_ERROR);
  return beginning === line ? line.replace(/\.$/, "") : `${beginning} [...]`;
}

function describeRest(count: number): string {
  return count === 1 ? "This cell was not run." : `This cell and ${count - 1} more were not run.`;
}

/** The note, on a line of its own below what the cell shows. */
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
