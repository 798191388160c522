/**
 * Reads one answer of the assistant.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import { endless, MAX_UNSHOWN } from "../execution/receive_reply.ts";
import type { FinishReason, Message, Model, ModelRequest, TokenUsage } from "../execution/model.ts";
import type { OutputLimit } from "../execution/output_limit.ts";
import { conversationTokens } from "../execution/prompt/conversation_tokens.ts";
import { estimateTokens } from "../execution/prompt/token_estimate.ts";
import type { UsageMeter } from "../execution/usage_meter.ts";
import type { AnswerContext } from "./answer_context.ts";
import { type AnswerPart, AnswerText } from "./answer_text.ts";

/** Properties of the model's answers that a session has learned. */
export interface AnswerHabits {
  /** Whether the model writes thoughts without a begin mark. */
  thinksUnmarked?: boolean;
}

export interface ReceiveAnswerOptions {
  model: Model;
  /** The request without its messages. */
  request: Omit<ModelRequest, "messages">;
  context: AnswerContext;
  /** Writes the note above the answer again, after the cell's output was removed. */
  head(): void;
  /** Read and updated with the form of the answer. */
  habits: AnswerHabits;
  limit: OutputLimit;
  meter: UsageMeter;
}

/**
 * Reads an answer to its end, shows it while it arrives, and counts its cost. Only the text of the reply is shown.
 *
 * @returns the token usage, if the server reported it
 * @throws {ModelError} the answer is missing or incomplete; the part that arrived is shown
 * @throws the signal's reason if the request is aborted
 */
export async function receiveAnswer(
  messages: Message[],
  options: ReceiveAnswerOptions,
): Promise<TokenUsage | undefined> {
  const { model, request, context, head, habits, limit, meter } = options;
  meter.requireBudget();
  let received = "";
  let isShown = false;
  let isWaiting = false;
  let reason: FinishReason | undefined;
  let tool: string | undefined;
  let usage: TokenUsage | undefined;
  const text = new AnswerText(habits.thinksUnmarked);
  const takeBack = () => {
    context.takeBack();
    head();
  };
  const show = (parts: readonly AnswerPart[]) => {
    for (const part of parts) {
      if (part.type === "text") context.markdown(limit.take(part.text));
      else {
        habits.thinksUnmarked = true;
        if (isShown) takeBack();
      }
      isShown = part.type === "text";
    }
  };
  const waiting = (why?: string) => {
    if (why !== undefined || isWaiting) context.waiting?.(why);
    isWaiting = why !== undefined;
  };
  try {
    for await (const event of model.stream({ ...request, messages })) {
      request.signal.throwIfAborted();
      waiting(event.type === "waiting" ? event.reason : undefined);
      if (event.type === "finish") reason = event.reason;
      else if (event.type === "usage") usage = event.usage;
      else if (event.type === "text" || event.type === "tool_call" || event.type === "tool_call_delta") {
        received += event.type === "tool_call" ? event.name : event.delta;
        if (event.type === "tool_call") tool ??= event.name;
        if (event.type === "text") show(text.write(event.delta));
        if (limit.reached !== undefined) return usage;
        if (received.length - limit.shown > MAX_UNSHOWN) throw endless();
      }
    }
    request.signal.throwIfAborted();
  } finally {
    waiting();
    if (!request.signal.aborted) show(text.end());
    const sent = received !== "" || reason !== undefined ? conversationTokens(messages) : 0;
    meter.add(usage ?? { input: sent, cachedInput: 0, output: estimateTokens(received) });
  }
  if (reason === "content_filter") throw filtered();
  if (reason === "length") throw cut();
  if (!isShown) throw empty(tool);
  return usage;
}

function filtered(): ModelError {
  return new ModelError(
    "content_filter",
    "The model provider's content filter stopped the answer. Change the question or the cells above it.",
  );
}

function cut(): ModelError {
  return new ModelError(
    "length",
    "The answer reached the model's length limit and ends here. Ask for less, or for the rest in another AI cell.",
  );
}

function empty(tool: string | undefined): ModelError {
  const what = tool === undefined
    ? "The model's answer was empty."
    : `The model called the tool ${
      JSON.stringify(tool.slice(0, 60))
    } instead of answering, and there are no tools in AI cells.`;
  return new ModelError("invalid_answer", `${what} Run the cell again, or use another model.`);
}
