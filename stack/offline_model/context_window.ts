/**
 * The context of the model: how long a request may be, and what becomes of one that is longer.
 *
 * @module
 */

import { type ChatMessage, type Fields, isFields, type Refusal } from "../strict_model/chat_request.ts";
import { contextListing, type ContextServer, type PromptSize, refuseTooLong } from "../strict_model/context_server.ts";
import { cutSilently } from "../strict_model/silent_cut.ts";
import { type CountTokens, countTools, countTurn } from "./tokenizer.ts";

/** How long a context is, and who is behind it. */
export interface ContextWindowOptions {
  /** Tokens that a request and its answer may have together. */
  length: number;
  /** Whose way it is to treat a request that is longer. */
  server: ContextServer;
  /** Counts tokens. */
  count: CountTokens;
}

/** A limited context. */
export class ContextWindow {
  readonly #options: ContextWindowOptions;

  constructor(options: ContextWindowOptions) {
    this.#options = options;
  }

  /** Tokens that a request and its answer may have together. */
  get length(): number {
    return this.#options.length;
  }

  /** What the list of models says of it. */
  get listing(): Fields {
    return contextListing(this.#options.server, this.#options.length);
  }

  /** The refusal of a request that leaves no room for an answer; `undefined` if there is room, or the server cuts instead. */
  refuse(body: Fields): Refusal | undefined {
    const { length: limit, server } = this.#options;
    if (server === "ollama") return undefined;
    const { turns, tools } = this.#measure(body);
    if (turns + tools < limit) return undefined;
    return refuseTooLong(server, { turns, tools, limit, field: Array.isArray(body.messages) ? "messages" : "input" });
  }

  /** The request as the model sees it. */
  cut(body: Fields): Fields {
    const { length: limit, server, count } = this.#options;
    if (server !== "ollama" || !Array.isArray(body.messages)) return body;
    const messages = body.messages.filter((message): message is ChatMessage => isFields(message));
    const sizes = messages.map((message) => countTurn(message, count));
    return { ...body, messages: cutSilently(messages, sizes, limit - countTools(body, count)) };
  }

  /** The tokens of a request that the model has seen: as many as there are, if its last turn alone is longer. */
  countPrompt(body: Fields): number {
    const { turns, tools } = this.#measure(body);
    return Math.min(turns + tools, this.#options.length);
  }

  /** The tokens of a text. */
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
