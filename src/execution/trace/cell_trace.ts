/**
 * The record of a cell's exchange with the model. It can be stored, shown and written as JSON.
 *
 * @module
 */

import type { ModelErrorKind } from "../../errors.ts";
import type { FinishReason, ReasoningEffort, TokenUsage } from "../model.ts";
import type { AskAgainReason } from "../reply/ask_again.ts";
import type { UsageTotal } from "../usage_meter.ts";

/**
 * The number of characters of a message or a reply that are kept. Nearly all cells have less, and a page can still show it at once.
 * Of a cell's message, the text before the cell is left out first.
 */
export const MAX_TRACED_TEXT = 64_000;

/** The number of characters of all messages and replies of a cell that are kept. Later texts are left out. */
export const MAX_TRACED_CELL = 512_000;

/** The number of requests of a cell that are kept. A cell with one call per request, or with many inputs, has more than a few. */
export const MAX_TRACED_REQUESTS = 100;

/** The cell and its notebook, if it is a cell of a notebook. */
export interface TracedCell {
  /** The notebook's id. */
  notebookId?: string;
  /** The cell's id. */
  cellId?: string;
  /** The id of the execution request. */
  queueId?: string;
}

/**
 * The exchange with the model for one execution of a cell, or for one answer in an AI cell. Secrets are replaced by `[hidden]`, and
 * long texts are cut.
 *
 * ```ts
 * import {
 *   type AskAgainReason,
 *   type AskedWhy,
 *   type CellTrace,
 *   createModel,
 *   InteractiveShell,
 *   type TracedCell,
 *   type TracedPart,
 *   type TracedRequest,
 *   type TracedTurn,
 *   type TracedUsage,
 * } from "@runt/aipython-runtime-agent";
 *
 * const isUseless = (why: AskedWhy): why is AskAgainReason => ["cut", "broken", "prose", "empty"].includes(why);
 * const textOf = (part: TracedPart): string => part.type === "call" ? `${part.name}(${part.arguments})` : part.text;
 * const lastTurn = (turns: TracedTurn[]): string => turns.at(-1)?.content ?? "";
 * const tokens = ({ input, output }: TracedUsage): string => `${input} + ${output} tokens`;
 * const placeOf = ({ notebookId = "no notebook", cellId = "" }: TracedCell): string => `${notebookId} ${cellId}`;
 *
 * function describe(request: TracedRequest): string {
 *   const again = isUseless(request.why) ? `, again as the reply was ${request.why}` : "";
 *   return `${lastTurn(request.turns)} -> ${request.reply.map(textOf).join(" ")}${again}`;
 * }
 *
 * const onTrace = (trace: CellTrace) =>
 *   console.log(placeOf(trace), trace.requests.map(describe), tokens(trace.usage));
 * await new InteractiveShell({ model: await createModel(), onTrace }).runCell("2 + 2");
 * ```
 */
export interface CellTrace extends TracedCell {
  /** The start time, in ISO 8601. */
  startedAt: string;
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** The model's name. */
  model: string;
  /** The requests, in order: one if all went well, and at most {@linkcode MAX_TRACED_REQUESTS}. */
  requests: TracedRequest[];
  /** The number of requests that were not kept. Absent if all were kept. */
  requestsLeftOut?: number;
  /** The total cost, estimated if the server does not report it. */
  usage: TracedUsage & Pick<UsageTotal, "requests">;
  /** The time from the start to the first output of the model, in milliseconds; absent if it wrote nothing. */
  firstTokenMs?: number;
  /** The duration of the execution, in milliseconds. */
  totalMs: number;
  /** The end of the execution; `failed` if its outputs could not be delivered. */
  ended: "success" | "error" | "interrupted" | "failed";
  /** The exception or failure, on one line. */
  error?: string;
  /** The kind of the model's failure, if it ended the cell. */
  failure?: ModelErrorKind;
}

/**
 * The reason for a request: `cell` for the first; `too_long` and `invalid` if the request was too long or a call was invalid; an
 * {@linkcode AskAgainReason}; `next` for the next call of a model that makes one per reply; `input` after the person has answered.
 */
export type AskedWhy = "cell" | "too_long" | "invalid" | AskAgainReason | "next" | "input";

/** Tokens and their cost in dollars. The cost is absent if the model's price is not known. */
export type TracedUsage = TokenUsage & Pick<UsageTotal, "cost">;

/** A request and its reply. */
export interface TracedRequest {
  /** The reason for the request. */
  why: AskedWhy;
  /** The problem with the previous reply, as a sentence, if it is the reason. */
  problem?: string;
  /**
   * The messages that are new in this request: that of the cell, or the one that asks again. Earlier messages are not repeated. For
   * an AI cell, the message begins with the cells between the previous AI cell and the question.
   */
  turns: TracedTurn[];
  /** The number of all messages in the request, including the system prompt and the earlier cells. */
  messages: number;
  /** The estimated number of tokens of all messages and tools. */
  estimatedTokens: number;
  /** The OpenAI interface that was used. */
  api?: "chat" | "responses";
  /** Whether calls are tool calls or lines of text; absent for an AI cell, which has no tools. */
  calls?: "tools" | "text";
  /** The differences from the form that is tried first: `callsPerTurn=one without=temperature`. Empty if there are none. */
  form?: string;
  /** The reasoning effort, if the model reasons by itself. */
  effort?: ReasoningEffort;
  /** The number of times that the request was sent. */
  attempts: number;
  /** The reasons for sending it again, as sentences. */
  retries: string[];
  /** The reasons for waiting, as sentences. */
  waits: string[];
  /** The reply as it arrived, in order, up to {@linkcode MAX_TRACED_TEXT} characters. */
  reply: TracedPart[];
  /** The number of characters in the whole reply, including thoughts. */
  replyCharacters: number;
  /** Whether only a part of the reply is kept. Default: false. */
  isReplyCut?: true;
  /** The reason why the reply ended; `stopped` if the rest was not needed. */
  ended: FinishReason | "stopped" | "interrupted" | "failed";
  /** The error, as a sentence. */
  failure?: string;
  /** The token usage, if the server reported it, with its cost if the model's price is known. */
  usage?: TracedUsage;
  /** The time from the first attempt to the first output of the model, in milliseconds. */
  firstTokenMs?: number;
  /** The duration of the request and its reply, in milliseconds. */
  totalMs: number;
}

/** A message to the model. */
export interface TracedTurn {
  /** Whether it is a user message or the result of a call. Results that are just "ok" are left out. */
  role: "user" | "tool";
  /** The text as it was sent. */
  content: string;
  /** The parts of the text that do not belong to the cell: hints and notes, in order. Default: none. */
  hints?: string[];
}

/** A part of a reply. */
export type TracedPart =
  /** Plain text: scratch work, prose, or calls that are written as text. */
  | { type: "text"; text: string }
  /** The model's thoughts before the answer, if the server shows them. */
  | { type: "thoughts"; text: string }
  /** A tool call, with the arguments as the model wrote them. */
  | { type: "call"; name: string; arguments: string };
