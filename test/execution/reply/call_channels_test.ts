import assert from "node:assert/strict";
import type { ToolCallEvent } from "../../../src/execution/reply/answer_writer.ts";
import { type CallChannel, CallChannels } from "../../../src/execution/reply/call_channels.ts";

const call = (index: number, name: string, json: string): ToolCallEvent[] => [
  { type: "tool_call", index, id: `id${index}`, name },
  { type: "tool_call_delta", index, delta: json.slice(0, 5) },
  { type: "tool_call_delta", index, delta: json.slice(5) },
];

/** Returns the events that are passed on at once, and those at the end. */
function joined(...calls: [CallChannel, ToolCallEvent[]][]) {
  const channels = new CallChannels();
  const now = calls.flatMap(([channel, events]) => events.flatMap((event) => channels.take(channel, event)));
  return { now, end: channels.end() };
}

const hello = '{"text": "hello"}';

for (const [first, second] of [["tools", "text"], ["text", "tools"]] as const) {
  Deno.test(`CallChannels passes on a call from ${first} at once and drops its repetition from ${second}`, () => {
    const one = call(0, "stdout", hello);
    assert.deepEqual(joined([first, one], [second, call(1000, "stdout", '{"text":"hello"}')]), { now: one, end: [] });
  });

  Deno.test(`CallChannels holds a call from ${second} until the end when it differs from the one from ${first}`, () => {
    const [one, other] = [call(0, "stdout", hello), call(1000, "stderr", hello)];
    assert.deepEqual(joined([first, one], [second, other]), { now: one, end: other });
  });
}

Deno.test("CallChannels passes on both of two identical calls from the same channel", () => {
  const [one, two] = [call(0, "stdout", hello), call(1, "stdout", hello)];
  assert.deepEqual(joined(["tools", one], ["tools", two]), { now: [...one, ...two], end: [] });
});

for (
  const [name, json] of [
    ["functions.stdout", hello],
    ["stdout", "{'text': 'hello'}"],
    ["stdout", JSON.stringify(hello)],
    ["stdout", '{"arguments": {"content": "hello"}}'],
  ]
) {
  Deno.test(`CallChannels recognizes ${name}(${json}) as a repetition of stdout(${hello})`, () => {
    const one = call(0, "stdout", hello);
    assert.deepEqual(joined(["text", one], ["tools", call(0, name, json)]), { now: one, end: [] });
  });
}

Deno.test("CallChannels keeps a call with unreadable arguments unless its text is identical", () => {
  const [one, other] = [call(0, "stdout", '{"text": 5'), call(1, "stdout", '{"text": 6')];
  assert.deepEqual(joined(["text", one], ["tools", one], ["tools", other]), { now: one, end: other });
});
