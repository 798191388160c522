/**
 * A cell that has run, as the cells after it remember it.
 *
 * @module
 */

import type { CellFile } from "./cell_file.ts";
import type { CellOutput } from "./cell_output.ts";
import type { InputRequest } from "./execution_context.ts";
import { isModelFailure } from "./model_failure.ts";
import { isRefusal } from "./refused_request.ts";
import type { InputAnswer } from "./input_answer.ts";

/** Input that a cell asked for, and what came of it. */
export interface AnsweredInput extends InputRequest {
  /** How many of the cell's outputs came before it. */
  position: number;
  /** The answer; what was typed for a password, too. */
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
  /** The code that ran, verbatim. */
  code: string;
  /** What it showed, in order. */
  outputs: readonly CellOutput[];
  /** Whether it has failed. Its outputs need not tell: IPython writes some exceptions to stderr. Default: false. */
  hasFailed?: boolean;
  /** What it asked the person for, in order. Default: nothing. */
  inputs?: readonly AnsweredInput[];
  /** The files that it named, as they were when it ran. Default: none. */
  files?: readonly CellFile[];
  /** Whether it has shown more, which is not remembered. Default: false. */
  lacksOutputs?: boolean;
}

/** Whether a model answered the cell: it neither failed nor was the request refused. A model is sent no other cells. */
export function wasAnswered({ outputs }: HistoryEntry): boolean {
  return !outputs.some((output) => isModelFailure(output) || isRefusal(output));
}
