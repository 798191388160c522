/**
 * A cell's outputs as they are drawn: streams joined, contents read.
 *
 * @module
 */

import type { Representations } from "../../../src/notebook/schema/media.ts";
import { wholeTraceback } from "../../../src/notebook/schema/error_content.ts";
import { isWaitingNote } from "../../../src/notebook/schema/waiting_note.ts";
import type { OutputRow } from "./queries.ts";

/** An output to draw; `id` stays the same while it grows. */
export type ShownOutput =
  | { kind: "stream"; id: string; name: "stdout" | "stderr"; text: string }
  | { kind: "error"; id: string; ename: string; evalue: string; traceback: string[] }
  | { kind: "rich"; id: string; representations: Representations; isResult: boolean; executionCount?: number };

/** What is read of a row. What runs have put out has neither metadata nor a count. */
export type ReadableRow =
  & Pick<OutputRow, "id" | "outputType" | "data" | "streamName" | "representations">
  & Partial<Pick<OutputRow, "metadata" | "executionCount">>;

/** How rows are read. */
export interface ReadOptions {
  /** The number of the cell's last execution, which its results carry; absent where it has none. */
  executionCount?: number;
  /** Whether to read what the cell waits for, too, which is no output. Default: false. */
  isWaitShown?: boolean;
}

/**
 * Reads a cell's output rows. Consecutive texts of one stream are joined with nothing between, as the contract wants it.
 */
export function readOutputs(
  rows: readonly ReadableRow[],
  { executionCount, isWaitShown = false }: ReadOptions = {},
): ShownOutput[] {
  const shown: ShownOutput[] = [];
  for (const row of rows) {
    if (isWaitingNote(row) && (!isWaitShown || row.data === "")) continue;
    const output = readOutput(row, executionCount);
    const last = shown.at(-1);
    if (output?.kind === "stream" && last?.kind === "stream" && last.name === output.name) {
      shown[shown.length - 1] = { ...last, text: last.text + output.text };
    } else if (output !== undefined) shown.push(output);
  }
  return shown;
}

function readOutput(row: ReadableRow, executionCount: number | undefined): ShownOutput | undefined {
  const { id, outputType, data } = row;
  switch (outputType) {
    case "terminal":
      return { kind: "stream", id, name: row.streamName === "stderr" ? "stderr" : "stdout", text: data ?? "" };
    case "error":
      return { kind: "error", id, ...readError(data ?? "") };
    case "markdown":
      return { kind: "rich", id, representations: { "text/markdown": { type: "inline", data } }, isResult: false };
    case "multimedia_display":
      return { kind: "rich", id, representations: row.representations ?? {}, isResult: false };
    case "multimedia_result":
      return {
        kind: "rich",
        id,
        representations: row.representations ?? {},
        isResult: true,
        // A result that came from a file belongs to no run here.
        executionCount: row.executionCount === 0 ? undefined : executionCount,
      };
  }
}

function readError(data: string): { ename: string; evalue: string; traceback: string[] } {
  try {
    const { ename, evalue, traceback } = JSON.parse(data);
    const error = {
      ename: String(ename ?? ""),
      evalue: String(evalue ?? ""),
      traceback: Array.isArray(traceback) ? traceback.map(String) : [],
    };
    return { ...error, traceback: wholeTraceback(error) };
  } catch {
    return { ename: "Error", evalue: data, traceback: [`Error: ${data}`] };
  }
}
