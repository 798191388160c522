/**
 * Reads the earlier cells of a request, which are run again if the namespace has not seen them.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { OUTPUT_OMITTED } from "../../src/execution/prompt/system_prompt.ts";
import type { ConversationFile } from "./conversation_files.ts";
import type { AnswerRequest } from "./model_request.ts";
import type { ConversationCell, ConversationSummary } from "./read_conversation.ts";

/** A cell that is run again. */
export interface EarlierCell extends CellTurn {
  /** Whether statements that fail are skipped, because parts of this cell or of earlier ones are left out. */
  partial: boolean;
  /** The answers to the cell's requests for input. Default: it made none. */
  answers?: readonly InputAnswer[];
  /** The files that exist when the cell begins. Default: no changes. */
  files?: readonly ConversationFile[];
}

/** The comment that replaces omitted parts of a cell's code. */
const LEFT_OUT = /\[\.\.\. [\d,]+ \w+ left out \.\.\.\]/;

/** Returns the cells as they ran, for a namespace that has seen them. */
export function cellsThatRan({ earlier }: Pick<AnswerRequest, "earlier">): EarlierCell[] {
  return earlier.map(({ executionCount, code, answer, files }) => {
    return { executionCount, code, partial: false, answers: answer?.inputs, files };
  });
}

/**
 * Returns the cells as the request describes them. The summary of the omitted cells comes first, as one cell.
 * Definitions that the request repeats from omitted cells come last.
 *
 * A cell that is not known to have failed runs statement by statement, so that every name that a turn defines is
 * defined.
 */
export function cellsAsDescribed({ summaries, earlier }: Pick<AnswerRequest, "summaries" | "earlier">): EarlierCell[] {
  const toCell = ({ to, code, files }: ConversationSummary): EarlierCell => ({
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

/** Whether a cell raised an exception; `undefined` if the request does not contain its outputs. */
function hasFailed({ answer }: ConversationCell): boolean | undefined {
  if (answer === undefined || answer.text.includes(OUTPUT_OMITTED)) return undefined;
  return answer.calls.includes("error");
}
