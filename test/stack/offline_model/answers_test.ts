/**
 * The forms of the offline model's answers: tool calls, text, or one call in each reply.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type AskOptions, type Chunk, events, post, tools } from "./support.ts";

const user = (content: string) => ({ role: "user", content });

/** Returns the texts of an answer in the pieces in which they were streamed. */
async function texts(model: OfflineModel, cells: string[], options: AskOptions): Promise<string[]> {
  const pieces: string[] = [];
  for await (const data of events(model, cells, options)) {
    const chunk: Chunk | undefined = data === "[DONE]" ? undefined : JSON.parse(data);
    const { content } = chunk?.choices[0]?.delta ?? {};
    if (content) pieces.push(content);
  }
  return pieces;
}

/** Returns the messages of a conversation for a tool call and its result. */
function toolCall({ name, arguments: args }: { name: string; arguments: unknown }, id: string): object[] {
  const call = { id, type: "function", function: { name, arguments: JSON.stringify(args) } };
  return [
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: id, content: "ok" },
  ];
}

Deno.test("the offline model writes calls as lines of text when there are no tools", async (t) => {
  await using model = await startOfflineModel();
  const fields = { tools: undefined };
  const lines = '<tool_call>{"name": "stdout", "arguments": {"text":"1\\n"}}</tool_call>\n' +
    '<tool_call>{"name": "execute_result", "arguments": {"data":{"text/plain":"2"}}}</tool_call>';

  await t.step("calls as text are streamed in several pieces", async () => {
    const pieces = await texts(model, ["print(1)\n2"], { key: "text", fields });
    assert.equal(pieces.join(""), lines);
    assert.ok(pieces.length > 2, JSON.stringify(pieces));
  });

  await t.step("calls as text are one message when the answer is not streamed", async () => {
    const body = { model: "m", messages: [user("In [1]:\nprint(1)\n2")], prompt_cache_key: "whole text" };
    const { choices: [{ message, finish_reason }] } = await (await post(model, body)).json();
    assert.deepEqual([message.content, message.tool_calls, finish_reason], [lines, undefined, "stop"]);
  });

  await t.step("a cell without output is answered with (no output)", async () => {
    assert.deepEqual(await texts(model, ["x = 1"], { key: "no text", fields }), ["(no output)"]);
  });
});

Deno.test("the offline model makes one call in each reply when parallel calls are disabled", async (t) => {
  await using model = await startOfflineModel();
  const cell = user("In [1]:\nprint(1)\nimport sys\nprint(2, file=sys.stderr)\n3");
  const go = (messages: object[]) =>
    ask(model, [], { fields: { messages, tools, parallel_tool_calls: false, prompt_cache_key: "one" } });

  const messages: object[] = [cell];
  const [first, ...others] = await go(messages);
  assert.deepEqual([first, others], [{ name: "stdout", arguments: { text: "1\n" } }, []]);
  messages.push(...toolCall(first, "a"));

  await t.step("the next call is the same each time it is requested", async () => {
    const expected = [{ name: "stderr", arguments: { text: "2\n" } }];
    assert.deepEqual(await go(messages), expected);
    assert.deepEqual(await go(messages), expected);
  });

  await t.step("the last reply is (no output) after all calls were made", async () => {
    messages.push(...toolCall({ name: "stderr", arguments: { text: "2\n" } }, "b"));
    const [third] = await go(messages);
    assert.deepEqual(third, { name: "execute_result", arguments: { data: { "text/plain": "3" } } });
    messages.push(...toolCall(third, "c"));
    const body = { model: "m", messages, tools, parallel_tool_calls: false, prompt_cache_key: "one" };
    const { choices: [{ message, finish_reason }] } = await (await post(model, body)).json();
    assert.deepEqual([message.content, finish_reason], ["(no output)", "stop"]);
  });

  await t.step("the cell has run only once", async () => {
    messages.push(user("In [2]:\nlen(In)"));
    assert.deepEqual(await go(messages), [{ name: "execute_result", arguments: { data: { "text/plain": "3" } } }]);
  });
});

Deno.test("the offline model answers a question with a note that there is no language model", async (t) => {
  await using model = await startOfflineModel();
  const messages = [{ role: "system", content: "You are the assistant." }, user("Question:\nWhat is a list?")];
  const NOTE = /^There is no language model here: .*OPENAI_API_KEY/;

  await t.step("a streamed answer has the note", async () => {
    assert.match((await texts(model, [], { fields: { tools: undefined, messages } })).join(""), NOTE);
  });

  await t.step("an answer that is not streamed has the note", async () => {
    const { choices: [{ message, finish_reason }] } = await (await post(model, { model: "m", messages })).json();
    assert.match(message.content, NOTE);
    assert.equal(finish_reason, "stop");
  });

  await t.step("an answer through the Responses interface has the note", async () => {
    const headers = { authorization: `Bearer ${model.apiKey}`, "content-type": "application/json" };
    const body = JSON.stringify({ model: "m", store: false, stream: true, input: messages });
    const response = await fetch(`${model.url}/responses`, { method: "POST", headers, body });
    const deltas = [
      ...(await response.text()).matchAll(/"type":"response.output_text.delta".*"delta":("(?:[^"\\]|\\.)*")/g),
    ];
    assert.match(deltas.map(([, delta]) => JSON.parse(delta)).join(""), NOTE);
  });

  await t.step("a request with tools but without a cell is refused with status 400", async () => {
    const response = await post(model, { model: "m", messages, tools });
    assert.equal(response.status, 400);
    assert.match((await response.json()).error.message, /begin with a line 'In \[n\]:'/);
  });
});
