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
import { lastRunBeforeReset } from "./history_reset.ts";
import type { NotebookStore } from "./notebook_store.ts";
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

const CodeRow = Schema.Struct({
  /** The execution's request. */
  queueId: Schema.String,
  code: Schema.String,
  /** The last change of a file before it was started, by its ordinal. */
  fileChanges: Schema.Number,
});

/** What an execution ran, and among which files. */
export type ExecutedCode = typeof CodeRow.Type;

/**
 * The code of the executions that are read with their outputs, oldest first, and of the one that is about to begin, which is the last.
 * Those before the first upload of a file are left out.
 *
 * @param queueId the execution that is about to begin
 */
export function readCodeAmongFiles(notebook: NotebookStore, queueId: string): readonly ExecutedCode[] {
  return notebook.select({
    query: `${PRESENT}
            SELECT past.queueId, past.source AS code, past.fileChanges
            FROM ${pastExecutions(`past.ordinal <= present.ordinal AND past.ordinal > ${after(OUTPUTS)}`)}
            WHERE past.fileChanges > 0 AND (past.queueId = $queueId OR ${IS_TOLD})
            ORDER BY past.ordinal`,
    schema: Schema.Array(CodeRow),
    queriedTables,
    bindValues: { queueId },
  });
}

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
  // One JSON text of our own making, because to decode thousands of rows takes longer than the model should be waited for.
  const older: OlderExecution[] = JSON.parse(executions);
  const rows = Map.groupBy(notebook.select(recentExecutions(queueId)), (row) => row.queueId);
  return [
    ...older.map((execution): HistoryEntry => {
      const outputs = execution.outputs.map((output) => ({ ...output, displayId: null, representations: null }));
      return { ...toEntry(execution, outputs), lacksOutputs: true };
    }),
    ...[...rows].map(([past, outputs]) => {
      const entry = toEntry(outputs[0], outputs);
      const named = files.get(past) ?? [];
      return named.length === 0 ? entry : { ...entry, files: named };
    }),
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
