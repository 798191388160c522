/**
 * The last two answers to a cell, as recorded for its runs. They remain when the cell is cleared or run again.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { readOutputs, type ShownOutput } from "./read_outputs.ts";

/** The number of runs to search for an answer. Interrupted runs have none. */
const MOST_RUNS = 20;

/** The runs of a cell, last one first. */
export const runsOf = (cellId: string) =>
  tables.executions.select("queueId", "source", "status").where({ cellId }).orderBy("startOfCell", "desc").limit(
    MOST_RUNS,
  );

export type RunRow = Pick<typeof tables.executions.rowSchema.Type, "queueId" | "source" | "status">;

/** The last run that completed, and the one before it. */
export interface LastAnswers {
  now: RunRow;
  before: RunRow;
}

/**
 * Finds the last two answers.
 *
 * @param runs the runs, last one first
 * @returns `undefined` if the last run was interrupted, or no earlier one completed
 */
export function findLastAnswers([now, ...earlier]: readonly RunRow[]): LastAnswers | undefined {
  const before = earlier.find(isAnswered);
  return now !== undefined && isAnswered(now) && before !== undefined ? { now, before } : undefined;
}

export function readAnswer(notebook: NotebookStore, { queueId }: RunRow): ShownOutput[] {
  return readOutputs(notebook.query(tables.executionOutputs.where({ queueId }).orderBy("position", "asc")));
}

function isAnswered({ status }: RunRow): boolean {
  return status === "completed" || status === "failed";
}
