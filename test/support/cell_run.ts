/**
 * Runs one cell against a scripted model server.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import { type CellResult, executeCell, type ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
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

/** Runs a cell whose model answers by a script. Other options have defaults. */
export async function runCell(
  source: ScriptSource,
  options: Partial<ExecuteCellOptions> = {},
  modelOptions: Partial<OpenAIModelOptions> = {},
  serverOptions: ScriptedModelOptions = {},
): Promise<CellRun> {
  await using server = await startScriptedModel(source, serverOptions);
  const context = new RecordingContext();
  const ended = await executeCell({
    model: openAIModel(server, modelOptions),
    context,
    history: [],
    code: "cell()",
    executionCount: 7,
    signal: new AbortController().signal,
    ...options,
  });
  const { requests } = server;
  return { ended, outputs: context.outputs, requests, conversations: requests.map(({ body }) => body.messages) };
}

/** Returns text on stdout as an output. */
export const stdoutOutput = (text: string): CellOutput => ({ type: "stream", name: "stdout", text });

/** Returns a result as an output. */
export const resultOutput = (text: string): CellOutput => ({ type: "execute_result", data: { "text/plain": text } });
