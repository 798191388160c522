/**
 * Reads a cell's outputs for rendering: joins streams and parses contents.
 *
 * @module
 */

import type { Representations } from "../../../src/notebook/schema/media.ts";
import { wholeTraceback } from "../../../src/notebook/schema/error_content.ts";
import { isWaitStatus } from "../../../src/notebook/schema/wait_status.ts";
import type { OutputRow } from "./queries.ts";

/** An output to render. `id` stays the same while it grows. */
export type ShownOutput =
  | { kind: "stream"; id: string; name: "stdout" | "stderr"; text: string }
  | { kind: "error"; id: string; ename: string; evalue: string; traceback: string[] }
  | { kind: "rich"; id: string; representations: Representations; isResult: boolean; executionCount?: number };

/** The columns that are read. The outputs of a recorded run have neither metadata nor a count. */
export type ReadableRow =
  & Pick<OutputRow, "id" | "outputType" | "data" | "streamName" | "representations">
  & Partial<Pick<OutputRow, "metadata" | "executionCount">>;

export interface ReadOptions {
  /** The number of the cell's last execution, which its results carry, if any. */
  executionCount?: number;
  /** Whether to include the message about what the cell waits for, which is not part of its output. Default: false. */
  isWaitShown?: boolean;
}

/** Reads a cell's output rows. Consecutive texts of one stream are joined without a separator, as the contract requires. */
export function readOutputs(
  rows: readonly ReadableRow[],
  { executionCount, isWaitShown = false }: ReadOptions = {},
): ShownOutput[] {
  const shown: ShownOutput[] = [];
  for (const row of rows) {
    if (isWaitStatus(row) && (!isWaitShown || row.data === "")) continue;
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
        // A result that came from a file does not belong to a run here.
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
