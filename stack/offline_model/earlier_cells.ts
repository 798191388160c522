/**
 * What a request tells of the cells before its own, as it is run again where the model knows nothing else.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { OUTPUT_OMITTED } from "../../src/execution/prompt/system_prompt.ts";
import type { AnswerRequest } from "./model_request.ts";
import type { ToldCell, ToldSummary } from "./told_conversation.ts";
import type { ToldFile } from "./told_files.ts";

/** A cell that is run again. */
export interface EarlierCell extends CellTurn {
  /** Whether what cannot be run of it is passed over, because parts of it or of the cells before it are left out. */
  partial: boolean;
  /** What its requests for input were answered with. Default: it made none. */
  answers?: readonly InputAnswer[];
  /** The files that are there once it has begun. Default: those that were there before. */
  files?: readonly ToldFile[];
}

/** What stands where a part of a cell's code was left out. */
const LEFT_OUT = /\[\.\.\. [\d,]+ \w+ left out \.\.\.\]/;

/** The cells as they ran, for a namespace that has seen them. */
export function cellsThatRan({ earlier }: Pick<AnswerRequest, "earlier">): EarlierCell[] {
  return earlier.map(({ executionCount, code, answer, files }) => {
    return { executionCount, code, partial: false, answers: answer?.inputs, files };
  });
}

/**
 * The cells as they are told: first the summary of those that are left out, as one cell, and last what is told of them once more.
 *
 * A cell of which nothing is said to have failed is run statement by statement, so that a name is known if any turn tells of it.
 */
export function cellsAsTold({ summaries, earlier }: Pick<AnswerRequest, "summaries" | "earlier">): EarlierCell[] {
  const toCell = ({ to, code, files }: ToldSummary): EarlierCell => ({
    executionCount: to,
    code,
    partial: true,
    files,
  });
  const leading = summaries.filter(({ isRecall }) => !isRecall).map(toCell);
  const recalled = summaries.filter(({ isRecall }) => isRecall).map(toCell);
  const isWhole = leading.length === 0 && (earlier.length === 0 || earlier[0].executionCount === 1);
  const cells = earlier.map((cell) => ({
    executionCount: cell.executionCount,
    code: cell.code,
    partial: LEFT_OUT.test(cell.code) || !(hasFailed(cell) ?? isWhole),
    answers: cell.answer?.inputs,
    files: cell.files,
  }));
  return [...leading, ...cells, ...recalled];
}

/** Whether a cell has raised an exception; `undefined` if its outputs are not told. */
function hasFailed({ answer }: ToldCell): boolean | undefined {
  if (answer === undefined || answer.text.includes(OUTPUT_OMITTED)) return undefined;
  return answer.calls.includes("error");
}
