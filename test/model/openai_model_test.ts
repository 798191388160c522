/**
 * The requests of an OpenAIModel, and how it reads the answers of different servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { collect, modelRequest, openAIModel, TEST_KEY } from "../support/model_requests.ts";
import {
  answer,
  call,
  callInPieces,
  delay,
  done,
  finish,
  gate,
  raw,
  stdout,
  text,
  usage,
} from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { eventsOf } from "./openai_events.ts";

const USAGE = { type: "usage", usage: { input: 10, cachedInput: 0, output: 5 } };

Deno.test("OpenAIModel sends a streaming chat completion request with tools, a cache key and temperature 0", async () => {
  await using server = await startScriptedModel(answer(text("ok")));
  const model = openAIModel(server, { organization: "org-1", project: "proj-1" });
  await collect(model, modelRequest({ cacheKey: "notebook-1" }));
  const { body, headers, method, path } = server.requests[0];
  assert.equal(`${method} ${path}`, "POST /v1/chat/completions");
  assert.equal(headers["authorization"], `Bearer ${TEST_KEY}`);
  assert.equal(headers["openai-organization"], "org-1");
  assert.equal(headers["openai-project"], "proj-1");
  assert.deepEqual(body, {
    model: "gpt-test",
    messages: [{ role: "user", content: "In [1]:\n1 + 2" }],
    tools: [{
      type: "function",
      function: { name: "stdout", description: "Write.", parameters: { type: "object", properties: {} } },
    }],
    tool_choice: "auto",
    parallel_tool_calls: true,
    prompt_cache_key: "notebook-1",
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
  });
});

Deno.test("OpenAIModel sends every kind of turn in OpenAI's format", async () => {
  await using server = await startScriptedModel(answer(text("ok")));
  const request = modelRequest({
    tools: [],
    messages: [
      { role: "system", content: "rules" },
      { role: "user", content: "cell" },
      { role: "assistant", toolCalls: [{ id: "call_1_0", name: "stdout", arguments: '{"text":"a"}' }] },
      { role: "tool", toolCallId: "call_1_0", content: "ok" },
      { role: "assistant", content: "(no output)" },
    ],
  });
  await collect(openAIModel(server), request);
  const { body } = server.requests[0];
  assert.deepEqual(body.messages, [
    { role: "system", content: "rules" },
    { role: "user", content: "cell" },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1_0", type: "function", function: { name: "stdout", arguments: '{"text":"a"}' } }],
    },
    { role: "tool", tool_call_id: "call_1_0", content: "ok" },
    { role: "assistant", content: "(no output)" },
  ]);
  assert.deepEqual(Object.keys(body).sort(), ["messages", "model", "stream", "stream_options", "temperature"]);
});

Deno.test("OpenAIModel yields text, tool calls in pieces, the finish reason and then the usage", async () => {
  const steps = answer(text("hm"), callInPieces("stdout", ['{"te', 'xt":"a"}']), call("display", { data: {} }));
  assert.deepEqual(await eventsOf(steps), [
    { type: "text", delta: "hm" },
    { type: "tool_call", index: 0, id: "call_0", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"te' },
    { type: "tool_call_delta", index: 0, delta: 'xt":"a"}' },
    { type: "tool_call", index: 1, id: "call_1", name: "display" },
    { type: "tool_call_delta", index: 1, delta: '{"data":{}}' },
    { type: "finish", reason: "tool_calls" },
    USAGE,
  ]);
});

Deno.test("OpenAIModel yields an event before the server has written the next one", async () => {
  await using server = await startScriptedModel([
    ...callInPieces("stdout", ['{"text":"a']),
    ...gate("half"),
    ...answer(),
  ]);
  const events = openAIModel(server).stream(modelRequest());
  await events.next();
  assert.deepEqual((await events.next()).value, { type: "tool_call_delta", index: 0, delta: '{"text":"a' });
  server.open("half");
  await Array.fromAsync(events);
});

for (const bytesPerWrite of [1, 2, 3, 7, 64]) {
  Deno.test(`OpenAIModel reads a stream that arrives ${bytesPerWrite} bytes at a time`, async () => {
    const steps = answer(text("é漢😀"), stdout("naïve 😀\r\n\n"));
    assert.deepEqual(await eventsOf(steps, { bytesPerWrite }), await eventsOf(steps));
  });
}

Deno.test("OpenAIModel reports how many tokens of the prompt came from the cache", async () => {
  const events = await eventsOf([...text("a"), ...finish(), ...usage(2_000, 7, 1_920), ...done()]);
  assert.deepEqual(events.at(-1), { type: "usage", usage: { input: 2_000, cachedInput: 1_920, output: 7 } });
});

Deno.test("OpenAIModel accepts a finished answer without usage and without [DONE]", async () => {
  assert.deepEqual(await eventsOf([...text("a"), ...finish()]), [
    { type: "text", delta: "a" },
    { type: "finish", reason: "stop" },
  ]);
});

for (const [reason, expected] of [["length", "length"], ["content_filter", "content_filter"], ["eos", "stop"]]) {
  Deno.test(`OpenAIModel reports the finish reason "${reason}" as "${expected}"`, async () => {
    const events = await eventsOf([...text("a"), ...finish(reason), ...done()]);
    assert.deepEqual(events.at(-1), { type: "finish", reason: expected });
  });
}

for (const reason of ["stop", "function_call", "tool_use"]) {
  Deno.test(`OpenAIModel reports the finish reason "${reason}" after a tool call as "tool_calls"`, async () => {
    const events = await eventsOf([...stdout("a"), ...finish(reason), ...done()]);
    assert.deepEqual(events.at(-1), { type: "finish", reason: "tool_calls" });
  });
}

Deno.test("OpenAIModel reads calls after the finish reason and finishes only once", async () => {
  const events = await eventsOf([
    ...text("a"),
    ...finish(),
    ...stdout("b"),
    ...finish("length"),
    ...usage(),
    ...done(),
  ]);
  assert.deepEqual(events, [
    { type: "text", delta: "a" },
    { type: "tool_call", index: 0, id: "call_0", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text":"b"}' },
    { type: "finish", reason: "length" },
    USAGE,
  ]);
});

Deno.test("OpenAIModel skips comments, null and events that are not chunks", async () => {
  const noise = raw(': ping\n\ndata: null\n\nevent: ping\ndata: {"type":"ping"}\n\ndata: {"choices":[]}\n\n');
  assert.deepEqual(await eventsOf([...noise, ...answer(text("a"))]), [
    { type: "text", delta: "a" },
    { type: "finish", reason: "stop" },
    USAGE,
  ]);
});

Deno.test("OpenAIModel reads each answer to its end, so that the next request reuses the connection", async () => {
  await using server = await startScriptedModel([...answer(text("a")), ...delay(5)]);
  const model = openAIModel(server);
  for (let count = 0; count < 6; count++) await collect(model);
  const connections = new Set(server.requests.map((request) => request.clientPort)).size;
  // A connection may return to the pool just after the next request has asked for one.
  assert.ok(connections <= 2, `${connections} connections for 6 requests`);
});

Deno.test("OpenAIModel.warmUp() sends nothing", async () => {
  await using server = await startScriptedModel(answer());
  await openAIModel(server).warmUp();
  assert.equal(server.requests.length, 0);
});
