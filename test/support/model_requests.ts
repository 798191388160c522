/**
 * Sends requests to a model and collects its answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ModelError } from "../../src/errors.ts";
import type { Model, ModelEvent, ModelRequest } from "../../src/execution/model.ts";
import { FormMemory } from "../../src/model/form_memory.ts";
import { OpenAIModel, type OpenAIModelOptions } from "../../src/model/openai_model.ts";
import type { ScriptedModelServer } from "./scripted_model_server.ts";

/** The API key that tests send. It must not occur in any message. */
export const TEST_KEY = "sk-test-0123456789abcdef";

/** Returns a model on a scripted server, with deadlines that tests do not reach. */
export function openAIModel(
  server: Pick<ScriptedModelServer, "baseUrl">,
  options: Partial<OpenAIModelOptions> = {},
): OpenAIModel {
  return new OpenAIModel({
    model: "gpt-test",
    apiKey: TEST_KEY,
    baseUrl: server.baseUrl,
    firstByteTimeoutMs: 3_600_000,
    stallTimeoutMs: 3_600_000,
    memory: new FormMemory(),
    ...options,
  });
}

/** Returns a request with one user turn. */
export function modelRequest(options: Partial<ModelRequest> = {}): ModelRequest {
  return {
    messages: [{ role: "user", content: "In [1]:\n1 + 2" }],
    tools: [{ name: "stdout", description: "Write.", parameters: { type: "object", properties: {} } }],
    signal: new AbortController().signal,
    ...options,
  };
}

/** Returns all events of an answer. */
export async function collect(model: Model, request: ModelRequest = modelRequest()): Promise<ModelEvent[]> {
  return await Array.fromAsync(model.stream(request));
}

/** Returns the error with which a request fails, and the events before it. */
export async function failureOf(
  model: Model,
  request: ModelRequest = modelRequest(),
): Promise<{ error: ModelError; events: ModelEvent[] }> {
  const events: ModelEvent[] = [];
  try {
    for await (const event of model.stream(request)) events.push(event);
  } catch (error) {
    assert.ok(error instanceof ModelError, `expected a ModelError, got ${error}`);
    assert.ok(!error.message.includes("sk-"), `an API key stands in "${error.message}"`);
    return { error, events };
  }
  assert.fail(`expected a ModelError, got ${JSON.stringify(events)}`);
}
