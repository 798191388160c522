import assert from "node:assert/strict";
import { FormMemory } from "../../../src/model/form_memory.ts";
import { documentedContext } from "../../../src/model/servers/documented_context.ts";
import { openAIModel } from "../../support/model_requests.ts";

const OPENAI = "https://api.openai.com/v1";

for (
  const [model, tokens] of [
    ["gpt-4o-mini", 128_000],
    ["gpt-4o-2024-08-06", 128_000],
    ["gpt-4.1-nano", 1_047_576],
    ["gpt-4", 8_192],
    ["gpt-4-turbo", 128_000],
    ["gpt-3.5-turbo", 16_385],
    ["o4-mini", 200_000],
    ["gpt-5-mini", 400_000],
    ["gpt-5-chat-latest", 128_000],
    ["gpt-5.2", 400_000],
    ["gpt-5.4", 1_050_000],
    ["gpt-5.4-nano", 400_000],
    ["gpt-6-luna", 1_050_000],
    ["gpt-6.1-sol", 1_050_000],
    ["ft:unknown", undefined],
  ] as const
) {
  Deno.test(`documentedContext() returns ${tokens} for ${model}`, () => {
    assert.equal(documentedContext(OPENAI, model), tokens);
  });
}

Deno.test("documentedContext() returns undefined for a model of the same name at another server", () => {
  assert.equal(documentedContext("http://127.0.0.1:8080/v1", "gpt-4o-mini"), undefined);
});

Deno.test("OpenAIModel has the documented context length if neither the settings nor the server state one", () => {
  const memory = new FormMemory();
  const lengthOf = (contextLength?: number) =>
    openAIModel({ baseUrl: OPENAI }, { model: "gpt-4o-mini", memory, contextLength }).contextLength;
  assert.equal(lengthOf(), 128_000);
  assert.equal(lengthOf(5_000), 5_000);
  memory.keepContext(OPENAI, "gpt-4o-mini", 64_000);
  assert.equal(lengthOf(), 64_000);
  assert.equal(lengthOf(5_000), 5_000);
});
