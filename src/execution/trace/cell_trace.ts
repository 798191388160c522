/**
 * What a cell's execution and the model said to each other, as a record that can be kept, shown and written as JSON.
 *
 * @module
 */

import type { ModelErrorKind } from "../../errors.ts";
import type { FinishReason, ReasoningEffort, TokenUsage } from "../model.ts";
import type { AskAgainReason } from "../reply/ask_again.ts";
import type { UsageTotal } from "../usage_meter.ts";

/**
 * The most characters that are kept of a turn, and of a reply: more than nearly every cell has, and a page still shows it at once. Of a
 * cell's turn, what stands before the cell is left out first.
 */
export const MAX_TRACED_TEXT = 64_000;

/** The most characters that are kept of all turns and replies of a cell. The texts behind them are left out. */
export const MAX_TRACED_CELL = 512_000;

/** The most requests of a cell that are kept. One with calls one by one, or with much input, has more than a few. */
export const MAX_TRACED_REQUESTS = 100;

/** Which cell of which notebook was executed, where it was one of a notebook. */
export interface TracedCell {
  /** The notebook's id. */
  notebookId?: string;
  /** The cell's id. */
  cellId?: string;
  /** The id of the execution request. */
  queueId?: string;
}

/**
 * The exchange of one cell's execution, or of a question's answer in an AI cell, with the model. Secrets are replaced by `[hidden]`, and long texts are cut.
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
  /** When it began; ISO 8601. */
  startedAt: string;
  /** The `n` of `In [n]`; absent for an AI cell, which has none. */
  executionCount?: number;
  /** The model's name. */
  model: string;
  /** The requests, in order: one where all went well, and {@linkcode MAX_TRACED_REQUESTS} at most. */
  requests: TracedRequest[];
  /** How many requests there were besides. Absent where all are kept. */
  requestsLeftOut?: number;
  /** What they cost together; estimated where the server does not tell. */
  usage: TracedUsage & Pick<UsageTotal, "requests">;
  /** From the beginning of the execution to the first that the model wrote, in milliseconds; absent where it wrote nothing. */
  firstTokenMs?: number;
  /** How long the execution took, in milliseconds. */
  totalMs: number;
  /** How it ended; `failed` where its outputs could not arrive. */
  ended: "success" | "error" | "interrupted" | "failed";
  /** The exception or failure, in a line. */
  error?: string;
  /** How the model failed, if that ended the cell. */
  failure?: ModelErrorKind;
}

/**
 * Why the model was asked: for the cell; once more, as the request was too long for it or a call was invalid, or for an
 * {@linkcode AskAgainReason}; for the next call, of a model that makes one a reply; or as the person had typed what the cell asked for.
 */
export type AskedWhy = "cell" | "too_long" | "invalid" | AskAgainReason | "next" | "input";

/** Tokens, and what they cost in dollars; without a cost where the model's price is not known. */
export type TracedUsage = TokenUsage & Pick<UsageTotal, "cost">;

/** A request and its reply. */
export interface TracedRequest {
  /** Why the model was asked. */
  why: AskedWhy;
  /** What was wrong with the reply before, as a sentence, where that is why. */
  problem?: string;
  /**
   * What was said to the model since the request before: the cell's turn, or why it is asked again. Earlier turns are not repeated. That of
   * an AI cell begins with the cells that stand between the AI cell above and its question.
   */
  turns: TracedTurn[];
  /** How many messages the request had in all, the system prompt and the earlier cells included. */
  messages: number;
  /** About how many tokens they and the tools are, by our estimate. */
  estimatedTokens: number;
  /** Which of OpenAI's interfaces was spoken. */
  api?: "chat" | "responses";
  /** Whether calls are tool calls of the interface, or lines of text; absent for an AI cell, which has no tools. */
  calls?: "tools" | "text";
  /** How the request differs from the form that is tried first: `callsPerTurn=one without=temperature`; empty where it does not. */
  form?: string;
  /** How much a model that reasons by itself was to reason. */
  effort?: ReasoningEffort;
  /** How often it was sent. */
  attempts: number;
  /** Why it was sent again, a sentence each. */
  retries: string[];
  /** What was waited for, a sentence each. */
  waits: string[];
  /** The reply as it came, in order, up to {@linkcode MAX_TRACED_TEXT} characters. */
  reply: TracedPart[];
  /** How many characters the whole reply had, thoughts included. */
  replyCharacters: number;
  /** Whether not all of it is kept. Default: false. */
  isReplyCut?: true;
  /** Why it ended; `stopped` where the rest was not wanted. */
  ended: FinishReason | "stopped" | "interrupted" | "failed";
  /** What went wrong, as a sentence. */
  failure?: string;
  /** What it cost, where the server told it; in dollars, too, where the model's price is known. */
  usage?: TracedUsage;
  /** From sending it first to the first that the model wrote, in milliseconds. */
  firstTokenMs?: number;
  /** How long request and reply took, in milliseconds. */
  totalMs: number;
}

/** Something that was said to the model. */
export interface TracedTurn {
  /** Whether it is a turn of its own, or the answer to a call. Answers that say no more than "ok" are left out. */
  role: "user" | "tool";
  /** The text as it was sent. */
  content: string;
  /** What of it is not the cell's: hints and notes, in their order, each as it stands there. Default: nothing. */
  hints?: string[];
}

/** A part of a reply. */
export type TracedPart =
  /** Plain text: scratch work, prose, or calls that are written as text. */
  | { type: "text"; text: string }
  /** What the model thought before it answered, where the server shows that. */
  | { type: "thoughts"; text: string }
  /** A tool call, its arguments as the model wrote them. */
  | { type: "call"; name: string; arguments: string };
