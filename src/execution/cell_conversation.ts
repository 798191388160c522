/**
 * The conversation for one cell, fitted to what the model reads.
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

/** What a conversation is made from, and for whom. */
export interface CellConversationOptions extends Omit<ConversationOptions, keyof ConversationPlan> {
  /** Who is asked. */
  model: Model;
  /** What is known of how much it reads. */
  budget: ContextBudget;
  /** Told when the past no longer goes out whole. */
  logger: Logger;
}

/** How often a request is made smaller until its refusal counts. */
const MAX_SHRINKS = 6;

/** More characters than a token of any tokenizer stands for on the mean, with the names of fields around them. */
const MOST_CHARACTERS_PER_TOKEN = 8;

/** One cell's conversation. */
export class CellConversation {
  readonly #options: CellConversationOptions;
  #messages: Message[] | undefined;
  #shrinks = 0;
  #cutNote: string | undefined;

  /** @param options what it is made from */
  constructor(options: CellConversationOptions) {
    this.#options = options;
  }

  /** Its turns, the cell's own at the end. */
  get messages(): readonly Message[] {
    const { model, budget, systemPrompt, hasInput } = this.#options;
    return this.#messages ??= buildConversation({
      ...this.#options,
      ...budget.plan(model.contextLength, systemPrompt, hasInput),
    });
  }

  /**
   * Makes it smaller, once a server has refused it as too long.
   *
   * @returns whether it could be made smaller
   */
  shrink(refusal: ModelError): boolean {
    const { budget, logger } = this.#options;
    if (this.#shrinks === MAX_SHRINKS || !budget.shrink(refusal, this.#sizeOf(this.messages))) return false;
    this.#shrinks += 1;
    this.#messages = undefined;
    const { contextLength, promptTokens } = refusal;
    logger.debug("the request was too long for the model and is made smaller", { contextLength, promptTokens });
    return true;
  }

  /** Compares what the server has counted with what it was sent, and notes a server that cuts requests off without a word. */
  compare(messages: readonly Message[], { input, cachedInput }: TokenUsage): void {
    const { model, budget, logger } = this.#options;
    const size = this.#sizeOf(messages);
    // Some servers count the cached tokens apart.
    const counted = cachedInput > input ? input + cachedInput : input;
    if (!budget.compare(size, counted, model.contextLength) || budget.hasToldOfCuts) return;
    budget.hasToldOfCuts = true;
    logger.warn("the model server cut the request off without saying so: its context is too small for it", {
      sent: size.all,
      read: counted,
    });
    this.#cutNote = cutRequestNote(size.all, counted);
  }

  /** What the person has to be told, once a session and once a notebook. */
  takeNotes(): string[] {
    const notes = this.#cutNote === undefined ? [] : [this.#cutNote];
    this.#cutNote = undefined;
    const summary = this.#summary;
    if (summary === undefined || this.#options.budget.hasToldOfSummary) return notes;
    const { budget, history, logger } = this.#options;
    budget.hasToldOfSummary = true;
    logger.info("the notebook is long: of its oldest cells the model is told what they defined", {
      cells: `In [${summary.from}] to In [${summary.to}]`,
    });
    if (history.some(({ outputs }) => hasNote(outputs, LEFT_OUT))) return notes;
    return [...notes, leftOutNote(summary)];
  }

  get #summary(): PastSummary | undefined {
    const first = this.messages.find(({ role }) => role === "user");
    return first?.content === undefined ? undefined : parsePastSummary(first.content);
  }

  /** How large a request is by our estimate. */
  #sizeOf(messages: readonly Message[]): RequestSize {
    const shortest = systemPromptOf({ ...this.#options, shortPrompt: true });
    const tools = toolsOf(this.#options.hasInput ?? false);
    const shortPrompt = messages[0]?.content?.startsWith(shortest) ?? false;
    const past = conversationTokens(messages.slice(1, -1));
    const all = past + conversationTokens([...messages.slice(0, 1), ...messages.slice(-1)]) + toolTokens(tools);
    return { all, past, shortPrompt, least: JSON.stringify([messages, tools]).length / MOST_CHARACTERS_PER_TOKEN };
  }
}
