/**
 * Runs a cell against a scripted model server and records its requests and answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import type { CellTracing } from "../../src/execution/trace/cell_recorder.ts";
import type { CellTrace } from "../../src/execution/trace/cell_trace.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { createRedactor } from "../../src/options/redactor.ts";
import { type CellRun, runCell } from "./cell_run.ts";
import { TEST_KEY } from "./model_requests.ts";
import type { ScriptedModelOptions, ScriptSource } from "./scripted_model_server.ts";

/** Returns options that collect the records of cells. The test models' key is hidden in them. */
export function traceKeeper(options: Partial<CellTracing> = {}): { traces: CellTrace[]; tracing: CellTracing } {
  const traces: CellTrace[] = [];
  const tracing = {
    take: (trace: CellTrace) => void traces.push(trace),
    redactor: (secrets: readonly string[]) => createRedactor([TEST_KEY, ...secrets]),
    ...options,
  };
  return { traces, tracing };
}

/** Runs a cell as {@linkcode runCell} does, and also returns its record. */
export async function runTraced(
  source: ScriptSource,
  options: Partial<ExecuteCellOptions> = {},
  modelOptions: Partial<OpenAIModelOptions> = {},
  serverOptions: ScriptedModelOptions = {},
): Promise<CellRun & { trace: CellTrace }> {
  const { traces, tracing } = traceKeeper();
  const run = await runCell(source, { trace: tracing, ...options }, modelOptions, serverOptions);
  assert.equal(traces.length, 1);
  return { ...run, trace: traces[0] };
}
