/**
 * Turns a notebook's earlier cells and the cell at hand into the conversation that a model is sent.
 *
 * @module
 */

import { formatCellTurn } from "./cell_turn.ts";
import { codeOfCell, wholeCell } from "./earlier_cell.ts";
import type { HistoryEntry } from "../history_entry.ts";
import { historyWindow } from "./history_window.ts";
import { cachedAnalysis } from "./analysis_cache.ts";
import type { CellSettings } from "../cell_settings.ts";
import type { Message } from "../model.ts";
import { SHORT_SYSTEM_PROMPT } from "./short_system_prompt.ts";
import { SYSTEM_PROMPT } from "./system_prompt.ts";
import type { ReasoningPlan, ScratchWork } from "./reasoning.ts";
import { joinHints, resultHint, SCRATCH_HINTS } from "./turn_hint.ts";

/** What a conversation is made from. Without settings, all earlier cells are sent with their outputs. */
export interface ConversationOptions extends Partial<Pick<CellSettings, "maxHistoryLength" | "includeOutputs">> {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the cell that is to run. */
  code: string;
  /** Its execution count. */
  executionCount: number;
  /** How much the model is asked to work out before it answers. Default: nothing. */
  plan?: ReasoningPlan;
  /** Whether the system prompt is the short one, for models with a small context. The same for all cells of a notebook. Default: `false`. */
  shortPrompt?: boolean;
}

/**
 * Builds the conversation for one cell.
 *
 * The same history always gives the same turns, and a longer one only adds to them until it has to be trimmed, which keeps the
 * provider's prompt cache valid. Whether the cell can have a value is said in its turn permanently; the wish for scratch work
 * stands in the last turn only, because the answers to earlier turns are told without theirs.
 */
export function buildConversation(options: ConversationOptions): Message[] {
  const { history, code, executionCount, maxHistoryLength = Infinity, includeOutputs = true, plan } = options;
  const turn = (scratch: ScratchWork) =>
    formatCellTurn({ executionCount, code, hint: joinHints(hintOf(executionCount, code), SCRATCH_HINTS[scratch]) });
  const notes = plan && { asNeeded: turn(plan.scratch), insteadOfReasoning: turn(plan.scratchInsteadOfEffort) };
  return [
    { role: "system", content: options.shortPrompt ? SHORT_SYSTEM_PROMPT : SYSTEM_PROMPT },
    ...maxHistoryLength > 0 ? earlierCells(history, maxHistoryLength, includeOutputs) : [],
    { role: "user", content: turn("off"), ...(notes && { notes }) },
  ];
}

function earlierCells(history: readonly HistoryEntry[], maxWhole: number, includeOutputs: boolean): Message[] {
  const cells = history.map((entry) => {
    const hint = hintOf(entry.executionCount, entry.code);
    const code = codeOfCell(entry, hint);
    return { code, whole: includeOutputs ? wholeCell(entry, hint) : code };
  });
  const sizes = cells.map(({ whole, code }) => ({ whole: sizeOf(whole), code: sizeOf(code) }));
  const { first, firstWhole } = historyWindow(sizes, includeOutputs ? maxWhole : Infinity);
  return cells.slice(first).flatMap(({ whole, code }, index) => first + index < firstWhole ? code : whole);
}

function hintOf(executionCount: number, code: string): string {
  return resultHint(executionCount, cachedAnalysis(code).result);
}

function sizeOf(messages: Message[]): number {
  return JSON.stringify(messages).length;
}
