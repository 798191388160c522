/**
 * Tool calls in the answers of different servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { delta, done, finish } from "../support/scripted_answer.ts";
import { eventsOf } from "./openai_events.ts";

Deno.test("OpenAIModel reads tool calls without an index", async () => {
  const events = await eventsOf([
    ...delta({ tool_calls: [{ id: "x", function: { name: "stdout", arguments: '{"text"' } }] }),
    ...delta({ tool_calls: [{ function: { arguments: ':"a"}' } }] }),
    ...finish("tool_calls"),
    ...done(),
  ]);
  assert.deepEqual(events, [
    { type: "tool_call", index: 0, id: "x", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text"' },
    { type: "tool_call_delta", index: 0, delta: ':"a"}' },
    { type: "finish", reason: "tool_calls" },
  ]);
});

Deno.test("OpenAIModel makes up an id for a call whose id is missing or empty", async () => {
  const events = await eventsOf([
    ...delta({ tool_calls: [{ index: 0, id: "", function: { name: "stdout", arguments: '{"text"' } }] }),
    ...delta({ tool_calls: [{ index: 0, id: "", function: { name: "", arguments: ':"a"}' } }] }),
    ...delta({ tool_calls: [{ index: 1, function: { name: "stderr", arguments: "{}" } }] }),
    ...finish("tool_calls"),
    ...done(),
  ]);
  assert.deepEqual(events.slice(0, -1), [
    { type: "tool_call", index: 0, id: "call_0", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text"' },
    { type: "tool_call_delta", index: 0, delta: ':"a"}' },
    { type: "tool_call", index: 1, id: "call_1", name: "stderr" },
    { type: "tool_call_delta", index: 1, delta: "{}" },
  ]);
});

for (const index of [0, undefined]) {
  Deno.test(`OpenAIModel distinguishes whole calls that all have the index ${index}`, async () => {
    const whole = (id: string, args: string) => ({
      ...(index === undefined ? {} : { index }),
      id,
      type: "function",
      function: { name: "stdout", arguments: args },
    });
    const events = await eventsOf([
      ...delta({ tool_calls: [whole("a", '{"text":"1"}'), whole("b", '{"text":"2"}')] }),
      ...delta({ tool_calls: [whole("c", '{"text":"3"}')] }),
      ...finish("stop"),
      ...done(),
    ]);
    const calls = events.filter((event) => event.type === "tool_call").map(({ index, id }) => `${index}${id}`);
    assert.deepEqual(calls, ["0a", "1b", "2c"]);
  });
}

Deno.test("OpenAIModel numbers calls from 0 even if the server starts at 1", async () => {
  const events = await eventsOf([
    ...delta({ tool_calls: [{ index: 1, id: "x", function: { name: "stdout", arguments: '{"text"' } }] }),
    ...delta({ tool_calls: [{ index: 1, function: { arguments: ':"a"}' } }] }),
    ...finish("tool_calls"),
    ...done(),
  ]);
  assert.deepEqual(events.slice(0, 3), [
    { type: "tool_call", index: 0, id: "x", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text"' },
    { type: "tool_call_delta", index: 0, delta: ':"a"}' },
  ]);
});

Deno.test("OpenAIModel reads the old function_call form and arguments that are an object", async () => {
  const events = await eventsOf([
    ...delta({ function_call: { name: "stdout", arguments: { text: "a" } } }),
    ...finish("function_call"),
    ...done(),
  ]);
  assert.deepEqual(events, [
    { type: "tool_call", index: 0, id: "call_0", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text":"a"}' },
    { type: "finish", reason: "tool_calls" },
  ]);
});
