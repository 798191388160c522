import assert from "node:assert/strict";
import { firstForm } from "../../src/model/first_form.ts";
import { openAIModel } from "../support/model_requests.ts";

const openai = "https://api.openai.com/v1";
const other = "https://openrouter.ai/api/v1";

Deno.test("firstForm() uses Responses at OpenAI's own address and chat completions elsewhere", () => {
  assert.deepEqual([openai, other].map((url) => firstForm(url, "auto").api), ["responses", "chat"]);
  assert.equal(openAIModel({ baseUrl: openai }).form.api, "responses");
});

Deno.test("firstForm() uses the chosen interface at every address", () => {
  for (const api of ["responses", "chat"] as const) {
    assert.deepEqual([openai, other].map((url) => firstForm(url, api).api), [api, api]);
  }
});
