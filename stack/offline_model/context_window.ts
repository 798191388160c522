/**
 * The context window of the model: the longest possible request, and the treatment of a longer one.
 *
 * @module
 */

import type { ChatMessage, Refusal } from "../strict_model/chat_request.ts";
import { type Fields, isFields } from "../strict_model/fields.ts";
import { contextListing, type ContextServer, type PromptSize, refuseTooLong } from "../strict_model/context_server.ts";
import { cutSilently } from "../strict_model/silent_cut.ts";
import { type CountTokens, countTools, countTurn } from "./tokenizer.ts";

export interface ContextWindowOptions {
  /** Tokens that a request and its answer may have together. */
  length: number;
  /** The server whose treatment of longer requests is imitated. */
  server: ContextServer;
  count: CountTokens;
}

export class ContextWindow {
  readonly #options: ContextWindowOptions;

  constructor(options: ContextWindowOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#options.length;
  }

  /** The fields that describe the context window in the list of models. */
  get listing(): Fields {
    return contextListing(this.#options.server, this.#options.length);
  }

  /**
   * Returns the refusal of a request that leaves no room for an answer; `undefined` if there is room, or if the
   * server cuts requests instead.
   */
  refuse(body: Fields): Refusal | undefined {
    const { length: limit, server } = this.#options;
    if (server === "ollama") return undefined;
    const { turns, tools } = this.#measure(body);
    if (turns + tools < limit) return undefined;
    return refuseTooLong(server, { turns, tools, limit, field: Array.isArray(body.messages) ? "messages" : "input" });
  }

  /** Returns the request as the model sees it. */
  cut(body: Fields): Fields {
    const { length: limit, server, count } = this.#options;
    if (server !== "ollama" || !Array.isArray(body.messages)) return body;
    const messages = body.messages.filter((message): message is ChatMessage => isFields(message));
    const sizes = messages.map((message) => countTurn(message, count));
    return { ...body, messages: cutSilently(messages, sizes, limit - countTools(body, count)) };
  }

  /** Counts the tokens of a request that the model saw; at most the whole context, if the last turn alone is longer. */
  countPrompt(body: Fields): number {
    const { turns, tools } = this.#measure(body);
    return Math.min(turns + tools, this.#options.length);
  }

  countText(text: string): number {
    return this.#options.count(text);
  }

  #measure(body: Fields): PromptSize {
    const { count } = this.#options;
    const turns = [body.instructions ?? [], body.messages ?? body.input ?? []].flat();
    return {
      turns: turns.reduce((sum: number, turn) => sum + countTurn(turn, count), 0),
      tools: countTools(body, count),
    };
  }
}
