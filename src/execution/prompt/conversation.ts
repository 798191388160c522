/**
 * Turns a notebook's earlier cells and the cell at hand into the conversation that a model is sent.
 *
 * @module
 */

import type { CellSettings } from "../cell_settings.ts";
import type { CellFile } from "../cell_file.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { cachedAnalysis, cachedClockReading } from "./analysis_cache.ts";
import { formatCellTurn } from "./cell_turn.ts";
import { DEFAULT_HISTORY_TOKENS, tellPast } from "./past.ts";
import { SHORT_SYSTEM_PROMPT, SHORT_SYSTEM_PROMPT_WITH_INPUT } from "./short_system_prompt.ts";
import { SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT } from "./system_prompt.ts";
import type { ReasoningPlan, ScratchWork } from "./reasoning.ts";
import { clockHint, joinHints, resultHint, SCRATCH_HINTS } from "./turn_hint.ts";

/** What a conversation is made from. Without settings, as many earlier cells as fit are sent with their outputs. */
export interface ConversationOptions extends Partial<Pick<CellSettings, "maxHistoryLength" | "includeOutputs">> {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the cell that is to run. */
  code: string;
  /** Its execution count. */
  executionCount: number;
  /** When it is run. A model is told it where the notebook reads the clock. Default: it is not told. */
  date?: Date;
  /** The files that it names, which the same cell has in later histories. Default: none. */
  files?: readonly CellFile[];
  /** How much the model is asked to work out before it answers. Default: nothing. */
  plan?: ReasoningPlan;
  /** How many tokens the earlier cells may take, by our estimate. Default: 24,000. */
  historyTokens?: number;
  /** How many characters of files the turn of one cell tells, at most. Default: any number. */
  fileCharacters?: number;
  /** Whether the system prompt is the short one, for models with a small context; the same for all cells of a notebook. Default: `false`. */
  shortPrompt?: boolean;
  /** A system prompt in place of the long and the short one. Default: none. */
  systemPrompt?: string;
  /** Whether the front end can ask the person for input; the same for all cells of a session. Default: `false`. */
  hasInput?: boolean;
}

/**
 * Builds the conversation for one cell.
 *
 * The same history always gives the same turns, and a longer one only adds to them until it has to be trimmed, which keeps the
 * provider's prompt cache valid. A file's description stands in the turn of the first cell that names it as it is. Whether the cell
 * can have a value is said in its turn permanently. The time and the wish for scratch work stand in the last turn only: a restarted
 * agent could not repeat the time, and the answers to earlier turns are sent without their scratch work.
 */
export function buildConversation(options: ConversationOptions): Message[] {
  const { code, executionCount, plan, historyTokens = DEFAULT_HISTORY_TOKENS } = options;
  const hint = hintOf({ executionCount, code });
  const past = tellPast({ ...options, historyTokens, hintOf });
  const files = past.files.pass(options.files);
  const clock = clockOf(options);
  const turn = (scratch: ScratchWork) =>
    formatCellTurn({ executionCount, code, hint: joinHints(hint, clock, SCRATCH_HINTS[scratch]), files });
  const notes = plan && { asNeeded: turn(plan.scratch), insteadOfReasoning: turn(plan.scratchInsteadOfEffort) };
  return [
    { role: "system", content: systemPromptOf(options) },
    ...past.turns,
    { role: "user", content: turn("off"), ...(notes && { notes }) },
  ];
}

/** Returns the system prompt that a conversation begins with. */
export function systemPromptOf(
  { systemPrompt, shortPrompt = false, hasInput = false }: Pick<
    ConversationOptions,
    "systemPrompt" | "shortPrompt" | "hasInput"
  >,
): string {
  if (systemPrompt !== undefined) return systemPrompt;
  if (shortPrompt) return hasInput ? SHORT_SYSTEM_PROMPT_WITH_INPUT : SHORT_SYSTEM_PROMPT;
  return hasInput ? SYSTEM_PROMPT_WITH_INPUT : SYSTEM_PROMPT;
}

/** A function that an earlier cell has defined may read the clock when this cell calls it. */
function clockOf({ code, history, date }: ConversationOptions): string {
  return date !== undefined && [code, ...history.map(({ code }) => code)].some(cachedClockReading)
    ? clockHint(date)
    : "";
}

function hintOf({ executionCount, code }: Pick<HistoryEntry, "executionCount" | "code">): string {
  return resultHint(executionCount, cachedAnalysis(code).result);
}
