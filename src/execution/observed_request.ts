/**
 * Observes model requests beyond their events, for records.
 *
 * @module
 */

import type { Message, ModelRequest } from "./model.ts";

export interface SentRequest {
  /** The OpenAI interface that is used. */
  api: "chat" | "responses";
  /** Whether calls are tool calls of the interface or lines of text. */
  calls: "tools" | "text";
  /** The differences from the form that is tried first, on one line. Empty if there are none. */
  form: string;
  /** Whether the model reasons by itself, with the effort of the request. */
  isReasoning: boolean;
  /** The messages with the texts that are sent. They correspond to those of the request. */
  messages: readonly Message[];
}

export interface RequestObserver {
  /** The request is sent, for the first time or again. */
  onSend(sent: SentRequest): void;
  /** The request failed and will be sent again. The reason is a sentence without secrets. */
  onRetry(reason: string): void;
  /** A piece of the model's thoughts before the answer, if the server shows them. */
  onThought(delta: string): void;
  /** The name of the answering model, as reported by its server. Called once per attempt if the server reports it. */
  onModel?(name: string): void;
}

/** A request with an observer. Models that do not support observers ignore it. */
export interface ObservedRequest extends ModelRequest {
  /** Default: no observer. */
  observer?: RequestObserver;
}
