/**
 * A cell that has run, as later cells remember it.
 *
 * @module
 */

import type { CellFile } from "./cell_file.ts";
import type { CellOutput } from "./cell_output.ts";
import type { InputRequest } from "./execution_context.ts";
import { isModelFailure } from "./model_failure.ts";
import { isRefusal } from "./refused_request.ts";
import type { InputAnswer } from "./input_answer.ts";

/** Input that a cell asked for, and the answer. */
export interface AnsweredInput extends InputRequest {
  /** The number of the cell's outputs before it. */
  position: number;
  /** The answer, including a typed password. */
  answer: InputAnswer;
}

/**
 * A cell that has run.
 *
 * ```ts
 * import { type AnsweredInput, createModel, type HistoryEntry, type InputAnswer, InteractiveShell } from "@runt/aipython-runtime-agent";
 *
 * // A session that was saved, in which a cell asked for a name.
 * const answer: InputAnswer = { typed: "Ada" };
 * const input: AnsweredInput = { prompt: "Name? ", isPassword: false, position: 0, answer };
 * const history: HistoryEntry[] = [{ executionCount: 7, code: 'name = input("Name? ")', outputs: [], inputs: [input] }];
 * const shell = new InteractiveShell({ model: await createModel(), history });
 * console.log(shell.executionCount); // 8
 * ```
 */
export interface HistoryEntry {
  /** The cell's execution count. */
  executionCount: number;
  /** The code that ran, unchanged. */
  code: string;
  /** The outputs, in order. */
  outputs: readonly CellOutput[];
  /** Whether the cell failed. The outputs alone may not show this, because IPython writes some exceptions to stderr. Default: false. */
  hasFailed?: boolean;
  /** The inputs that the cell asked for, in order. Default: none. */
  inputs?: readonly AnsweredInput[];
  /** The files that the cell named, with their content when it ran. Default: none. */
  files?: readonly CellFile[];
  /** Whether the cell had more outputs than are remembered. Default: false. */
  lacksOutputs?: boolean;
}

/** Whether a model answered the cell: the model did not fail and the request was not refused. Other cells are not sent to a model. */
export function wasAnswered({ outputs }: HistoryEntry): boolean {
  return !outputs.some((output) => isModelFailure(output) || isRefusal(output));
}
