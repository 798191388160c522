/**
 * Remembers the answers that the model gave in a namespace. They are needed to continue an answer call by call, and
 * to check whether a request still contains all of them.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { OUTPUT_OMITTED } from "../../src/execution/prompt/system_prompt.ts";
import type { CellRequest } from "./model_request.ts";
import { cellIdentity, isSameCell } from "./namespace_history.ts";
import type { ConversationCell } from "./read_conversation.ts";
import type { WrittenToolCall } from "./tool_call_writer.ts";

interface AnsweredCell extends CellTurn {
  /** The same for all turns of the cell. */
  identity: string;
  tools: string[];
  /** How many of the calls have been sent. */
  sent: number;
  /** Whether outputs were cleared. It is then unknown which ones remain. */
  hasCleared: boolean;
}

/** Numbers of calls: those that were sent, and those that a conversation contains. */
interface CallCounts {
  sent: number;
  contained: number;
}

export class AnsweredCells {
  #cells: AnsweredCell[] = [];
  #lastCalls: readonly WrittenToolCall[] = [];

  /**
   * Records the answer to a cell.
   *
   * @param calls all calls of the answer, up to a request for input if there is one
   * @param count `sent`: how many of them have been sent (fewer than all, if each reply has one call); `contained`: how
   * many calls of the cell came before, up to the last request for input
   */
  add({ executionCount, code }: CellTurn, calls: readonly WrittenToolCall[], { sent, contained }: CallCounts): void {
    const identity = cellIdentity({ executionCount, code });
    const last = this.#cells.at(-1);
    const isSame = contained > 0 && last?.identity === identity;
    if (isSame) this.#cells.pop();
    const before = isSame ? this.#lastCalls.slice(0, contained) : [];
    const all = [...before, ...calls];
    const tools = all.map((call) => call.function.name);
    const hasCleared = all.some((call) => call.function.arguments.includes('"clear_output"'));
    this.#cells.push({ executionCount, code, identity, tools, sent: before.length + sent, hasCleared });
    this.#lastCalls = all;
  }

  /**
   * Returns the next call of the answer to a cell; `undefined` if another cell was answered last or its answer has no
   * further call.
   *
   * @param contained how many calls the conversation contains
   */
  next(cell: CellTurn, contained: number): WrittenToolCall | undefined {
    const last = this.#cells.at(-1);
    if (last === undefined || !isSameCell(last, cell) || contained >= this.#lastCalls.length) return undefined;
    last.sent = contained + 1;
    return this.#lastCalls[contained];
  }

  /**
   * Describes, in a sentence, an earlier answer that a request should contain and does not. Returns `undefined` if
   * nothing is missing. The oldest cells may be missing, because long histories are cut there. A request with other
   * cells starts a new conversation, and the old one is forgotten.
   */
  findLoss({ earlier, cell }: CellRequest): string | undefined {
    // A long conversation has thousands of cells, and each request repeats all of them.
    const described = [...earlier, cell].map((one) => ({ one, identity: cellIdentity(one) }));
    const byCount = Map.groupBy(described, ({ one }) => one.executionCount);
    const isOther = this.#cells.some(({ executionCount, identity }) =>
      byCount.get(executionCount)?.some((other) => other.identity !== identity)
    );
    const isFirst = earlier.length === 0 && cell.executionCount === 1 && cell.answer === undefined;
    if (isOther || isFirst) this.#cells = [];
    const included = new Map(described.slice(0, -1).reverse().map(({ one, identity }) => [identity, one]));
    const before = this.#cells.filter(({ identity }) => identity !== described[described.length - 1].identity);
    const first = before.findIndex(({ identity }) => included.has(identity));
    // If the request contains none of them (`first` is -1), the newest one is reported: it is never cut.
    for (const known of before.slice(first)) {
      const loss = lossOf(known, included.get(known.identity));
      if (loss !== undefined) return loss;
    }
  }
}

/**
 * Calls that a complete conversation may lack: another cell may have changed a display, and an interrupted request
 * for input has no answer.
 */
const MAY_BE_MISSING = ["display", "input"];

function lossOf(
  { executionCount, tools, sent, hasCleared }: AnsweredCell,
  described: ConversationCell | undefined,
): string | undefined {
  const name = `In [${executionCount}]`;
  if (described === undefined) return `${name} was answered in this conversation and is missing.`;
  const { answer } = described;
  // A cell without any remaining output may be in the same turn as the next cell.
  if (answer === undefined) return tools.length === 0 || hasCleared ? undefined : `The answer to ${name} is missing.`;
  if (answer.unanswered > 0) return `${answer.unanswered} of the tool calls of ${name} have no answer.`;
  if (hasCleared || answer.text.includes(OUTPUT_OMITTED)) return undefined;
  const lost = tools.slice(0, sent).find((tool) => !MAY_BE_MISSING.includes(tool) && !answer.calls.includes(tool));
  return lost && `The ${lost} of ${name} is missing.`;
}
