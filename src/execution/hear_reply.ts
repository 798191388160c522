/**
 * Listens to one reply of a model.
 *
 * @module
 */

import { type CallChannel, CallChannels } from "./reply/call_channels.ts";
import { MAX_CALLS, tooManyCalls } from "./reply/call_limit.ts";
import type { TextCallEvent } from "./reply/text_call_output.ts";
import { TextCallReader } from "./reply/text_call_reader.ts";
import type { JsonValue } from "../media/json_value.ts";
import { ModelError } from "../errors.ts";
import type { IPythonOutput } from "./ipython_output.ts";
import type { FinishReason, Message, Model, ModelRequest, TokenUsage } from "./model.ts";
import { conversationTokens, toolTokens } from "./prompt/conversation_tokens.ts";
import { estimateTokens } from "./prompt/token_estimate.ts";
import type { AnswerWriter, ToolCallEvent } from "./reply/answer_writer.ts";
import type { UsageMeter } from "./usage_meter.ts";

/** What listening takes. */
export interface HearReplyOptions {
  /** Who is asked. */
  model: Model;
  /** The request, without its conversation. */
  request: Omit<ModelRequest, "messages">;
  /** The cell's code, which is never taken for a call. */
  code: string;
  /** Where the outputs go. */
  output: IPythonOutput;
  /** Counts the cost. */
  meter: UsageMeter;
}

/**
 * How many characters a reply may have that are no output: scratch work, and what belongs to a call that is not complete. The largest
 * context windows hold a million tokens, and no real answer comes near this.
 */
export const MAX_UNSHOWN = 2_000_000;

/** The index of the first call that is written into the text: above those of tool calls. */
const FIRST_TEXT_CALL = MAX_CALLS;

/** What came of listening to a reply. */
export interface HeardReply {
  /** Its plain text, without thoughts and without calls. */
  prose: string;
  /** Why it ended; absent where it was broken off. */
  reason?: FinishReason;
  /** What broke it off, if the model may be asked again. */
  failure?: ModelError;
  /** What the provider wants back with the reply's turn; empty for most. */
  providerData: JsonValue[];
  /** What it cost, where the server told it. */
  usage?: TokenUsage;
}

/**
 * Reads one reply to its end, or until the rest is not wanted, and counts its cost.
 *
 * @param messages the conversation
 * @param reply carries the reply's calls out
 * @param options who is asked, and for whom
 * @throws {ModelError} when there is no reply, or no end of it
 * @throws the signal's reason when the request is aborted
 */
export async function hearReply(
  messages: Message[],
  reply: AnswerWriter,
  { model, request, code, output, meter }: HearReplyOptions,
): Promise<HeardReply> {
  meter.requireBudget();
  let prose = "";
  let reason: FinishReason | undefined;
  let failure: ModelError | undefined;
  /** All that has arrived of the reply. */
  let heard = "";
  let usage: TokenUsage | undefined;
  const providerData: JsonValue[] = [];
  const texts = new TextCallReader({ code, firstIndex: FIRST_TEXT_CALL, tools: request.tools });
  const channels = new CallChannels(request.tools);
  let calls = 0;
  /** Takes an event of a call; returns what is to be done now. */
  const takeCall = (channel: CallChannel, event: ToolCallEvent): ToolCallEvent[] => {
    if (event.type === "tool_call" && ++calls > MAX_CALLS) throw tooManyCalls();
    return channels.take(channel, event);
  };
  /** Whether what comes in this way stands behind a request for input: the reply goes on without knowing what was typed. */
  const isBehindInput = (channel: CallChannel) => reply.input !== undefined && channels.first === channel;
  /** Carries calls out; returns whether the rest of the reply is not wanted. */
  const carryOut = (events: readonly ToolCallEvent[]): boolean =>
    events.some((event) => {
      // The model goes on where Python would have stopped or waited, or on top of a mistake: nothing of it is wanted.
      if (reply.over && (event.type === "tool_call" || reply.problem !== undefined)) return true;
      reply.write(event);
      return output.isCut || output.isEndless;
    });
  const takeText = (events: readonly TextCallEvent[]): boolean =>
    events.some((event) => {
      if (event.type !== "text") return carryOut(takeCall("text", event));
      if (isBehindInput("text")) return event.delta.trim() !== "";
      prose += event.delta;
      return false;
    });
  try {
    for await (const event of model.stream({ ...request, messages })) {
      request.signal.throwIfAborted();
      output.waiting(event.type === "waiting" ? event.reason : undefined);
      if (event.type === "waiting") continue;
      if (event.type === "finish") reason = event.reason;
      else if (event.type === "usage") usage = event.usage;
      else if (event.type === "provider_data") providerData.push(event.data);
      else {
        heard += event.type === "tool_call" ? event.name : event.delta;
        const isOver = event.type !== "text"
          ? carryOut(takeCall("tools", event))
          : isBehindInput("tools")
          ? event.delta.trim() !== ""
          : takeText(texts.write(event.delta));
        if (isOver) break;
        if (heard.length - output.shown > MAX_UNSHOWN) throw endless();
      }
    }
    request.signal.throwIfAborted();
    if (!takeText(texts.end())) carryOut(channels.end());
  } catch (error) {
    if (!isPassing(error, reply)) throw error;
    failure = error;
  } finally {
    output.waiting();
    const isAnswered = heard !== "" || reason !== undefined;
    const sent = isAnswered ? conversationTokens(messages) + toolTokens(request.tools) : 0;
    meter.add(usage ?? { input: sent, cachedInput: 0, output: estimateTokens(heard) });
  }
  return { prose, reason, failure, providerData, usage };
}

/**
 * Whether the cell can go on: the model may do better when it is asked again, as its server could not read what it wrote or failed in
 * the middle of a reply of which something is complete; or it waits for input, and nothing more of the reply was wanted.
 */
function isPassing(error: unknown, reply: AnswerWriter): error is ModelError {
  if (!(error instanceof ModelError)) return false;
  return error.kind === "invalid_answer" || reply.input !== undefined ||
    (error.kind === "server_error" && reply.carriedOut > 0);
}

/** What ends a reply that has more than {@linkcode MAX_UNSHOWN} such characters. */
export function endless(): ModelError {
  return new ModelError(
    "length",
    `The model wrote ${
      MAX_UNSHOWN.toLocaleString("en-US")
    } characters that are no output, and did not come to an end: its ` +
      "answer was broken off. Run the cell again, or choose another model.",
  );
}
