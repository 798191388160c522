/**
 * Records a request to the model and its reply.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import { ModelError } from "../../errors.ts";
import type { FinishReason, Message, ModelEvent, ModelRequest, TokenUsage } from "../model.ts";
import type { RequestObserver, SentRequest } from "../observed_request.ts";
import { conversationTokens, toolTokens } from "../prompt/conversation_tokens.ts";
import type { AskedWhy, TracedRequest, TracedTurn } from "./cell_trace.ts";
import type { NewTurn } from "./new_turns.ts";
import { ReplyText } from "./reply_text.ts";

/** The number of reasons for waiting, and of reasons for retrying, that are kept. */
const MAX_SENTENCES = 20;

export class RequestRecorder implements RequestObserver {
  readonly #request: ModelRequest;
  readonly #clock: Clock;
  readonly #asked: { why: AskedWhy; problem?: string };
  readonly #newTurns: (sent: readonly Message[]) => NewTurn[];
  readonly #started: number;
  readonly #reply = new ReplyText();
  readonly #waits: string[] = [];
  readonly #retries: string[] = [];
  #sent: SentRequest | undefined;
  #attempts = 0;
  #reason: FinishReason | undefined;
  #usage: TokenUsage | undefined;
  #failure: unknown;
  #endedAt: number | undefined;
  #wasInterrupted = false;
  /** The time of the model's first output on the clock; absent until then. */
  firstTokenAt: number | undefined;

  /** @param newTurns selects the new messages from those that were sent */
  constructor(
    request: ModelRequest,
    clock: Clock,
    asked: { why: AskedWhy; problem?: string },
    newTurns: (sent: readonly Message[]) => NewTurn[],
  ) {
    this.#request = request;
    this.#clock = clock;
    this.#asked = asked;
    this.#newTurns = newTurns;
    this.#started = clock.now();
  }

  get isTooLong(): boolean {
    return this.#failure instanceof ModelError && this.#failure.kind === "too_long";
  }

  onSend(sent: SentRequest): void {
    this.#sent = sent;
    this.#attempts += 1;
  }

  onRetry(reason: string): void {
    if (this.#retries.length < MAX_SENTENCES) this.#retries.push(reason);
  }

  onThought(delta: string): void {
    this.#begin();
    this.#reply.think(delta);
  }

  take(event: ModelEvent): void {
    if (event.type === "waiting") {
      if (this.#waits.length < MAX_SENTENCES) this.#waits.push(event.reason);
    } else if (event.type === "finish") this.#reason = event.reason;
    else if (event.type === "usage") this.#usage = event.usage;
    else if (event.type !== "provider_data") {
      this.#begin();
      this.#reply.take(event);
    }
  }

  /** Handles the error that ended the reply. */
  fail(error: unknown): void {
    this.#failure = error;
  }

  /** Ends the reply. It is complete, or the rest is not needed. */
  stop(): void {
    this.#endedAt = this.#clock.now();
    this.#wasInterrupted = this.#request.signal.aborted;
  }

  /** Returns the new messages of the request. */
  turns(): NewTurn[] {
    return this.#newTurns(this.#sent?.messages ?? this.#request.messages);
  }

  /**
   * Creates the record.
   *
   * @param turns the new messages of the request
   * @param room the number of characters of the reply that may be kept
   */
  end(turns: TracedTurn[], redact: (text: string) => string, room: number): TracedRequest {
    const { messages, tools, effort } = this.#request;
    const { why, problem } = this.#asked;
    const sent = this.#sent?.messages ?? messages;
    const { parts, isCut } = this.#reply.end(redact, room);
    return {
      why,
      ...(problem !== undefined && { problem: redact(problem) }),
      turns,
      messages: sent.length,
      estimatedTokens: Math.round(conversationTokens(sent) + toolTokens(tools)),
      ...(this.#sent && { api: this.#sent.api, form: this.#sent.form }),
      ...(this.#sent && tools.length > 0 && { calls: this.#sent.calls }),
      ...(effort !== undefined && this.#sent?.isReasoning && { effort }),
      attempts: Math.max(this.#attempts, this.#isAnswered ? 1 : 0),
      retries: this.#retries.map(redact),
      waits: this.#waits.map(redact),
      reply: parts,
      replyCharacters: this.#reply.characters,
      ...(isCut && { isReplyCut: true as const }),
      ended: this.#end,
      ...this.#failed(redact),
      ...(this.#usage && { usage: this.#usage }),
      ...(this.firstTokenAt !== undefined && { firstTokenMs: Math.round(this.firstTokenAt - this.#started) }),
      totalMs: Math.round((this.#endedAt ?? this.#clock.now()) - this.#started),
    };
  }

  get #end(): TracedRequest["ended"] {
    if (this.#reason !== undefined) return this.#reason;
    if (this.#wasInterrupted) return "interrupted";
    return this.#failure === undefined ? "stopped" : "failed";
  }

  #failed(redact: (text: string) => string): { failure?: string } {
    if (this.#failure === undefined || this.#wasInterrupted) return {};
    return { failure: redact(this.#failure instanceof Error ? this.#failure.message : String(this.#failure)) };
  }

  /** Whether anything has come back. A model that knows nothing of observers does not say that it has sent the request. */
  get #isAnswered(): boolean {
    return this.firstTokenAt !== undefined || this.#reason !== undefined;
  }

  #begin(): void {
    this.firstTokenAt ??= this.#clock.now();
  }
}
