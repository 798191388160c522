/**
 * A model request that is recorded: it tells an observer what becomes of it besides its events.
 *
 * @module
 */

import type { Message, ModelRequest } from "./model.ts";

/** A request as it goes out. */
export interface SentRequest {
  /** Which of OpenAI's interfaces is spoken. */
  api: "chat" | "responses";
  /** Whether calls are tool calls of the interface, or lines of text. */
  calls: "tools" | "text";
  /** How it differs from the form that is tried first, on a line; empty where it does not. */
  form: string;
  /** Whether the model reasons by itself, as much as the request's effort says. */
  isReasoning: boolean;
  /** The conversation, turn by turn that of the request, with the texts that are sent. */
  messages: readonly Message[];
}

/** Listens to what becomes of a request besides its events, for a record. */
export interface RequestObserver {
  /** It goes out: the first time, or again. */
  onSend(sent: SentRequest): void;
  /** It has failed, and will be sent again; why, as a sentence without secrets. */
  onRetry(reason: string): void;
  /** A piece of what the model thinks before it answers, where the server shows that. */
  onThought(delta: string): void;
  /** The model that answers, as its server names it; once an attempt, where the server says so. */
  onModel?(name: string): void;
}

/** A request with an observer. A model that knows nothing of observers answers it like any other. */
export interface ObservedRequest extends ModelRequest {
  /** Default: nobody listens. */
  observer?: RequestObserver;
}
