/**
 * Models that reason by themselves, and the efforts that they accept.
 *
 * @module
 */

import assert from "node:assert/strict";
import { reasoningEffort, reasonsByItself } from "../../src/model/reasoning_model.ts";
import { collect, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

Deno.test("reasonsByItself() recognizes OpenAI's reasoning models by their names", () => {
  const reasoning =
    "o1 o1-preview o3 o3-mini-2025-01-31 o4-mini gpt-5 gpt-5-mini gpt-5.1 gpt-5.2-pro gpt-6 openai/o3 gpt-oss-20b";
  const others = "gpt-4o-mini gpt-4.1 gpt-4o gpt-5-chat-latest gpt-5.1-chat-latest offline llama-o1 qwen3 omni o-none";
  assert.deepEqual(reasoning.split(" ").filter((name) => !reasonsByItself(name)), []);
  assert.deepEqual(others.split(" ").filter(reasonsByItself), []);
});

Deno.test("reasoningEffort() returns the lowest effort that each model accepts", () => {
  assert.deepEqual(
    ["o3", "gpt-5", "gpt-5-mini", "gpt-5.1", "gpt-5.4-mini", "gpt-6"].map((model) => {
      return reasoningEffort(model, "least");
    }),
    ["low", "minimal", "minimal", "none", "none", "none"],
  );
  assert.deepEqual(
    ["gpt-6-luna", "gpt-6-astra", "openai/gpt-6.1-sol", "gpt-5.1-codex", "gpt-5-pro", "gpt-5.5-pro", "gpt-oss-20b"].map(
      (model) => reasoningEffort(model, "least"),
    ),
    ["none", "low", "low", "low", "high", "medium", "low"],
  );
  assert.equal(reasoningEffort("o3", "high"), "high");
});

Deno.test("reasoningEffort() raises an effort to the lowest one that the model accepts", () => {
  assert.deepEqual(["gpt-5.5-pro", "gpt-5-pro", "gpt-5"].map((model) => reasoningEffort(model, "low")), [
    "medium",
    "high",
    "low",
  ]);
});

for (
  const [model, effort, sent] of [
    ["gpt-5", "medium", { reasoning_effort: "medium" }],
    ["gpt-5", undefined, {}],
    ["gpt-4o-mini", "medium", { temperature: 0 }],
  ] as const
) {
  Deno.test(`OpenAIModel sends ${JSON.stringify(sent)} to ${model} for the effort ${effort}`, async () => {
    await using server = await startScriptedModel(answer());
    const openai = openAIModel(server, { model });
    await collect(openai, modelRequest({ effort }));
    const { temperature, reasoning_effort } = server.requests[0].body;
    assert.deepEqual({ temperature, reasoning_effort }, {
      temperature: undefined,
      reasoning_effort: undefined,
      ...sent,
    });
  });
}
