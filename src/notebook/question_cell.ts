/**
 * Reads an AI cell: its question, and the current content of the notebook above it.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import type { CellFile } from "../execution/cell_file.ts";
import type { NotebookCell } from "../assistant/notebook_cell.ts";
import type { Question } from "../assistant/question_conversation.ts";
import type { ClaimedRequest } from "./job.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { tables } from "./schema/mod.ts";
import { OutputRow, toCellOutput } from "./stored_output.ts";

/** An AI cell, with the model that it names. */
export interface QuestionCell extends Question {
  namedModel?: string;
}

const CellRow = Schema.Struct({
  id: Schema.String,
  cellType: Schema.String,
  source: Schema.String,
  isHidden: Schema.BooleanFromUnknown,
  /** The request and the number of the cell's last run. */
  queueId: Schema.NullOr(Schema.String),
  number: Schema.NullOr(Schema.Number),
});

const ShownRow = Schema.Struct({ cellId: Schema.String, deltas: Schema.NullOr(Schema.String), ...OutputRow.fields });

/**
 * The number of cells whose outputs are read, at least. The beginning of the range changes only with every hundredth cell: a change at the
 * beginning of a conversation invalidates the provider's prompt cache.
 */
const OUTPUTS = { atLeast: 200, step: 100 };

/**
 * Reads an AI cell.
 *
 * @param request the AI cell's id, its request, and its text when it was run
 * @param files the descriptions of files that the executions named, by request
 */
export function readQuestion(
  notebook: NotebookStore,
  { cellId, queueId, code: question }: Pick<ClaimedRequest, "cellId" | "queueId" | "code">,
  files: ReadonlyMap<string, readonly CellFile[]>,
): QuestionCell {
  const [cell] = notebook.query(tables.cells.select("aiModel", "aiSettings").where({ id: cellId }));
  const fileNames = notebook.query(
    tables.files.select("fileName").where({ deletedAt: null }).orderBy("fileName", "asc"),
  );
  const systemPrompt = cell?.aiSettings?.systemPrompt;
  return {
    question,
    above: readAbove(notebook, cellId, files),
    fileNames,
    files: files.get(queueId) ?? [],
    ...(typeof systemPrompt === "string" && { systemPrompt }),
    ...(cell?.aiModel != null && { namedModel: cell.aiModel }),
  };
}

function readAbove(
  notebook: NotebookStore,
  cellId: string,
  files: ReadonlyMap<string, readonly CellFile[]>,
): NotebookCell[] {
  const cells = notebook.select(cellsAbove(cellId));
  const first = Math.floor(cells.length / OUTPUTS.step) * OUTPUTS.step - OUTPUTS.atLeast;
  const ids = cells.slice(Math.max(0, first)).filter(({ isHidden }) => !isHidden).map(({ id }) => id);
  const outputs = Map.groupBy(notebook.select(outputsOf(ids)), (row) => row.cellId);
  return cells.map(({ id, cellType, source, isHidden, queueId, number }): NotebookCell => ({
    cellType,
    source,
    outputs: (outputs.get(id) ?? [])
      .map(({ deltas, ...row }) => toCellOutput(deltas === null ? row : { ...row, data: `${row.data ?? ""}${deltas}` }))
      .filter((output) => output !== undefined),
    files: queueId === null ? [] : files.get(queueId) ?? [],
    ...(number !== null && cellType === "code" && { executionCount: number }),
    ...(isHidden && { isHidden }),
  }));
}

/** Selects the cells above a cell, from the top, with the number of their last run. */
function cellsAbove(cellId: string) {
  return {
    query: `SELECT cells.id, cells.cellType, cells.source, cells.aiContextVisible = 0 AS isHidden,
                   last.queueId, last.executionCount AS number
            FROM cells JOIN cells AS asking ON asking.id = $cellId
            LEFT JOIN aipythonExecutions AS last ON last.queueId =
              (SELECT queueId FROM aipythonExecutions WHERE cellId = cells.id AND cellType = cells.cellType
               ORDER BY startOfCell DESC LIMIT 1)
            WHERE (cells.fractionalIndex, cells.id) < (asking.fractionalIndex, asking.id)
            ORDER BY cells.fractionalIndex, cells.id`,
    schema: Schema.Array(CellRow),
    queriedTables: new Set(["cells", "aipythonExecutions"]),
    bindValues: { cellId },
  };
}

/** Selects the current outputs of cells. Markdown outputs include the deltas that followed them. */
function outputsOf(cellIds: readonly string[]) {
  return {
    query:
      `SELECT output.cellId, output.outputType, output.streamName, output.data, output.displayId, output.representations,
                   (SELECT group_concat(delta, '') FROM
                     (SELECT delta FROM output_deltas WHERE outputId = output.id AND output.outputType = 'markdown'
                      ORDER BY sequenceNumber, rowid)) AS deltas
            FROM outputs AS output JOIN json_each($cellIds) AS cell ON cell.value = output.cellId
            ORDER BY output.position, output.rowid`,
    schema: Schema.Array(ShownRow),
    queriedTables: new Set(["outputs", "output_deltas"]),
    bindValues: { cellIds: JSON.stringify(cellIds) },
  };
}
