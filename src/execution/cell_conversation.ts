/**
 * Builds the conversation for one cell, within the limits of the model's context.
 *
 * @module
 */

import type { ModelError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Message, Model, TokenUsage } from "./model.ts";
import { hasNote } from "./notes.ts";
import { cutRequestNote, LEFT_OUT, leftOutNote } from "./past_notes.ts";
import type { ContextBudget, ConversationPlan, RequestSize } from "./context_budget.ts";
import { buildConversation, type ConversationOptions, systemPromptOf } from "./prompt/conversation.ts";
import { conversationTokens, toolTokens } from "./prompt/conversation_tokens.ts";
import { parsePastSummary, type PastSummary } from "./prompt/past_summary.ts";
import { toolsOf } from "./reply/tools.ts";

export interface CellConversationOptions extends Omit<ConversationOptions, keyof ConversationPlan> {
  model: Model;
  budget: ContextBudget;
  /** Logs when parts of the history are left out. */
  logger: Logger;
}

/** The number of times that a too long request is made smaller before the error is reported. */
const MAX_SHRINKS = 6;

/** A number of characters, including those of JSON field names, that is above the average per token of every tokenizer. */
const MOST_CHARACTERS_PER_TOKEN = 8;

export class CellConversation {
  readonly #options: CellConversationOptions;
  #messages: Message[] | undefined;
  #shrinks = 0;
  #cutNote: string | undefined;

  constructor(options: CellConversationOptions) {
    this.#options = options;
  }

  /** The messages. The last one is that of the cell itself. */
  get messages(): readonly Message[] {
    const { model, budget, systemPrompt, hasInput } = this.#options;
    return this.#messages ??= buildConversation({
      ...this.#options,
      ...budget.plan(model.contextLength, systemPrompt, hasInput),
    });
  }

  /** Makes the conversation smaller after a server has rejected it as too long. Returns whether it could be made smaller. */
  shrink(refusal: ModelError): boolean {
    const { budget, logger } = this.#options;
    if (this.#shrinks === MAX_SHRINKS || !budget.shrink(refusal, this.#sizeOf(this.messages))) return false;
    this.#shrinks += 1;
    this.#messages = undefined;
    const { contextLength, promptTokens } = refusal;
    logger.debug("the request was too long for the model and is made smaller", { contextLength, promptTokens });
    return true;
  }

  /** Compares the server's token count with the size of the request, and notes whether the server silently truncated it. */
  compare(messages: readonly Message[], { input, cachedInput }: TokenUsage): void {
    const { model, budget, logger } = this.#options;
    const size = this.#sizeOf(messages);
    // Some servers count cached tokens separately.
    const counted = cachedInput > input ? input + cachedInput : input;
    if (!budget.compare(size, counted, model.contextLength) || budget.hasReportedCuts) return;
    budget.hasReportedCuts = true;
    logger.warn("the model server silently truncated the request, because its context is too small", {
      sent: size.all,
      read: counted,
    });
    this.#cutNote = cutRequestNote(size.all, counted);
  }

  /**
   * Returns the notes for the person that have not been shown yet: at most one of each kind per session, and one about left-out
   * cells per notebook.
   */
  takeNotes(): string[] {
    const notes = this.#cutNote === undefined ? [] : [this.#cutNote];
    this.#cutNote = undefined;
    const summary = this.#summary;
    if (summary === undefined || this.#options.budget.hasReportedSummary) return notes;
    const { budget, history, logger } = this.#options;
    budget.hasReportedSummary = true;
    logger.info("the notebook is long: the model receives only a summary of its oldest cells", {
      cells: `In [${summary.from}] to In [${summary.to}]`,
    });
    if (history.some(({ outputs }) => hasNote(outputs, LEFT_OUT))) return notes;
    return [...notes, leftOutNote(summary)];
  }

  get #summary(): PastSummary | undefined {
    const first = this.messages.find(({ role }) => role === "user");
    return first?.content === undefined ? undefined : parsePastSummary(first.content);
  }

  #sizeOf(messages: readonly Message[]): RequestSize {
    const shortest = systemPromptOf({ ...this.#options, shortPrompt: true });
    const tools = toolsOf(this.#options.hasInput ?? false);
    const shortPrompt = messages[0]?.content?.startsWith(shortest) ?? false;
    const past = conversationTokens(messages.slice(1, -1));
    const all = past + conversationTokens([...messages.slice(0, 1), ...messages.slice(-1)]) + toolTokens(tools);
    return { all, past, shortPrompt, least: JSON.stringify([messages, tools]).length / MOST_CHARACTERS_PER_TOKEN };
  }
}
