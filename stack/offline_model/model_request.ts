/**
 * What a request asks of the offline model, whichever interface it came by.
 *
 * @module
 */

import type { Refusal } from "../strict_model/chat_request.ts";
import type { ModelFamily } from "../strict_model/family.ts";
import type { ToldCell, ToldSummary } from "./told_conversation.ts";
import type { ToolCallDelta, WrittenToolCall } from "./tool_call_writer.ts";
import type { Usage } from "./usage.ts";

/** A request for an answer. */
export interface AnswerRequest {
  /** The model's name, which is echoed. */
  model: string;
  /** Whether the answer is to be streamed. */
  stream: boolean;
  /** Whether a stream ends with a chunk that holds the usage. */
  includeUsage: boolean;
  /** The namespace that the cell runs in: `prompt_cache_key`. */
  key: string;
  /** What is said of the cells that the conversation no longer holds: of all of them, and of what its last cell uses. */
  summaries: ToldSummary[];
  /** The cells before this one that the conversation still holds, oldest first. */
  earlier: ToldCell[];
  /** The cell to run, or to go on with where the conversation already tells of an answer; absent where words are asked for. */
  cell?: ToldCell;
  /** Whether tools are offered; without them calls are written as text. */
  hasTools: boolean;
  /** Whether the person can be asked for input. */
  canAsk: boolean;
  /** Whether the reply ends after its first call. */
  oneCallAReply: boolean;
  /** The conversation and the tools as text, of which usage is counted. */
  prompt: string;
}

/** A request to run a cell. */
export type CellRequest = AnswerRequest & Required<Pick<AnswerRequest, "cell">>;

/** Whether a request is to run a cell. */
export function hasCell(request: AnswerRequest): request is CellRequest {
  return request.cell !== undefined;
}

/** The namespace of requests without a `prompt_cache_key`. */
export const DEFAULT_KEY = "default";

/** What tells one answer from another. */
export interface AnswerIdentity {
  /** What is unique in the answer's id. */
  unique: string;
  /** When it was begun, in seconds since 1970. */
  created: number;
}

/** What the model has answered. */
export interface Answer {
  /** Its calls, in order. */
  calls: readonly WrittenToolCall[];
  /** What it said instead of a call; empty if it made one. */
  text: string;
}

/** An answer while it is made. */
export interface AnswerMaker {
  /** What has been answered. */
  readonly answer: Answer;
  /**
   * Yields the deltas of the answer's calls. The first batch, which may be empty, says that it is about to begin.
   *
   * @param signal interrupts the answer
   */
  deltas(signal: AbortSignal): AsyncIterable<ToolCallDelta[]>;
}

/** Writes the server-sent events of a streamed answer. */
export interface AnswerStream {
  /** The first events. */
  begin(): string;
  /** The events of these deltas. */
  deltas(deltas: readonly ToolCallDelta[]): string;
  /** The last events. */
  end(answer: Answer, usage: Usage): string;
}

/** An interface by which the model can be asked: it translates to what the model understands, and back. */
export interface ModelInterface {
  /** The refusal of a server that is as strict as the family; `undefined` if it takes the request. */
  refuse(body: Record<string, unknown>, family: ModelFamily): Refusal | undefined;
  /**
   * Reads a request.
   *
   * @throws {ApiError} with status 400 that says what was wrong and what was expected
   */
  read(body: Record<string, unknown>, family?: ModelFamily): AnswerRequest;
  /** Begins a streamed answer. */
  stream(request: AnswerRequest, identity: AnswerIdentity): AnswerStream;
  /** The body of an answer that is not streamed. */
  whole(request: AnswerRequest, identity: AnswerIdentity, answer: Answer, usage: Usage): object;
}
