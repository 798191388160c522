/**
 * Reads an AI cell: what it asks, and the notebook above it as it stands now.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import type { CellFile } from "../execution/cell_file.ts";
import type { NotebookCell } from "../assistant/notebook_cell.ts";
import type { Question } from "../assistant/question_conversation.ts";
import type { ClaimedRequest } from "./execution_queue.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { tables } from "./schema/mod.ts";
import { OutputRow, toCellOutput } from "./stored_output.ts";

/** An AI cell, with the model that it names. */
export interface QuestionCell extends Question {
  /** The model that the cell names. Default: none. */
  namedModel?: string;
}

const CellRow = Schema.Struct({
  id: Schema.String,
  cellType: Schema.String,
  source: Schema.String,
  isHidden: Schema.BooleanFromUnknown,
  /** Its last run: the request, and the number. */
  queueId: Schema.NullOr(Schema.String),
  number: Schema.NullOr(Schema.Number),
});

const ShownRow = Schema.Struct({ cellId: Schema.String, deltas: Schema.NullOr(Schema.String), ...OutputRow.fields });

/**
 * The outputs of so many cells are read, at least. Where they begin changes with every hundredth cell only, because whatever changes the
 * beginning of a conversation ends what the model's provider has cached.
 */
const OUTPUTS = { atLeast: 200, step: 100 };

/**
 * Reads an AI cell.
 *
 * @param cellId the cell
 * @param asked its request, and its text when it was run
 * @param files what is told of the files that executions named, by request
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

/** The cells above one, from the top, with the number of their last run. */
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

/** What stands under cells now, each Markdown output with the deltas that have followed it. */
function outputsOf(cellIds: readonly string[]) {
  return {
    query:
      `SELECT output.cellId, output.outputType, output.streamName, output.data, output.displayId, output.representations,
                   (SELECT group_concat(delta, '') FROM
                     (SELECT delta FROM output_deltas WHERE outputId = output.id AND output.outputType = 'markdown'
                      ORDER BY sequenceNumber, rowid)) AS deltas
            FROM outputs AS output JOIN json_each($cellIds) AS told ON told.value = output.cellId
            ORDER BY output.position, output.rowid`,
    schema: Schema.Array(ShownRow),
    queriedTables: new Set(["outputs", "output_deltas"]),
    bindValues: { cellIds: JSON.stringify(cellIds) },
  };
}
