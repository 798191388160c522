/**
 * Events of scripted answers, for the tests of an OpenAIModel.
 *
 * @module
 */

import type { JsonValue } from "../../src/media/json_value.ts";
import { collect, openAIModel } from "../support/model_requests.ts";
import { chunkOf, type Step } from "../support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../support/scripted_model_server.ts";

export const USAGE = { type: "usage", usage: { input: 10, cachedInput: 0, output: 5 } };
export const PRINTED = [
  { type: "tool_call", index: 0, id: "call_0", name: "stdout" },
  { type: "tool_call_delta", index: 0, delta: '{"text":"a"}' },
];
export const FINISHED = { type: "finish", reason: "tool_calls" };

/** Returns the events of a scripted answer. */
export async function eventsOf(script: Script) {
  await using server = await startScriptedModel(script);
  return await collect(openAIModel(server));
}

/** Makes a chunk with this choice, which is sent unchanged. */
export const choice = (value: JsonValue): Step[] => [{ type: "chunk", chunk: chunkOf([value]) }];

export const message = {
  role: "assistant",
  content: null,
  tool_calls: [{ function: { name: "stdout", arguments: '{"text":"a"}' } }],
};
