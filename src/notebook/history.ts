/**
 * Reads the earlier executions of a notebook for the conversation with the model. They come from the notebook itself, so that a restarted
 * agent still has them.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import type { CellFile } from "../execution/cell_file.ts";
import type { HistoryEntry } from "../execution/history_entry.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { after, CODE, ExecutionsInJson, IS_VISIBLE, OUTPUTS, pastExecutions, PRESENT } from "./past_executions.ts";
import { OutputRow, toCellOutput } from "./stored_output.ts";

const Row = Schema.Struct({
  queueId: Schema.String,
  executionCount: Schema.Number,
  source: Schema.String,
  status: Schema.String,
  ...OutputRow.fields,
});
type Row = typeof Row.Type;

/** The columns of an older execution. Of its outputs, only those are read that show whether a model answered it. */
type OlderExecution = Pick<Row, "queueId" | "executionCount" | "source" | "status"> & {
  outputs: Pick<Row, "outputType" | "streamName" | "data">[];
};

/**
 * Reads the last executions before a given one, oldest first. Each has its code as it was run. Recent ones also have their outputs. A
 * cancelled execution ends with a `KeyboardInterrupt`. Skips cells that were not code when they were run, and cells that are hidden from
 * the AI.
 *
 * @param queueId the request of the execution that is about to begin
 * @param files the descriptions of files that the executions named, by request. Default: none
 */
export function readHistory(
  notebook: NotebookStore,
  queueId: string,
  files: ReadonlyMap<string, readonly CellFile[]> = new Map(),
): HistoryEntry[] {
  const [{ executions }] = notebook.select(olderExecutions(queueId));
  const older: OlderExecution[] = JSON.parse(executions);
  const rows = Map.groupBy(notebook.select(recentExecutions(queueId)), (row) => row.queueId);
  const withFiles = (entry: HistoryEntry, past: string) => {
    const named = files.get(past);
    return named === undefined ? entry : { ...entry, files: named };
  };
  return [
    ...older.map((execution) => {
      const outputs = execution.outputs.map((output) => ({ ...output, displayId: null, representations: null }));
      return withFiles({ ...toEntry(execution, outputs), lacksOutputs: true }, execution.queueId);
    }),
    ...[...rows].map(([past, outputs]) => withFiles(toEntry(outputs[0], outputs), past)),
  ];
}

const queriedTables: Set<string> = new Set([
  "aipythonExecutions",
  "aipythonExecutionOutputs",
  "cells",
  "notebookMetadata",
]);

function recentExecutions(queueId: string) {
  return {
    query: `${PRESENT}
            SELECT past.queueId, past.executionCount, past.source, past.status,
                   output.outputType, output.streamName, output.data, output.displayId, output.representations
            FROM ${pastExecutions(`past.ordinal < present.ordinal AND past.ordinal > ${after(OUTPUTS)}`)}
            LEFT JOIN aipythonExecutionOutputs AS output ON output.queueId = past.queueId
            WHERE ${IS_VISIBLE}
            ORDER BY past.ordinal, output.position`,
    schema: Schema.Array(Row),
    queriedTables,
    bindValues: { queueId },
  };
}

function olderExecutions(queueId: string) {
  return {
    query: `${PRESENT}, older AS (
              SELECT past.* FROM ${
      pastExecutions(`past.ordinal <= ${after(OUTPUTS)} AND past.ordinal > ${after(CODE)}`)
    }
              WHERE ${IS_VISIBLE} ORDER BY past.ordinal
            ), shown AS MATERIALIZED (
              SELECT queueId, json_group_array(
                json_object('outputType', outputType, 'streamName', streamName, 'data', data)
              ) AS outputs
              FROM aipythonExecutionOutputs WHERE outputType = 'error' OR streamName = 'stderr' GROUP BY queueId
            )
            SELECT json_group_array(json_object(
              'queueId', older.queueId, 'executionCount', executionCount, 'source', source, 'status', status,
              'outputs', json(COALESCE(shown.outputs, '[]'))
            )) AS executions
            FROM older LEFT JOIN shown ON shown.queueId = older.queueId`,
    schema: ExecutionsInJson,
    queriedTables,
    bindValues: { queueId },
  };
}

function toEntry(
  { executionCount, source, status }: Pick<Row, "executionCount" | "source" | "status">,
  rows: readonly OutputRow[],
): HistoryEntry {
  const outputs = rows.map(toCellOutput).filter((output) => output !== undefined);
  if (status === "cancelled" && !hasRaised(outputs)) outputs.push(keyboardInterrupt({ executionCount, code: source }));
  return { executionCount, code: source, outputs, ...(status === "failed" && { hasFailed: true }) };
}
