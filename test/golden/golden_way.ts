/**
 * The ways to ask a model for a recorded cell, and a perfect model's replies in each.
 *
 * @module
 */

import { type ToolMode, toolModes } from "../../src/execution/reply/tool_mode.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import { toAnswer } from "../../stack/strict_model/responses_answer.ts";
import { answer, call, chunkOf, raw, type Step, text } from "../support/scripted_answer.ts";
import type { Script } from "../support/scripted_model_server.ts";
import { type GoldenCall, type GoldenCell, perfectCalls, writeCalls } from "./golden_cells.ts";
import { hasCode } from "./golden_end.ts";

/** A way to ask a model, and the form of its server's answer. */
export interface GoldenWay {
  toolMode: ToolMode;
  /** Chat completions or OpenAI's Responses interface. */
  api: "chat" | "responses";
  /** Whether the answer is streamed. */
  isStreamed: boolean;
}

export const goldenWays: readonly GoldenWay[] = toolModes.flatMap((toolMode) =>
  (["chat", "responses"] as const).flatMap((api) => [true, false].map((isStreamed) => ({ toolMode, api, isStreamed })))
);

/** Describes a way in words. */
export function describeWay({ toolMode, api, isStreamed }: GoldenWay): string {
  return `tool mode ${toolMode}, ${api === "chat" ? "chat completions" : "responses"}, ${
    isStreamed ? "" : "not "
  }streamed`;
}

/**
 * Returns a perfect model's reply to a request.
 *
 * @param index the number of the request among those for the cell, from 0
 */
export function perfectReply(cell: GoldenCell, way: GoldenWay, index: number): Script {
  const all = perfectCalls(cell);
  const calls = way.toolMode === "sequential" ? all.slice(index, index + 1) : all;
  if (calls.length === 0) return send(way, [], "(no output)");
  return way.toolMode === "text" ? send(way, [], writeCalls(calls)) : send(way, calls, "");
}

/**
 * Returns the number of requests for a cell. In the mode `sequential`, each call takes one request, and a last request
 * finds that there are no more calls.
 */
export function requestsFor(cell: GoldenCell, { toolMode }: GoldenWay): number {
  if (!hasCode(cell)) return 0;
  const calls = perfectCalls(cell);
  if (toolMode !== "sequential" || calls.length === 0) return 1;
  const last = calls.at(-1)!;
  const isEnd = last.name === "error" && last.args.ename !== "SystemExit";
  return calls.length + (isEnd ? 0 : 1);
}

function send({ api, isStreamed }: GoldenWay, calls: readonly GoldenCall[], content: string): Script {
  if (isStreamed) {
    return answer(...calls.map(({ name, args }) => call(name, args)), ...(content === "" ? [] : [text(content)]));
  }
  return api === "chat" ? wholeCompletion(calls, content) : wholeResponse(calls, content);
}

/** Returns a chat completion as one JSON text. */
function wholeCompletion(calls: readonly GoldenCall[], content: string): Script {
  const tool_calls = calls.map(({ name, args }, index): JsonValue => ({
    id: `call_${index}`,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }));
  const message = { role: "assistant", content, ...(tool_calls.length > 0 && { tool_calls }) };
  return {
    body: {
      ...Object(chunkOf([{ index: 0, message, finish_reason: calls.length > 0 ? "tool_calls" : "stop" }])),
      object: "chat.completion",
      usage: { prompt_tokens: 10, completion_tokens: 5 },
    },
  };
}

/** Returns a stream of one event that contains the whole response. */
function wholeResponse(calls: readonly GoldenCall[], content: string): Step[] {
  const items = calls.map(({ name, args }, index) => ({
    id: `fc_${index}`,
    type: "function_call" as const,
    status: "completed" as const,
    call_id: `call_${index}`,
    name,
    arguments: JSON.stringify(args),
  }));
  const message = {
    id: "msg_1",
    type: "message" as const,
    role: "assistant" as const,
    status: "completed" as const,
    content: [{ type: "output_text" as const, text: content, annotations: [] }],
  };
  const response = toAnswer({ id: "resp_1", model: "scripted", createdAt: 1 }, {
    status: "completed",
    output: content === "" ? items : [message],
    usage: { input: 10, output: 5 },
  });
  const event = { type: "response.completed", sequence_number: 0, response };
  return raw(`event: response.completed\ndata: ${JSON.stringify(event)}\n\n`);
}
