/**
 * Asks the person for what a cell wants typed, after all that was written before the question is shown.
 *
 * @module
 */

import { StdinNotImplementedError } from "../errors.ts";
import type { ExecutionContext, InputRequest } from "./execution_context.ts";
import { answerInput, type InputAnswer } from "./input_answer.ts";
import type { IPythonOutput } from "./ipython_output.ts";

/** Who is asked, and where the cell writes. */
export interface AskPersonOptions {
  context: Pick<ExecutionContext, "flush" | "input">;
  output: IPythonOutput;
}

/**
 * Shows what was written so far and asks the person.
 *
 * @param signal interrupts the cell
 * @throws the signal's reason, at once, when the cell is interrupted
 */
export async function askPerson(
  request: InputRequest,
  { context, output }: AskPersonOptions,
  signal: AbortSignal,
): Promise<InputAnswer> {
  output.settle();
  await context.flush();
  signal.throwIfAborted();
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const interrupt = () => reject(signal.reason);
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    const ask = async () => await (context.input?.(request, signal) ?? Promise.reject(new StdinNotImplementedError()));
    return await Promise.race([answerInput(request, ask), interrupted]);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
