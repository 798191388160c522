/**
 * A request to the offline model and its answer, the same for all interfaces.
 *
 * @module
 */

import type { Refusal } from "../strict_model/chat_request.ts";
import type { ModelFamily } from "../strict_model/family.ts";
import type { ConversationCell, ConversationSummary } from "./read_conversation.ts";
import type { ToolCallDelta, WrittenToolCall } from "./tool_call_writer.ts";
import type { Usage } from "./usage.ts";

export interface AnswerRequest {
  /** The name of the model, which the answer repeats. */
  model: string;
  stream: boolean;
  /** Whether a stream ends with a chunk that holds the usage. */
  includeUsage: boolean;
  /** The namespace that the cell runs in: `prompt_cache_key`. */
  key: string;
  /**
   * Summaries of cells that the conversation no longer contains: one of all of them, and the definitions that its
   * last cell uses.
   */
  summaries: ConversationSummary[];
  /** The earlier cells that the conversation still contains, oldest first. */
  earlier: ConversationCell[];
  /**
   * The cell to run, or to continue if the conversation already contains a part of its answer; absent if the request
   * asks for text.
   */
  cell?: ConversationCell;
  /** Whether tools are offered. Otherwise calls are written as text. */
  hasTools: boolean;
  /** Whether the person can be asked for input. */
  canAsk: boolean;
  /** Whether the reply ends after its first call. */
  oneCallAReply: boolean;
  /** The conversation and the tools as text. The usage is counted from it. */
  prompt: string;
}

/** A request to run a cell. */
export type CellRequest = AnswerRequest & Required<Pick<AnswerRequest, "cell">>;

export function hasCell(request: AnswerRequest): request is CellRequest {
  return request.cell !== undefined;
}

/** The namespace of requests without a `prompt_cache_key`. */
export const DEFAULT_KEY = "default";

export interface AnswerIdentity {
  /** The unique part of the answer's id. */
  unique: string;
  /** The time when the answer began, in seconds since 1970. */
  created: number;
}

export interface Answer {
  calls: readonly WrittenToolCall[];
  /** The text; empty if there is a call. */
  text: string;
}

/** An answer while it is generated. */
export interface AnswerMaker {
  readonly answer: Answer;
  /**
   * Yields the deltas of the answer's calls. The first batch, which may be empty, means that the answer is about to
   * begin.
   */
  deltas(signal: AbortSignal): AsyncIterable<ToolCallDelta[]>;
}

/** Writes the server-sent events of a streamed answer. */
export interface AnswerStream {
  begin(): string;
  /** Returns the events of these deltas. */
  deltas(deltas: readonly ToolCallDelta[]): string;
  end(answer: Answer, usage: Usage): string;
}

/**
 * An interface of the model. It translates requests to {@linkcode AnswerRequest}, and answers to the interface's own
 * format.
 */
export interface ModelInterface {
  /** Returns the refusal of a server of this family; `undefined` if it accepts the request. */
  refuse(body: Record<string, unknown>, family: ModelFamily): Refusal | undefined;
  /** @throws {ApiError} with status 400 that names the actual and the expected value */
  read(body: Record<string, unknown>, family?: ModelFamily): AnswerRequest;
  stream(request: AnswerRequest, identity: AnswerIdentity): AnswerStream;
  /** Returns the body of an answer that is not streamed. */
  whole(request: AnswerRequest, identity: AnswerIdentity, answer: Answer, usage: Usage): object;
}
