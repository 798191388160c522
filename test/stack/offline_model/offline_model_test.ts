import assert from "node:assert/strict";
import OpenAI from "openai";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import type { ChatCompletionFunctionTool } from "openai/resources/chat/completions";
import { ask, body, type Chunk, events, headersOf, post, tools, written } from "./support.ts";

Deno.test("startOfflineModel() serves OpenAI's API", async (t) => {
  await using model = await startOfflineModel();

  await t.step("an answer is streamed in the form of OpenAI's chunks", async () => {
    const options = { key: "form", fields: { stream_options: { include_usage: true } } };
    const data = await Array.fromAsync(events(model, ["print('a')\n1"], options));
    assert.equal(data.pop(), "[DONE]");
    const chunks: Chunk[] = data.map((text) => JSON.parse(text));
    const [first] = chunks;
    assert.match(first.id, /^chatcmpl-\w+$/);
    for (const chunk of chunks) {
      const { id, object, created, model } = chunk;
      assert.deepEqual([id, object, created, model], [first.id, "chat.completion.chunk", first.created, "test"]);
    }
    assert.deepEqual(first.choices[0].delta, { role: "assistant", content: null });
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    const heads = deltas.filter((delta) => delta.id !== undefined);
    assert.deepEqual(heads.map(({ index, type, function: f }) => [index, type, f.name, f.arguments]), [
      [0, "function", "stdout", ""],
      [1, "function", "execute_result", ""],
    ]);
    assert.ok(heads.every((head) => /^call_\w+$/.test(head.id!)));
    const texts = ["", ""];
    for (const delta of deltas) texts[delta.index] += delta.function.arguments;
    assert.deepEqual(texts, ['{"text":"a\\n"}', '{"data":{"text/plain":"1"}}']);
    assert.deepEqual(
      chunks.filter((chunk) => chunk.choices[0]?.finish_reason).map((chunk) => chunk.choices[0]),
      [{ index: 0, delta: {}, logprobs: null, finish_reason: "tool_calls" }],
    );
    const { choices, usage } = chunks.at(-1)!;
    assert.deepEqual(choices, []);
    assert.equal(usage!.total_tokens, usage!.prompt_tokens + usage!.completion_tokens);
  });

  await t.step("a cell without output is answered with (no output) and the finish reason stop", async () => {
    const data = await Array.fromAsync(events(model, ["x = 1"], { key: "silent" }));
    const choices = data.slice(0, -1).map((text) => JSON.parse(text).choices[0]);
    assert.deepEqual(choices.map(({ delta, finish_reason }) => [delta, finish_reason]), [
      [{ role: "assistant", content: null }, null],
      [{ content: "(no output)" }, null],
      [{}, "stop"],
    ]);
  });

  await t.step("a conversation that already has the cell's answer gets no calls", async () => {
    const first = body(["print('once')"], { key: "answered" });
    const messages = [...first.messages as unknown[], { role: "assistant", content: "" }];
    assert.deepEqual(await ask(model, [], { fields: { messages } }), []);
  });

  await t.step("an answer that is not streamed is one object", async () => {
    const response = await post(model, { ...body(["1/0"], { key: "whole" }), stream: false });
    const answer = await response.json();
    assert.equal(answer.object, "chat.completion");
    assert.equal(answer.choices[0].finish_reason, "tool_calls");
    assert.equal(answer.choices[0].message.content, null);
    const [call] = answer.choices[0].message.tool_calls;
    assert.equal(call.function.name, "error");
    assert.equal(JSON.parse(call.function.arguments).evalue, "division by zero");
  });

  await t.step("the openai package reads the stream and lists the model", async () => {
    const client = new OpenAI({ baseURL: model.url, apiKey: model.apiKey });
    const stream = await client.chat.completions.create({
      model: "gpt-4o-mini",
      stream: true,
      messages: [{ role: "user", content: "In [1]:\nprint('hello')" }],
      tools: tools as ChatCompletionFunctionTool[],
    });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.tool_calls?.[0].function?.arguments ?? "";
    assert.equal(text, '{"text":"hello\\n"}');
    const { data: [listed] } = await client.models.list();
    assert.equal(listed.id, "offline-python");
  });

  await t.step("the openai package reports a bad request as a BadRequestError", async () => {
    const client = new OpenAI({ baseURL: model.url, apiKey: model.apiKey, maxRetries: 0 });
    const request = client.chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: "Hi!" }],
      tools: tools as ChatCompletionFunctionTool[],
    });
    await assert.rejects(request, (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError);
      assert.equal(error.param, "messages[0].content");
      assert.match(error.message, /begin with a line 'In \[n\]:'.*got "Hi!"/);
      return true;
    });
  });

  await t.step("an unknown path and a wrong method are errors in OpenAI's form", async () => {
    const headers = headersOf(model);
    const unknown = await fetch(`${model.url}/embeddings`, { method: "POST", headers, body: "{}" });
    assert.equal(unknown.status, 404);
    assert.deepEqual(await unknown.json(), {
      error: {
        message: "Invalid URL (POST /v1/embeddings). Expected /v1/chat/completions or /v1/responses or /v1/models.",
        type: "invalid_request_error",
        param: null,
        code: null,
      },
    });
    const wrong = await fetch(`${model.url}/chat/completions`, { headers });
    assert.equal(wrong.status, 405);
    assert.match((await wrong.json()).error.message, /expected POST/);
  });

  await t.step("a body that is not JSON is a bad request", async () => {
    const response = await post(model, "{");
    assert.equal(response.status, 400);
    assert.match((await response.json()).error.message, /parse the JSON body/);
  });
});

Deno.test("startOfflineModel() stops when its signal aborts, even during a cell", async () => {
  const controller = new AbortController();
  await using model = await startOfflineModel({ signal: controller.signal });
  await assert.rejects(async () => {
    for await (const data of events(model, ["print('on')\nimport time\ntime.sleep(1000)"])) {
      if (data.includes("on")) controller.abort();
    }
  });
  await model.stop();
  await assert.rejects(fetch(model.url));
});

Deno.test("startOfflineModel() can be stopped while Python boots", async () => {
  const model = await startOfflineModel();
  await model.stop();
});

Deno.test("startOfflineModel() removes a broken snapshot and boots without it", async () => {
  {
    await using model = await startOfflineModel();
    await model.ready();
  }
  const defaultCache = new URL("../../../.cache/offline_model", import.meta.url);
  const names = (await Array.fromAsync(Deno.readDir(defaultCache))).map((entry) => entry.name);
  const name = names.find((name) => /^pyodide-314\.0\.7-[0-9a-f]{16}\.snapshot$/.test(name));
  assert.ok(name, names.join());
  const cacheDir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${cacheDir}/${name}`, "broken");
    const warnings: string[] = [];
    const nothing = () => {};
    const logger = { debug: nothing, info: nothing, warn: (m: string) => warnings.push(m), error: nothing };
    await using model = await startOfflineModel({ cacheDir, logger });
    assert.deepEqual(await ask(model, ["print('still here')"]), [written("stdout", "still here\n")]);
    assert.deepEqual(warnings, ["the snapshot could not be used; booting without"]);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(cacheDir)), []);
  } finally {
    await Deno.remove(cacheDir, { recursive: true });
  }
});
