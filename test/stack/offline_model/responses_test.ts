/**
 * The offline model through OpenAI's Responses interface, with the openai package as the client.
 *
 * @module
 */

import assert from "node:assert/strict";
import OpenAI from "openai";
import type { ResponseCreateParamsBase, ResponseInputItem } from "openai/resources/responses/responses";
import { TOOLS } from "../../../src/execution/reply/tools.ts";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { headersOf } from "./support.ts";

const tools = TOOLS.map(({ name, description, parameters }) => ({
  type: "function" as const,
  name,
  description,
  parameters,
  strict: false,
}));

const developer: ResponseInputItem = { role: "developer", content: "You play IPython." };
const user = (content: string): ResponseInputItem => ({ role: "user", content });
const call = (id: string, name: string, args: object): ResponseInputItem[] => [
  { type: "function_call", call_id: id, name, arguments: JSON.stringify(args) },
  { type: "function_call_output", call_id: id, output: "ok" },
];

/** The fields that differ between requests. */
type Options = Pick<ResponseCreateParamsBase, "prompt_cache_key" | "parallel_tool_calls" | "tools">;

const request = (input: ResponseInputItem[], options: Options = {}) => ({
  model: "gpt-test",
  store: false,
  input,
  tools,
  ...options,
});

Deno.test("the offline model supports OpenAI's Responses interface", async (t) => {
  await using model = await startOfflineModel({ strict: "openai" });
  const client = new OpenAI({ baseURL: model.url, apiKey: model.apiKey, maxRetries: 0 });
  const first = user("In [1]:\nprint(1)\n2");

  await t.step("the calls of a cell are streamed", async () => {
    const names: string[] = [];
    let args = "";
    for await (const event of await client.responses.create({ ...request([developer, first]), stream: true })) {
      if (event.type === "response.output_item.added" && event.item.type === "function_call") {
        names.push(event.item.name);
      }
      if (event.type === "response.function_call_arguments.delta") args += event.delta;
      if (event.type !== "response.completed") continue;
      const { output, usage } = event.response;
      assert.deepEqual(output.map((item) => item.type), ["function_call", "function_call"]);
      assert.equal(usage?.total_tokens, usage!.input_tokens + usage!.output_tokens);
    }
    assert.deepEqual(names, ["stdout", "execute_result"]);
    assert.equal(args, '{"text":"1\\n"}{"data":{"text/plain":"2"}}');
  });

  const items = [
    ...call("a", "stdout", { text: "1\n" }),
    ...call("b", "execute_result", { data: { "text/plain": "2" } }),
  ];

  await t.step("an answer that is not streamed uses the earlier cells", async () => {
    const { output } = await client.responses.create(request([developer, first, ...items, user("In [2]:\n_ + 1")]));
    assert.deepEqual(output.map((item) => item.type === "function_call" && item.arguments), [
      '{"data":{"text/plain":"3"}}',
    ]);
  });

  await t.step("a request without an earlier cell is refused", async () => {
    const asked = client.responses.create(request([developer, user("In [3]:\n1")]));
    await assert.rejects(asked, /The conversation is not complete: In \[2\] was answered/);
  });

  await t.step("a call without its output is refused with OpenAI's message", async () => {
    const asked = client.responses.create(request([first, items[0], user("In [2]:\n1")]));
    await assert.rejects(asked, /No tool output found for function call a\./);
  });

  await t.step("calls and (no output) are written as text when there are no tools", async () => {
    const fields = { prompt_cache_key: "text", tools: undefined };
    const silent = await client.responses.create(request([user("In [1]:\nx = 1")], fields));
    assert.equal(silent.output_text, "(no output)");
    const stream = await client.responses.create({
      ...request([user("In [1]:\nx = 1"), { role: "assistant", content: "(no output)" }, user("In [2]:\nx")], fields),
      stream: true,
    });
    let text = "";
    for await (const event of stream) if (event.type === "response.output_text.delta") text += event.delta;
    assert.equal(
      text,
      '<tool_call>{"name": "execute_result", "arguments": {"data":{"text/plain":"1"}}}</tool_call>',
    );
  });

  await t.step("each reply has one call when parallel calls are disabled", async () => {
    const fields = { prompt_cache_key: "one", parallel_tool_calls: false };
    const names: (string | false)[] = [];
    for (const input of [[first], [first, ...items.slice(0, 2)], [first, ...items]]) {
      const { output } = await client.responses.create(request(input, fields));
      names.push(...output.map((item) => item.type === "function_call" && item.name));
    }
    assert.deepEqual(names, ["stdout", "execute_result", false]);
  });
});

Deno.test("an offline model as strict as mistral has no Responses interface", async () => {
  await using model = await startOfflineModel({ strict: "mistral" });
  const response = await fetch(`${model.url}/responses`, { method: "POST", headers: headersOf(model), body: "{}" });
  assert.equal(response.status, 404);
  await response.body?.cancel();
});
