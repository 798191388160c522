/**
 * Builds the messages for a model from a notebook's earlier cells and the current cell.
 *
 * @module
 */

import type { CellSettings } from "../cell_settings.ts";
import type { CellFile } from "../cell_file.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { cachedAnalysis, cachedClockReading } from "./analysis_cache.ts";
import { formatCellTurn } from "./cell_turn.ts";
import { buildPast, DEFAULT_HISTORY_TOKENS } from "./past.ts";
import { SHORT_SYSTEM_PROMPT, SHORT_SYSTEM_PROMPT_WITH_INPUT } from "./short_system_prompt.ts";
import { SYSTEM_PROMPT, SYSTEM_PROMPT_WITH_INPUT } from "./system_prompt.ts";
import type { ReasoningPlan, ScratchWork } from "./reasoning.ts";
import { clockHint, joinHints, resultHint, SCRATCH_HINTS } from "./turn_hint.ts";

/** The options of {@linkcode buildConversation}. By default, as many earlier cells as fit are sent with their outputs. */
export interface ConversationOptions extends Partial<Pick<CellSettings, "maxHistoryLength" | "includeOutputs">> {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the current cell. */
  code: string;
  /** The execution count of the current cell. */
  executionCount: number;
  /** The time of the execution. It is sent only if the notebook reads the clock. Default: no time is sent. */
  date?: Date;
  /** The files that the current cell names. Later histories must contain the same files for it. Default: none. */
  files?: readonly CellFile[];
  /** The amount of reasoning that the model is asked for. Default: none. */
  plan?: ReasoningPlan;
  /** The number of tokens that the earlier cells may take, as estimated by `estimateTokens`. Default: 24,000. */
  historyTokens?: number;
  /** The number of characters of file descriptions in one message. Default: no limit. */
  fileCharacters?: number;
  /**
   * Whether to use the short system prompt, for models with a small context. It must be the same for all cells of a notebook.
   * Default: `false`.
   */
  shortPrompt?: boolean;
  /** A custom system prompt. Default: none. */
  systemPrompt?: string;
  /** Whether the front end can ask the person for input. It must be the same for all cells of a session. Default: `false`. */
  hasInput?: boolean;
}

/**
 * Builds the messages for one cell.
 *
 * The same history always gives the same messages, and a longer history only appends messages until it has to be trimmed. The
 * provider's prompt cache therefore remains valid. A file's description is in the message of the first cell that names that version
 * of the file. A cell's message always says whether the cell can have a value. Only the last message contains the time and the
 * request for scratch work: a restarted agent could not repeat the time, and earlier answers are sent without their scratch work.
 */
export function buildConversation(options: ConversationOptions): Message[] {
  const { code, executionCount, plan, historyTokens = DEFAULT_HISTORY_TOKENS } = options;
  const hint = hintOf({ executionCount, code });
  const past = buildPast({ ...options, historyTokens, hintOf });
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

/** The time is also sent if an earlier cell reads the clock, because the current cell may call a function that it defined. */
function clockOf({ code, history, date }: ConversationOptions): string {
  return date !== undefined && [code, ...history.map(({ code }) => code)].some(cachedClockReading)
    ? clockHint(date)
    : "";
}

function hintOf({ executionCount, code }: Pick<HistoryEntry, "executionCount" | "code">): string {
  return resultHint(executionCount, cachedAnalysis(code).result);
}
