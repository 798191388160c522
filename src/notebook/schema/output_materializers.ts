/**
 * The changes to the tables for events about outputs.
 *
 * Each output is written to two tables: `outputs` has the current outputs of the cells, and `executionOutputs` has the outputs of each
 * execution. Status messages and notes about a stopped Run All are written only to `outputs`.
 *
 * @module
 */

import { State } from "@livestore/livestore";
import { toInteger } from "./column_value.ts";
import type { MediaContainer, Representations } from "./media.ts";
import { outputEvents } from "./output_events.ts";
import { statement } from "./statement.ts";
import { tables } from "./tables.ts";
import { isStopNote } from "./stop_note.ts";
import { isWaitStatus } from "./wait_status.ts";

const { outputs, outputDeltas, pendingClears } = tables;

interface AddedOutput {
  id: string;
  cellId: string;
  position: number;
  outputType: "multimedia_display" | "multimedia_result" | "terminal" | "markdown" | "error";
  streamName?: "stdout" | "stderr";
  executionCount?: number;
  displayId?: string;
  content?: MediaContainer;
  representations?: Representations;
}

const textOf = (data: unknown) => (typeof data === "string" ? data : JSON.stringify(data ?? null));

const contentColumns = (content: MediaContainer | undefined) => ({
  data: content?.type === "inline" ? textOf(content.data) : null,
  artifactId: content?.type === "artifact" ? content.artifactId : null,
  metadata: content?.metadata ?? null,
});

/** Removes the outputs that a `clear_output(wait=True)` has left until the next output. */
const applyPendingClear = (cellId: string) => [
  ...["outputs", "aipythonExecutionOutputs"].map((table) =>
    statement(
      [table],
      table === "outputs"
        ? `DELETE FROM outputs WHERE cellId = $cellId AND EXISTS (SELECT 1 FROM pendingClears WHERE cellId = $cellId)`
        : `DELETE FROM aipythonExecutionOutputs WHERE queueId = (${lastExecution})
             AND EXISTS (SELECT 1 FROM pendingClears WHERE cellId = $cellId)`,
      { cellId },
    )
  ),
  pendingClears.delete().where({ cellId }),
];

/** The execution to which a new output of cell `$cellId` belongs. */
const lastExecution = `SELECT queueId FROM aipythonExecutions WHERE cellId = $cellId ORDER BY startOfCell DESC LIMIT 1`;

const remember = ({ id, cellId, position, outputType, ...output }: AddedOutput) =>
  statement(
    ["aipythonExecutionOutputs"],
    `INSERT OR REPLACE INTO aipythonExecutionOutputs
       (id, queueId, outputType, position, streamName, data, displayId, representations)
     SELECT $id, queueId, $outputType, $position, $streamName, $data, $displayId, $representations
     FROM (${lastExecution})`,
    {
      id,
      cellId,
      position,
      outputType,
      streamName: output.streamName ?? null,
      data: contentColumns(output.content).data,
      displayId: output.displayId ?? null,
      representations: output.representations === undefined ? null : JSON.stringify(output.representations),
    },
  );

const addOutput = (output: AddedOutput) => {
  const { id, cellId, position, outputType } = output;
  const row = {
    cellId,
    position,
    outputType,
    streamName: output.streamName ?? null,
    executionCount: output.executionCount === undefined ? null : toInteger(output.executionCount),
    displayId: output.displayId ?? null,
    representations: output.representations ?? null,
    ...contentColumns(output.content),
  };
  return [
    ...applyPendingClear(cellId),
    outputs.insert({ id, ...row }).onConflict("id", "update", row),
    ...isWaitStatus(output.content) || isStopNote(output.content) ? [] : [remember(output)],
  ];
};

const updateDisplays = (displayId: string, representations: Representations) => [
  outputs.update({ representations }).where({ displayId, outputType: "multimedia_display" }),
  statement(
    ["aipythonExecutionOutputs"],
    `UPDATE aipythonExecutionOutputs SET representations = $representations WHERE displayId = $displayId`,
    { displayId, representations: JSON.stringify(representations) },
  ),
];

const addDelta = (delta: { id: string; outputId: string; delta: string; sequenceNumber: number }) =>
  outputDeltas
    .insert({ ...delta, sequenceNumber: toInteger(delta.sequenceNumber) })
    .onConflict("id", "ignore");

/** The first version of the append events does not name an output. They are stored as separate deltas, which are never shown. */
const addUnnamedDelta = ({ id, position, content }: { id: string; position: number; content: MediaContainer }) =>
  addDelta({ id, outputId: id, delta: contentColumns(content).data ?? "", sequenceNumber: position });

export const outputMaterializers = State.SQLite.materializers(outputEvents, {
  "v1.TerminalOutputAdded": (output) => addOutput({ ...output, outputType: "terminal" }),
  "v1.TerminalOutputAppended": addUnnamedDelta,
  "v2.TerminalOutputAppended": addDelta,
  "v1.MultimediaDisplayOutputAdded": (output) => [
    ...(output.displayId === undefined ? [] : updateDisplays(output.displayId, output.representations)),
    ...addOutput({ ...output, outputType: "multimedia_display" }),
  ],
  "v1.MultimediaDisplayOutputUpdated": ({ displayId, representations }) => updateDisplays(displayId, representations),
  "v1.MultimediaResultOutputAdded": (output) => addOutput({ ...output, outputType: "multimedia_result" }),
  "v1.ErrorOutputAdded": (output) => addOutput({ ...output, outputType: "error" }),
  "v1.MarkdownOutputAdded": (output) => addOutput({ ...output, outputType: "markdown" }),
  "v1.MarkdownOutputAppended": addUnnamedDelta,
  "v2.MarkdownOutputAppended": addDelta,

  "v1.CellOutputsCleared": ({ cellId, wait, clearedBy }) =>
    wait ? pendingClears.insert({ cellId, clearedBy }).onConflict("cellId", "update", { clearedBy }) : [
      outputs.delete().where({ cellId }),
      pendingClears.delete().where({ cellId }),
      statement(
        ["aipythonExecutionOutputs"],
        `DELETE FROM aipythonExecutionOutputs WHERE queueId IN
             (SELECT queueId FROM aipythonExecutions WHERE cellId = $cellId AND status = 'executing')`,
        { cellId },
      ),
    ],
  "v1.AllOutputsCleared": () => [
    statement(["outputs"], `DELETE FROM outputs WHERE 1`),
    statement(["output_deltas"], `DELETE FROM output_deltas WHERE 1`),
    statement(["pendingClears"], `DELETE FROM pendingClears WHERE 1`),
  ],
});
