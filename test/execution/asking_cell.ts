/**
 * Runs a cell that asks the person for input.
 *
 * @module
 */

import type { ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { AskingContext, type ScriptedInput } from "../support/asking_context.ts";
import { runCell, type WireMessage } from "../support/cell_run.ts";
import { call, type Step } from "../support/scripted_answer.ts";
import type { ScriptSource } from "../support/scripted_model_server.ts";

/** Builds a call of the tool `input`. */
export const ask = (prompt: string, password?: boolean): Step[] =>
  call("input", password === undefined ? { prompt } : { prompt, password });

/** Runs a cell and answers its input requests with `inputs`. */
export async function runAsking(
  source: ScriptSource,
  inputs: ScriptedInput[],
  options: Partial<ExecuteCellOptions> = {},
  modelOptions: Partial<OpenAIModelOptions> = {},
) {
  const context = new AskingContext(...inputs);
  const run = await runCell(source, { context, ...options }, modelOptions);
  return { ...run, context, outputs: context.outputs };
}

/** Returns the results that the model received for its calls, in order. */
export const answersIn = (messages: WireMessage[]) =>
  messages.filter(({ role }) => role === "tool").map(({ content }) => content);
