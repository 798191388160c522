/**
 * Runs a cell with a model or a scripted server, for the tests of `executeCell()`.
 *
 * @module
 */

import type { CellResult, ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import type { Model } from "../../src/execution/model.ts";
import { startCell } from "../support/cell_run.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

export const USAGE = { requests: 1, input: 10, cachedInput: 0, output: 5 };

/** Runs a cell with a model. All options have defaults. */
export function run(
  model: Model,
  context: RecordingContext,
  options: Partial<ExecuteCellOptions> = {},
): Promise<CellResult> {
  return startCell(model, context, { executionCount: 1, reasoning: "off", ...options });
}

/** Runs a cell with a model server that follows a script. Returns the result, the outputs and the requests. */
export async function execute(source: ScriptSource, options: Partial<ExecuteCellOptions> = {}) {
  await using server = await startScriptedModel(source);
  const context = new RecordingContext();
  const ended = await run(openAIModel(server), context, options);
  const { outputs, calls, flushes } = context;
  return { ended, outputs, calls, flushes, requests: server.requests };
}
