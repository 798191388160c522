/**
 * What was executed in a notebook before, as the conversation with the model needs it: read from the notebook itself, so
 * that a restarted agent remembers.
 *
 * @module
 */

import { Option, Schema } from "@livestore/utils/effect";
import type { CellFile } from "../execution/cell_file.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import type { HistoryEntry } from "../execution/history_entry.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import { OUTPUT_OMITTED } from "../execution/prompt/system_prompt.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { after, CODE, ExecutionsInJson, IS_TOLD, OUTPUTS, pastExecutions, PRESENT } from "./past_executions.ts";
import { Representations, shownRepresentations } from "./schema/media.ts";

/** An output of an execution, as far as it is stored. */
const OutputRow = Schema.Struct({
  outputType: Schema.NullOr(Schema.String),
  streamName: Schema.NullOr(Schema.Literal("stdout", "stderr")),
  data: Schema.NullOr(Schema.String),
  displayId: Schema.NullOr(Schema.String),
  representations: Schema.NullOr(Schema.parseJson(Representations)),
});
type OutputRow = typeof OutputRow.Type;

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

function toCellOutput({ outputType, streamName, data, displayId, representations }: OutputRow): CellOutput | undefined {
  if (isToolDisplay(representations)) return undefined;
  switch (outputType) {
    case "terminal":
      return data ? { type: "stream", name: streamName ?? "stdout", text: data } : undefined;
    case "multimedia_result":
      return { type: "execute_result", data: toMimeBundle(representations) };
    case "multimedia_display":
      return {
        type: "display_data",
        data: toMimeBundle(representations),
        ...(displayId === null ? {} : { metadata: { display_id: displayId } }),
      };
    case "markdown":
      return { type: "display_data", data: { "text/markdown": data ?? "" } };
    case "error":
      return toError(data);
  }
}

/** What other runtimes show of the tools that an AI cell calls, which is no output of Python's. */
const TOOL_DISPLAYS = ["application/vnd.anode.aitool+json", "application/vnd.anode.aitool.result+json"];

function isToolDisplay(representations: Representations | null): boolean {
  return TOOL_DISPLAYS.some((mimeType) => mimeType in (representations ?? {}));
}

/**
 * A model is told what a cell has shown, and not what a runtime has made of it for other readers; of an uploaded artifact that it was
 * shown, lest it stop drawing, and not where it is stored.
 */
function toMimeBundle(representations: Representations | null): MimeBundle {
  const bundle: MimeBundle = {};
  for (const [mime, content] of Object.entries(shownRepresentations(representations ?? {}))) {
    bundle[mime] = content.type === "inline" ? content.data : OUTPUT_OMITTED;
  }
  return bundle;
}

const decodeError = Schema.decodeUnknownOption(Schema.parseJson(Schema.Struct({
  ename: Schema.String,
  evalue: Schema.String,
  traceback: Schema.mutable(Schema.Array(Schema.String)),
})));

/** An error in a form of another client's own is shown to the model as it stands. */
function toError(data: string | null): CellOutput | undefined {
  if (data === null) return undefined;
  const error = Option.getOrElse(decodeError(data), () => ({ ename: "Error", evalue: data, traceback: [] }));
  return { type: "error", ...error };
}
