/**
 * What was executed in a notebook before, as the conversation with the model needs it: read from the notebook itself, so
 * that a restarted agent remembers.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import type { CellFile } from "../execution/cell_file.ts";
import type { HistoryEntry } from "../execution/history_entry.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { after, CODE, ExecutionsInJson, IS_TOLD, OUTPUTS, pastExecutions, PRESENT } from "./past_executions.ts";
import { OutputRow, toCellOutput } from "./stored_output.ts";

const Row = Schema.Struct({
  queueId: Schema.String,
  executionCount: Schema.Number,
  source: Schema.String,
  status: Schema.String,
  ...OutputRow.fields,
});
type Row = typeof Row.Type;

/** What is read of an execution that is long past: of its outputs those that show whether a model answered it. */
type OlderExecution = Pick<Row, "queueId" | "executionCount" | "source" | "status"> & {
  outputs: Pick<Row, "outputType" | "streamName" | "data">[];
};

/**
 * The last executions before one, oldest first, each with its code as it was run and the outputs of that run, where it is not too long
 * ago. One that was cancelled ends in a `KeyboardInterrupt`. Cells that were not code when they were run, and those that are hidden
 * from the AI, are left out.
 *
 * @param queueId the execution that is about to begin
 * @param files what is told of the files that executions named, by request. Default: nothing
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
            WHERE ${IS_TOLD}
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
              WHERE ${IS_TOLD} ORDER BY past.ordinal
            ), telling AS MATERIALIZED (
              SELECT queueId, json_group_array(
                json_object('outputType', outputType, 'streamName', streamName, 'data', data)
              ) AS outputs
              FROM aipythonExecutionOutputs WHERE outputType = 'error' OR streamName = 'stderr' GROUP BY queueId
            )
            SELECT json_group_array(json_object(
              'queueId', older.queueId, 'executionCount', executionCount, 'source', source, 'status', status,
              'outputs', json(COALESCE(telling.outputs, '[]'))
            )) AS executions
            FROM older LEFT JOIN telling ON telling.queueId = older.queueId`,
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
