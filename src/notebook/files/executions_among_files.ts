/**
 * The executions whose files a request may tell.
 *
 * @module
 */

import type { NotebookStore } from "../notebook_store.ts";
import { after, CODE, ExecutionsInJson, IS_TOLD, OUTPUTS, pastExecutions, PRESENT } from "../past_executions.ts";

/** An execution, and when it was started among the changes of files. */
export interface ExecutionAmongFiles {
  /** Its request. */
  queueId: string;
  /** Which start of its cell it was: what it ran, and among which files, changes only with another one. */
  startOfCell: number;
  /** The last change of a file before it was started, by its ordinal. */
  fileChanges: number;
  /**
   * Whether it is too long ago to be told with its outputs: 0 or 1. One that has failed is not: it may have failed because the model did,
   * and is not told at all then.
   */
  isOld: number;
}

/**
 * Reads the executions that are told, oldest first, and the one that is about to begin, which is the last. Those before the first upload
 * of a file are left out.
 *
 * @param queueId the execution that is about to begin
 */
export function readExecutionsAmongFiles(notebook: NotebookStore, queueId: string): ExecutionAmongFiles[] {
  const [{ executions }] = notebook.select({
    query: `${PRESENT}, amongFiles AS (
              SELECT past.queueId, past.startOfCell, past.fileChanges,
                     past.ordinal <= ${after(OUTPUTS)} AND past.status <> 'failed' AS isOld
              FROM ${pastExecutions(`past.ordinal <= present.ordinal AND past.ordinal > ${after(CODE)}`)}
              WHERE past.fileChanges > 0 AND (past.queueId = $queueId OR ${IS_TOLD}) ORDER BY past.ordinal
            )
            SELECT json_group_array(json_object(
              'queueId', queueId, 'startOfCell', startOfCell, 'fileChanges', fileChanges, 'isOld', isOld
            )) AS executions FROM amongFiles`,
    schema: ExecutionsInJson,
    queriedTables: new Set(["aipythonExecutions", "cells", "notebookMetadata"]),
    bindValues: { queueId },
  });
  return JSON.parse(executions);
}

/**
 * Reads the last executions of a cell and of those above it that are not hidden from the AI, from the notebook's top. Those before the
 * first upload of a file are left out.
 *
 * @param cellId the cell, whose execution is about to begin
 */
export function readCellsAmongFiles(notebook: NotebookStore, cellId: string): ExecutionAmongFiles[] {
  const [{ executions }] = notebook.select({
    query: `WITH amongFiles AS (
              SELECT last.queueId, last.startOfCell, last.fileChanges
              FROM cells JOIN cells AS asking ON asking.id = $cellId
              JOIN aipythonExecutions AS last ON last.cellId = cells.id AND last.cellType = cells.cellType
                AND last.startOfCell = (SELECT MAX(startOfCell) FROM aipythonExecutions WHERE cellId = cells.id)
              WHERE (cells.fractionalIndex, cells.id) <= (asking.fractionalIndex, asking.id)
                AND last.fileChanges > 0 AND (cells.aiContextVisible = 1 OR cells.id = $cellId)
              ORDER BY cells.fractionalIndex, cells.id
            )
            SELECT json_group_array(json_object(
              'queueId', queueId, 'startOfCell', startOfCell, 'fileChanges', fileChanges, 'isOld', 0
            )) AS executions FROM amongFiles`,
    schema: ExecutionsInJson,
    queriedTables: new Set(["aipythonExecutions", "cells"]),
    bindValues: { cellId },
  });
  return JSON.parse(executions);
}
