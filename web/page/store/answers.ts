/**
 * The last two answers to a cell, as its runs left them: they are there though the cell was cleared or run again.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { readOutputs, type ShownOutput } from "./read_outputs.ts";

/** How far back an answer is looked for: runs that were interrupted have none. */
const MOST_RUNS = 20;

/** The runs of a cell, the last one first. */
export const runsOf = (cellId: string) =>
  tables.executions.select("queueId", "source", "status").where({ cellId }).orderBy("startOfCell", "desc").limit(
    MOST_RUNS,
  );

/** A run. */
export type RunRow = Pick<typeof tables.executions.rowSchema.Type, "queueId" | "source" | "status">;

/** A run that was answered to its end, and the one that was before it. */
export interface LastAnswers {
  now: RunRow;
  before: RunRow;
}

/**
 * Finds the last two answers.
 *
 * @param runs the last one first
 * @returns nothing if the last run has not ended by itself, or none before it has
 */
export function findLastAnswers([now, ...earlier]: readonly RunRow[]): LastAnswers | undefined {
  const before = earlier.find(isAnswered);
  return now !== undefined && isAnswered(now) && before !== undefined ? { now, before } : undefined;
}

/** Reads what a run has put out. */
export function readAnswer(notebook: NotebookStore, { queueId }: RunRow): ShownOutput[] {
  return readOutputs(notebook.query(tables.executionOutputs.where({ queueId }).orderBy("position", "asc")));
}

function isAnswered({ status }: RunRow): boolean {
  return status === "completed" || status === "failed";
}
