/**
 * The offline model answers in the way in which it is asked: with tool calls, in text, or one call a reply.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type AskOptions, type Chunk, events, post, tools } from "./support.ts";

const user = (content: string) => ({ role: "user", content });

/** The texts of an answer, in the pieces in which it was streamed. */
async function texts(model: OfflineModel, cells: string[], options: AskOptions): Promise<string[]> {
  const pieces: string[] = [];
  for await (const data of events(model, cells, options)) {
    const chunk: Chunk | undefined = data === "[DONE]" ? undefined : JSON.parse(data);
    const { content } = chunk?.choices[0]?.delta ?? {};
    if (content) pieces.push(content);
  }
  return pieces;
}

/** A call as it was made, and the answer to it, as they stand in the conversation. */
function toolCall({ name, arguments: args }: { name: string; arguments: unknown }, id: string): object[] {
  const call = { id, type: "function", function: { name, arguments: JSON.stringify(args) } };
  return [
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: id, content: "ok" },
  ];
}

Deno.test("without tools, the offline model writes its calls as text, a line each", async (t) => {
  await using model = await startOfflineModel();
  const fields = { tools: undefined };
  const lines = '<tool_call>{"name": "stdout", "arguments": {"text":"1\\n"}}</tool_call>\n' +
    '<tool_call>{"name": "execute_result", "arguments": {"data":{"text/plain":"2"}}}</tool_call>';

  await t.step("while the cell runs", async () => {
    const pieces = await texts(model, ["print(1)\n2"], { key: "text", fields });
    assert.equal(pieces.join(""), lines);
    assert.ok(pieces.length > 2, JSON.stringify(pieces));
  });

  await t.step("in one object where the answer is not streamed", async () => {
    const body = { model: "m", messages: [user("In [1]:\nprint(1)\n2")], prompt_cache_key: "whole text" };
    const { choices: [{ message, finish_reason }] } = await (await post(model, body)).json();
    assert.deepEqual([message.content, message.tool_calls, finish_reason], [lines, undefined, "stop"]);
  });

  await t.step("and says so where there is no output", async () => {
    assert.deepEqual(await texts(model, ["x = 1"], { key: "no text", fields }), ["(no output)"]);
  });
});

Deno.test("where calls may not be parallel, the offline model makes one a reply until all are made", async (t) => {
  await using model = await startOfflineModel();
  const cell = user("In [1]:\nprint(1)\nimport sys\nprint(2, file=sys.stderr)\n3");
  const go = (messages: object[]) =>
    ask(model, [], { fields: { messages, tools, parallel_tool_calls: false, prompt_cache_key: "one" } });

  const messages: object[] = [cell];
  const [first, ...others] = await go(messages);
  assert.deepEqual([first, others], [{ name: "stdout", arguments: { text: "1\n" } }, []]);
  messages.push(...toolCall(first, "a"));

  await t.step("the next call is the same however often it is asked for", async () => {
    const expected = [{ name: "stderr", arguments: { text: "2\n" } }];
    assert.deepEqual(await go(messages), expected);
    assert.deepEqual(await go(messages), expected);
  });

  await t.step("the last reply says that nothing is left", async () => {
    messages.push(...toolCall({ name: "stderr", arguments: { text: "2\n" } }, "b"));
    const [third] = await go(messages);
    assert.deepEqual(third, { name: "execute_result", arguments: { data: { "text/plain": "3" } } });
    messages.push(...toolCall(third, "c"));
    const body = { model: "m", messages, tools, parallel_tool_calls: false, prompt_cache_key: "one" };
    const { choices: [{ message, finish_reason }] } = await (await post(model, body)).json();
    assert.deepEqual([message.content, finish_reason], ["(no output)", "stop"]);
  });

  await t.step("the cell has run once", async () => {
    messages.push(user("In [2]:\nlen(In)"));
    assert.deepEqual(await go(messages), [{ name: "execute_result", arguments: { data: { "text/plain": "3" } } }]);
  });
});

Deno.test("asked for words, the offline model says that there is no language model here", async (t) => {
  await using model = await startOfflineModel();
  const messages = [{ role: "system", content: "You are the assistant." }, user("Question:\nWhat is a list?")];
  const NOTE = /^There is no language model here: .*OPENAI_API_KEY/;

  await t.step("in a stream", async () => {
    assert.match((await texts(model, [], { fields: { tools: undefined, messages } })).join(""), NOTE);
  });

  await t.step("in one object", async () => {
    const { choices: [{ message, finish_reason }] } = await (await post(model, { model: "m", messages })).json();
    assert.match(message.content, NOTE);
    assert.equal(finish_reason, "stop");
  });

  await t.step("through the Responses interface", async () => {
    const headers = { authorization: `Bearer ${model.apiKey}`, "content-type": "application/json" };
    const body = JSON.stringify({ model: "m", store: false, stream: true, input: messages });
    const response = await fetch(`${model.url}/responses`, { method: "POST", headers, body });
    const deltas = [
      ...(await response.text()).matchAll(/"type":"response.output_text.delta".*"delta":("(?:[^"\\]|\\.)*")/g),
    ];
    assert.match(deltas.map(([, delta]) => JSON.parse(delta)).join(""), NOTE);
  });

  await t.step("but not where tools are offered: then a cell is expected", async () => {
    const response = await post(model, { model: "m", messages, tools });
    assert.equal(response.status, 400);
    assert.match((await response.json()).error.message, /begin with a line 'In \[n\]:'/);
  });
});
