/**
 * Reads the executions whose files may be part of a model request.
 *
 * @module
 */

import type { NotebookStore } from "../notebook_store.ts";
import { after, CODE, ExecutionsInJson, IS_VISIBLE, OUTPUTS, pastExecutions, PRESENT } from "../past_executions.ts";

/** An execution, and its position among the changes of files. */
export interface ExecutionAmongFiles {
  /** The id of the request. */
  queueId: string;
  /** The number of the start among the starts of its cell. Its code and its files cannot change without another start. */
  startOfCell: number;
  /** The ordinal of the last change of a file before the start. */
  fileChanges: number;
  /**
   * 1 if the execution is so old that its outputs are left out, otherwise 0. A failed one is never old: it may have failed because of
   * the model, and is then left out completely.
   */
  isOld: number;
}

/**
 * Reads the earlier executions that the model sees, oldest first, and the one that is about to begin. Skips those before the first upload
 * of a file.
 *
 * @param queueId the request of the execution that is about to begin
 */
export function readExecutionsAmongFiles(notebook: NotebookStore, queueId: string): ExecutionAmongFiles[] {
  const [{ executions }] = notebook.select({
    query: `${PRESENT}, amongFiles AS (
              SELECT past.queueId, past.startOfCell, past.fileChanges,
                     past.ordinal <= ${after(OUTPUTS)} AND past.status <> 'failed' AS isOld
              FROM ${pastExecutions(`past.ordinal <= present.ordinal AND past.ordinal > ${after(CODE)}`)}
              WHERE past.fileChanges > 0 AND (past.queueId = $queueId OR ${IS_VISIBLE}) ORDER BY past.ordinal
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
 * Reads the last executions of a cell and of the cells above it that are not hidden from the AI, from the top. Skips those before the first
 * upload of a file.
 *
 * @param cellId the cell whose execution is about to begin
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
