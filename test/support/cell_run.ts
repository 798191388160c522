/**
 * Runs one cell against a scripted model server.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import { type CellResult, executeCell, type ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import type { ExecutionContext } from "../../src/execution/execution_context.ts";
import type { Model } from "../../src/execution/model.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { openAIModel } from "./model_requests.ts";
import { RecordingContext } from "./recording_context.ts";
import {
  type RecordedRequest,
  type ScriptedModelOptions,
  type ScriptSource,
  startScriptedModel,
} from "./scripted_model_server.ts";

/** The outcome of a cell. */
export interface CellRun {
  /** The end of the cell. */
  ended: CellResult;
  /** The cell's outputs, with consecutive texts of a stream joined. */
  outputs: CellOutput[];
  /** The model requests. */
  requests: RecordedRequest[];
  /** The conversation of each request. */
  conversations: WireMessage[][];
}

/** A message as it is sent to the model. */
export interface WireMessage {
  role: string;
  content: string | null;
  tool_call_id?: string;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

/** Runs a cell with a model. Options that are not given have defaults. */
export function startCell(
  model: Model,
  context: ExecutionContext,
  options: Partial<ExecuteCellOptions> = {},
): Promise<CellResult> {
  return executeCell({
    model,
    context,
    history: [],
    code: "cell()",
    executionCount: 7,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Runs a cell as {@linkcode startCell} does, with a model that answers by a script. */
export async function runCell(
  source: ScriptSource,
  options: Partial<ExecuteCellOptions> = {},
  modelOptions: Partial<OpenAIModelOptions> = {},
  serverOptions: ScriptedModelOptions = {},
): Promise<CellRun> {
  await using server = await startScriptedModel(source, serverOptions);
  const context = new RecordingContext();
  const ended = await startCell(openAIModel(server, modelOptions), context, options);
  const { requests } = server;
  return { ended, outputs: context.outputs, requests, conversations: requests.map(({ body }) => body.messages) };
}

/** Returns text on stdout as an output. */
export const stdoutOutput = (text: string): CellOutput => ({ type: "stream", name: "stdout", text });

/** Returns a result as an output. */
export const resultOutput = (text: string): CellOutput => ({ type: "execute_result", data: { "text/plain": text } });
