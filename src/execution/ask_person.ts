/**
 * Asks the person for input on behalf of a cell, after all earlier output is shown.
 *
 * @module
 */

import { unlessAborted } from "../async/unless_aborted.ts";
import { StdinNotImplementedError } from "../errors.ts";
import type { ExecutionContext, InputRequest } from "./execution_context.ts";
import { answerInput, type InputAnswer } from "./input_answer.ts";
import type { IPythonOutput } from "./ipython_output.ts";

export interface AskPersonOptions {
  context: Pick<ExecutionContext, "flush" | "input">;
  output: IPythonOutput;
}

/**
 * Shows the output so far and asks the person.
 *
 * @throws the signal's reason, immediately, if the cell is interrupted
 */
export async function askPerson(
  request: InputRequest,
  { context, output }: AskPersonOptions,
  signal: AbortSignal,
): Promise<InputAnswer> {
  output.settle();
  await context.flush();
  signal.throwIfAborted();
  const ask = async () => await (context.input?.(request, signal) ?? Promise.reject(new StdinNotImplementedError()));
  return await unlessAborted(answerInput(request, ask), signal);
}
