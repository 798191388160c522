/**
 * Reads one reply of a model.
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

export interface ReceiveReplyOptions {
  model: Model;
  request: Omit<ModelRequest, "messages">;
  /** The cell's code, which is never taken for a call. */
  code: string;
  output: IPythonOutput;
  meter: UsageMeter;
}

/**
 * The number of characters in a reply that are not output: scratch work and incomplete calls. The largest contexts have a million
 * tokens, and no useful answer comes close to this limit.
 */
export const MAX_UNSHOWN = 2_000_000;

/** The index of the first call that is written as text. It is larger than those of tool calls. */
const FIRST_TEXT_CALL = MAX_CALLS;

export interface ReceivedReply {
  /** The plain text, without thoughts and calls. */
  prose: string;
  /** The reason why the reply ended; absent if it was cut off. */
  reason?: FinishReason;
  /** The error that cut the reply off, if the model may be asked again. */
  failure?: ModelError;
  /** The data that the provider expects back with the reply. Usually empty. */
  providerData: JsonValue[];
  /** The token usage, if the server reported it. */
  usage?: TokenUsage;
}

/**
 * Reads a reply to its end, or until the rest is not needed, and counts its cost.
 *
 * @param reply carries out the reply's calls
 * @throws {ModelError} the reply is missing or incomplete
 * @throws the signal's reason if the request is aborted
 */
export async function receiveReply(
  messages: Message[],
  reply: AnswerWriter,
  { model, request, code, output, meter }: ReceiveReplyOptions,
): Promise<ReceivedReply> {
  meter.requireBudget();
  let prose = "";
  let reason: FinishReason | undefined;
  let failure: ModelError | undefined;
  /** The complete text of the reply so far, including calls. */
  let received = "";
  let usage: TokenUsage | undefined;
  const providerData: JsonValue[] = [];
  const texts = new TextCallReader({ code, firstIndex: FIRST_TEXT_CALL, tools: request.tools });
  const channels = new CallChannels(request.tools);
  let calls = 0;
  /** Handles an event of a call. Returns the events that can be carried out now. */
  const takeCall = (channel: CallChannel, event: ToolCallEvent): ToolCallEvent[] => {
    if (event.type === "tool_call" && ++calls > MAX_CALLS) throw tooManyCalls();
    return channels.take(channel, event);
  };
  /** Whether text or calls in this channel follow a request for input. The model wrote them without knowing the input. */
  const isBehindInput = (channel: CallChannel) => reply.input !== undefined && channels.first === channel;
  /** Carries out calls. Returns whether the rest of the reply is not needed. */
  const carryOut = (events: readonly ToolCallEvent[]): boolean =>
    events.some((event) => {
      // The model continues after a point where Python would have stopped or waited, or after an invalid call. The rest is ignored.
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
        received += event.type === "tool_call" ? event.name : event.delta;
        const isOver = event.type !== "text"
          ? carryOut(takeCall("tools", event))
          : isBehindInput("tools")
          ? event.delta.trim() !== ""
          : takeText(texts.write(event.delta));
        if (isOver) break;
        if (received.length - output.shown > MAX_UNSHOWN) throw endless();
      }
    }
    request.signal.throwIfAborted();
    if (!takeText(texts.end())) carryOut(channels.end());
  } catch (error) {
    if (!isPassing(error, reply)) throw error;
    failure = error;
  } finally {
    output.waiting();
    const isAnswered = received !== "" || reason !== undefined;
    const sent = isAnswered ? conversationTokens(messages) + toolTokens(request.tools) : 0;
    meter.add(usage ?? { input: sent, cachedInput: 0, output: estimateTokens(received) });
  }
  return { prose, reason, failure, providerData, usage };
}

/**
 * Whether the cell can continue after an error. If the server could not parse the model's reply, or failed after at least one
 * complete call, the model can be asked again. If the cell waits for input, the rest of the reply was not needed.
 */
function isPassing(error: unknown, reply: AnswerWriter): error is ModelError {
  if (!(error instanceof ModelError)) return false;
  return error.kind === "invalid_answer" || reply.input !== undefined ||
    (error.kind === "server_error" && reply.carriedOut > 0);
}

/** Creates the error for a reply with more than {@linkcode MAX_UNSHOWN} characters that are not output. */
export function endless(): ModelError {
  return new ModelError(
    "length",
    `The model wrote ${
      MAX_UNSHOWN.toLocaleString("en-US")
    } characters that are not output and did not finish, so its ` +
      "answer was cut off. Run the cell again, or choose another model.",
  );
}
