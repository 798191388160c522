/**
 * Questions about a chat template, answered by a real llama.cpp server.
 *
 * @module
 */

import assert from "node:assert/strict";
import { toChatCompletionRequest } from "../../../src/model/chat_completion_request.ts";
import { listModels } from "../../../src/model/list_models.ts";
import { describeForm } from "../../../src/model/request_form.ts";
import { askServer } from "../../../src/model/servers/ask_server.ts";
import { llamaTest, startLlamaServer } from "../../support/llama_server.ts";
import { modelRequest, TEST_KEY } from "../../support/model_requests.ts";

const never = new AbortController().signal;

/** Makes a template that renders everything but the calls. A separate part renders these. */
const template = (calls: string) =>
  `
{%- if tools %}<|tools|>{{ tools | tojson }}<|end|>{% endif %}
{%- for message in messages %}<|{{ message.role }}|>{{ message.content or "" }}
{%- if message.tool_calls %}${calls}{% endif %}<|end|>{% endfor %}
{%- if add_generation_prompt %}<|assistant|>{% endif %}`.trim();

const ONE_CALL =
  '<tool_call>{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}</tool_call>';
const ALL_CALLS = `{% for call in message.tool_calls %}${ONE_CALL}{% endfor %}`;

/** The parts of templates that render the calls of a turn, and the form that they require. */
const families: Record<string, { calls: string; form: string }> = {
  "renders all calls": { calls: ALL_CALLS, form: "" },
  "renders only the first call of a turn": {
    calls: `{% set call = message.tool_calls[0] %}${ONE_CALL}`,
    form: "parallelCalls=false callsPerTurn=one",
  },
  "refuses several calls in a turn": {
    calls: `{% if message.tool_calls | length > 1 %}{{ raise_exception("one call only") }}{% endif %}${ALL_CALLS}`,
    form: "parallelCalls=false callsPerTurn=one",
  },
  "renders no calls": { calls: "", form: "calls=text" },
};

for (const [name, { calls, form }] of Object.entries(families)) {
  llamaTest(`askServer() finds the form for a chat template of llama.cpp that ${name}`, async () => {
    await using server = await startLlamaServer(template(calls));
    const whom = { baseUrl: server.baseUrl, apiKey: TEST_KEY };
    const facts = await askServer({ ...whom, model: "tiny", list: await listModels(whom, never) }, never);
    assert.equal(facts.form && describeForm(facts.form), form);
    assert.equal(facts.contextLength, 32_768);
    const body = toChatCompletionRequest("tiny", modelRequest(), facts.form);
    const answer = await fetch(`${server.baseUrl}/chat/completions`, { method: "POST", body: JSON.stringify(body) });
    await answer.text();
    assert.equal(answer.status, 200);
  });
}
