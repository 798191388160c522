/**
 * The forms in which servers send answers and end them.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { JsonValue } from "../../src/media/json_value.ts";
import { chunkOf, delta, done, finish, stdout, type Step, text } from "../support/scripted_answer.ts";
import { choice, eventsOf, FINISHED, message, PRINTED, USAGE } from "./answer_events.ts";

Deno.test("a plain JSON answer to a streaming request is read", async () => {
  const body = {
    object: "chat.completion",
    choices: [{ message, finish_reason: "tool_calls" }],
    usage: { prompt_tokens: 10, completion_tokens: 5 },
  };
  assert.deepEqual(await eventsOf({ body }), [...PRINTED, FINISHED, USAGE]);
  assert.deepEqual(await eventsOf({ body: `\n${JSON.stringify(body, null, 2)}` }), [...PRINTED, FINISHED, USAGE]);
});

Deno.test("a long plain JSON answer without a finish reason is read", async () => {
  const long = "a".repeat(100_000);
  const events = await eventsOf({ body: { choices: [{ message: { content: long } }] } });
  assert.deepEqual(events, [{ type: "text", delta: long }, { type: "finish", reason: "stop" }]);
});

Deno.test("two identical calls in one whole message are both read", async () => {
  const twice = { ...message, tool_calls: [...message.tool_calls, ...message.tool_calls] };
  const events = await eventsOf([...choice({ message: twice, finish_reason: "tool_calls" }), ...done()]);
  assert.equal(events.filter(({ type }) => type === "tool_call").length, 2);
});

Deno.test("a whole message is not read again after its deltas or when it is sent twice", async () => {
  assert.deepEqual(
    await eventsOf([...stdout("a"), ...choice({ delta: {}, message, finish_reason: "tool_calls" }), ...done()]),
    [...PRINTED, FINISHED],
  );
  const whole = choice({ message, finish_reason: "tool_calls" });
  assert.deepEqual(await eventsOf([...whole, ...whole, ...done()]), [...PRINTED, FINISHED]);
});

Deno.test("calls that are repeated in the chunk of the finish reason are read once", async () => {
  const calls = ["x", "y"].map((id, index) => ({ index, id, function: { name: "stdout", arguments: '{"text":"a"}' } }));
  const again = choice({ delta: { tool_calls: calls }, finish_reason: "tool_calls" });
  for (const script of [[...delta({ tool_calls: calls }), ...again], [...again, ...again]]) {
    const events = await eventsOf([...script, ...done()]);
    assert.equal(events.filter(({ type }) => type === "tool_call").length, 2);
  }
});

Deno.test("a call in the chunk of the finish reason is a new call if it has its own id", async () => {
  const call = (id: string) => ({ tool_calls: [{ id, function: { name: "stdout", arguments: '{"text":"a"}' } }] });
  const events = await eventsOf([
    ...delta(call("x")),
    ...choice({ delta: call("y"), finish_reason: "stop" }),
    ...done(),
  ]);
  assert.equal(events.filter(({ type }) => type === "tool_call").length, 2);
});

Deno.test("a final whole message adds its calls but does not repeat the text", async () => {
  assert.deepEqual(
    await eventsOf([
      ...text("hm"),
      ...choice({ message: { ...message, content: "hm" }, finish_reason: "stop" }),
      ...done(),
    ]),
    [{ type: "text", delta: "hm" }, ...PRINTED, FINISHED],
  );
});

Deno.test("a single tool call outside a list is read", async () => {
  const [tool_calls] = message.tool_calls;
  assert.deepEqual(await eventsOf([...delta({ tool_calls }), ...finish(), ...done()]), [...PRINTED, FINISHED]);
});

Deno.test("content in parts is read without its reasoning parts", async () => {
  const thinking = { type: "thinking", thinking: [{ type: "text", text: "hm" }] };
  const events = await eventsOf([
    ...delta({ content: [thinking] }),
    ...delta({ content: [{ type: "text", text: "a" }, { type: "reasoning", text: "hm" }, "b"] }),
    ...finish(),
  ]);
  assert.deepEqual(events, [{ type: "text", delta: "ab" }, { type: "finish", reason: "stop" }]);
});

Deno.test("reasoning beside the content is not part of the text", async () => {
  const events = await eventsOf([
    ...delta({ content: "", reasoning_content: "hm", reasoning: "hm", reasoning_details: [{ text: "hm" }] }),
    ...finish(),
  ]);
  assert.deepEqual(events, [{ type: "finish", reason: "stop" }]);
});

Deno.test("chunks without choices, with null choices or with filter results are skipped", async () => {
  const noise: JsonValue[] = [
    { id: "c" },
    { choices: null, usage: null },
    { choices: [null] },
    { choices: [], prompt_filter_results: [{ prompt_index: 0 }] },
    { choices: [{ content_filter_results: {}, finish_reason: null, index: 0 }] },
  ];
  const steps = noise.map((chunk): Step => ({ type: "chunk", chunk }));
  assert.deepEqual(await eventsOf([...steps, ...stdout("a"), ...steps, ...finish(), ...done()]), [
    ...PRINTED,
    FINISHED,
  ]);
});

Deno.test("the last usage counts if every chunk has one", async () => {
  const events = await eventsOf([
    { type: "chunk", chunk: chunkOf([{ delta: { content: "a" } }], { prompt_tokens: 10, completion_tokens: 1 }) },
    {
      type: "chunk",
      chunk: chunkOf([{ delta: {}, finish_reason: "stop" }], { prompt_tokens: 10, completion_tokens: 5 }),
    },
  ]);
  assert.deepEqual(events.at(-1), USAGE);
});
