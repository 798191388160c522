/**
 * Requests through the Responses interface.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Message } from "../../../src/execution/model.ts";
import { buildConversation } from "../../../src/execution/prompt/conversation.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";
import { DEFAULT_FORM } from "../../../src/model/request_form.ts";
import { toResponsesRequest } from "../../../src/model/responses/responses_request.ts";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";
import { modelRequest } from "../../support/model_requests.ts";
import { again, bodyOf, cell, ok } from "./request_body.ts";

Deno.test("toResponsesRequest() asks a reasoning model for encrypted reasoning and turns storage off", () => {
  assert.deepEqual(bodyOf({ cacheKey: "notebook-1", effort: "medium" }), {
    model: "gpt-6-luna",
    input: [cell],
    tools: [{
      type: "function",
      name: "stdout",
      description: "Write.",
      parameters: { type: "object", properties: {} },
      strict: false,
    }],
    store: false,
    parallel_tool_calls: true,
    prompt_cache_key: "notebook-1",
    include: ["reasoning.encrypted_content"],
    reasoning: { effort: "medium" },
    stream: true,
  });
});

Deno.test("toResponsesRequest() sends temperature 0 and no effort to a model that does not reason", () => {
  const { tools: _, ...rest } = bodyOf({ effort: "medium" }, "gpt-4.1");
  assert.deepEqual(rest, {
    model: "gpt-4.1",
    input: [cell],
    store: false,
    parallel_tool_calls: true,
    temperature: 0,
    stream: true,
  });
});

Deno.test("toResponsesRequest() leaves out tools, cache key and effort if there are none", () => {
  assert.deepEqual(Object.keys(bodyOf({ tools: [] })).sort(), ["include", "input", "model", "store", "stream"]);
});

Deno.test("toResponsesRequest() describes the tools in the input if calls are text", () => {
  const shape = { ...DEFAULT_FORM.shape, calls: "text" as const };
  const messages: Message[] = [{ role: "system", content: "Be IPython." }, cell];
  const body = toResponsesRequest("gpt-6-luna", modelRequest({ messages }), {
    ...DEFAULT_FORM,
    api: "responses",
    shape,
  });
  assert.equal(refuseResponsesRequest(JSON.parse(JSON.stringify(body))), undefined);
  assert.equal(body.tools, undefined);
  assert.match(JSON.stringify(body.input), /<tool_call>/);
});

Deno.test("toResponsesRequest() writes every kind of turn as an item without an item id", () => {
  const { input } = bodyOf({
    messages: [
      { role: "system", content: "rules" },
      cell,
      {
        role: "assistant",
        content: "hm",
        toolCalls: [
          { id: "000010000", name: "stdout", arguments: '{"text":"a"}' },
          { id: "000010001", name: "stderr", arguments: '{"text":"b"}' },
        ],
      },
      ok("000010000"),
      ok("000010001", "ok, but"),
      { role: "assistant", content: "(done)" },
      again,
    ],
  });
  assert.deepEqual(input, [
    { role: "developer", content: "rules" },
    cell,
    { role: "assistant", content: "hm" },
    { type: "function_call", call_id: "000010000", name: "stdout", arguments: '{"text":"a"}' },
    { type: "function_call", call_id: "000010001", name: "stderr", arguments: '{"text":"b"}' },
    { type: "function_call_output", call_id: "000010000", output: "ok" },
    { type: "function_call_output", call_id: "000010001", output: "ok, but" },
    { role: "assistant", content: "(done)" },
    again,
  ]);
});

Deno.test("toResponsesRequest() writes a whole notebook so that the strict server accepts it", () => {
  const messages = buildConversation({
    history: [
      { executionCount: 1, code: "print(1)", outputs: [{ type: "stream", name: "stdout", text: "1\n" }] },
      { executionCount: 2, code: "x = 1", outputs: [] },
      {
        executionCount: 3,
        code: "1/0",
        outputs: [{ type: "error", ename: "ZeroDivisionError", evalue: "division by zero", traceback: ["..."] }],
      },
    ],
    code: "x",
    executionCount: 4,
  });
  for (const model of ["gpt-4.1", "o3", "gpt-5", "gpt-5.1", "gpt-6-luna", "gpt-6-astra", "gpt-6.1-sol"]) {
    bodyOf({ messages, tools: [...TOOLS], cacheKey: "n", effort: "least" }, model);
  }
});

for (
  const [model, efforts] of [
    ["o3", "low low medium high"],
    ["gpt-5-mini", "minimal low medium high"],
    ["gpt-5.1", "none low medium high"],
    ["gpt-5.4-mini", "none low medium high"],
    ["gpt-5.5-pro", "medium medium medium high"],
    ["gpt-5-pro", "high high high high"],
    ["gpt-5.6-sol", "none low medium high"],
    ["gpt-6-luna", "none low medium high"],
    ["gpt-6-astra", "low low medium high"],
    ["gpt-6.1-sol-2026-09-29", "low low medium high"],
  ]
) {
  Deno.test(`toResponsesRequest() sends ${model} the efforts ${efforts}`, () => {
    const sent = (["least", "low", "medium", "high"] as const).map((effort) =>
      bodyOf({ effort }, model).reasoning?.effort
    );
    assert.equal(sent.join(" "), efforts);
  });
}

for (
  const [parameter, model] of [
    ["temperature", "gpt-4.1"],
    ["reasoning", "gpt-6-luna"],
    ["include", "gpt-6-luna"],
    ["parallel_tool_calls", "gpt-6-luna"],
    ["prompt_cache_key", "gpt-6-luna"],
    ["store", "gpt-6-luna"],
  ] as const
) {
  Deno.test(`toResponsesRequest() leaves out ${parameter} if it was refused`, () => {
    const request = { cacheKey: "n", effort: "low" } as const;
    const { [parameter]: left, ...rest } = bodyOf(request, model);
    assert.notEqual(left, undefined);
    assert.deepEqual(bodyOf(request, model, [parameter]), rest);
  });
}
