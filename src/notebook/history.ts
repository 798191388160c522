/**
 * What was executed in a notebook before, as the conversation with the model needs it: read from the notebook itself, so
 * that a restarted agent remembers.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import type { HistoryEntry } from "../execution/history_entry.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import { lastRunBeforeReset } from "./history_reset.ts";
import type { NotebookStore } from "./notebook_store.ts";
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
type OlderExecution = Pick<Row, "executionCount" | "source" | "status"> & {
  outputs: Pick<Row, "outputType" | "streamName" | "data">[];
};

/**
 * The executions that are read: of the last 200 to 299 all, more than go out with their outputs, and of the last 4,000 to 4,999 the code,
 * for what it defined. Where each begins changes only with every hundredth or thousandth execution, because whatever changes the
 * beginning of a conversation ends what the model's provider has cached.
 */
const OUTPUTS = { atLeast: 200, step: 100 };
const CODE = { atLeast: 4_000, step: 1_000 };

/**
 * The last executions before one, oldest first, each with its code as it was run and the outputs of that run, where it is not too long
 * ago. One that was cancelled ends in a `KeyboardInterrupt`. Cells that were not code when they were run, and those that are hidden
 * from the AI, are left out.
 *
 * @param queueId the execution that is about to begin
 */
export function readHistory(notebook: NotebookStore, queueId: string): HistoryEntry[] {
  const [{ executions }] = notebook.select(olderExecutions(queueId));
  // One JSON text of our own making, because to decode thousands of rows takes longer than the model should be waited for.
  const older: OlderExecution[] = JSON.parse(executions);
  const rows = Map.groupBy(notebook.select(recentExecutions(queueId)), (row) => row.queueId);
  return [
    ...older.map((execution): HistoryEntry => {
      const outputs = execution.outputs.map((output) => ({ ...output, displayId: null, representations: null }));
      return { ...toEntry(execution, outputs), lacksOutputs: true };
    }),
    ...[...rows.values()].map((outputs) => toEntry(outputs[0], outputs)),
  ];
}

/** The executions before the present one, in SQL: between which ordinals. */
function pastExecutions(bounds: string): string {
  return `present JOIN aipythonExecutions AS past ON ${bounds} AND past.ordinal > ${lastRunBeforeReset}
            LEFT JOIN cells ON cells.id = past.cellId`;
}

const PRESENT = "WITH present AS (SELECT ordinal FROM aipythonExecutions WHERE queueId = $queueId)";
const IS_TOLD = "past.cellType = 'code' AND past.status IN ('completed', 'failed', 'cancelled') " +
  "AND COALESCE(cells.aiContextVisible, 1) = 1";
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
              'executionCount', executionCount, 'source', source, 'status', status,
              'outputs', json(COALESCE(telling.outputs, '[]'))
            )) AS executions
            FROM older LEFT JOIN telling ON telling.queueId = older.queueId`,
    schema: Schema.Array(Schema.Struct({ executions: Schema.String })),
    queriedTables,
    bindValues: { queueId },
  };
}

/** The ordinal after which executions are read, in SQL. */
function after({ atLeast, step }: typeof OUTPUTS): string {
  return `(present.ordinal / ${step}) * ${step} - ${atLeast}`;
}

function toEntry(
  { executionCount, source, status }: Pick<Row, "executionCount" | "source" | "status">,
  rows: readonly OutputRow[],
): HistoryEntry {
  const outputs = rows.map(toCellOutput).filter((output) => output !== undefined);
  if (status === "cancelled" && !hasRaised(outputs)) outputs.push(keyboardInterrupt({ executionCount, code: source }));
  return { executionCount, code: source, outputs, ...(status === "failed" && { hasFailed: true }) };
}
