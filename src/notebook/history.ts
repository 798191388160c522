/**
 * What was executed in a notebook before, as the conversation with the model needs it: read from the notebook itself, so
 * that a restarted agent remembers.
 *
 * @module
 */

import { Option, Schema } from "@livestore/utils/effect";
import type { CellOutput } from "../execution/cell_output.ts";
import type { MimeBundle } from "../execution/execution_context.ts";
import { type HistoryEntry, MODEL_ERROR_NAME } from "../execution/conversation.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { Representations } from "./schema/media.ts";

const Row = Schema.Struct({
  queueId: Schema.String,
  executionCount: Schema.Number,
  source: Schema.String,
  outputType: Schema.NullOr(Schema.String),
  streamName: Schema.NullOr(Schema.Literal("stdout", "stderr")),
  data: Schema.NullOr(Schema.String),
  representations: Schema.NullOr(Schema.parseJson(Representations)),
});
type Row = typeof Row.Type;

/**
 * The executions before one, oldest first, each with its code as it was run and the outputs of that run.
 *
 * @param queueId the execution that is about to begin
 * @param limit how many, at most
 */
export function readHistory(notebook: NotebookStore, queueId: string, limit: number): HistoryEntry[] {
  const rows = Map.groupBy(notebook.select(executionsBefore(queueId, limit)), (row) => row.queueId);
  const entries = [...rows.values()].map((outputs): HistoryEntry => ({
    executionCount: outputs[0].executionCount,
    code: outputs[0].source,
    outputs: outputs.map(toCellOutput).filter((output) => output !== undefined),
  }));
  return entries.filter((entry) => !entry.outputs.some(isFailedRequest));
}

function executionsBefore(queueId: string, limit: number) {
  return {
    query: `SELECT past.queueId, past.executionCount, past.source,
                   output.outputType, output.streamName, output.data, output.representations
            FROM (SELECT execution.* FROM aipythonExecutions AS execution
                  LEFT JOIN cells ON cells.id = execution.cellId
                  WHERE execution.status IN ('completed', 'failed')
                    AND execution.ordinal < (SELECT ordinal FROM aipythonExecutions WHERE queueId = $queueId)
                    AND COALESCE(cells.aiContextVisible, 1) = 1
                  ORDER BY execution.ordinal DESC LIMIT $limit) AS past
            LEFT JOIN aipythonExecutionOutputs AS output ON output.queueId = past.queueId
            ORDER BY past.ordinal, output.position`,
    schema: Schema.Array(Row),
    queriedTables: new Set(["aipythonExecutions", "aipythonExecutionOutputs", "cells"]),
    bindValues: { queueId, limit },
  };
}

function toCellOutput({ outputType, streamName, data, representations }: Row): CellOutput | undefined {
  switch (outputType) {
    case "terminal":
      return { type: "stream", name: streamName ?? "stdout", text: data ?? "" };
    case "multimedia_result":
      return { type: "execute_result", data: toMimeBundle(representations) };
    case "multimedia_display":
      return { type: "display_data", data: toMimeBundle(representations) };
    case "markdown":
      return { type: "display_data", data: { "text/markdown": data ?? "" } };
    case "error":
      return toError(data);
  }
}

/** Uploaded artifacts are left out: a model is told what was shown, not where it is stored. */
function toMimeBundle(representations: Representations | null): MimeBundle {
  const bundle: MimeBundle = {};
  for (const [mime, content] of Object.entries(representations ?? {})) {
    if (content.type === "inline") bundle[mime] = content.data;
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

/** Nothing was executed where the model failed, so nothing is remembered. */
function isFailedRequest(output: CellOutput): boolean {
  return output.type === "error" && output.ename === MODEL_ERROR_NAME;
}
