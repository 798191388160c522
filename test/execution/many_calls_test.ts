/**
 * Replies with very many calls. Each of these tests would take minutes if the time for a call depended on the number of calls before it.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ModelEvent } from "../../src/execution/model.ts";
import { MAX_CALLS } from "../../src/execution/reply/call_limit.ts";
import { runCell } from "../support/cell_run.ts";
import { raw, stdout } from "../support/scripted_answer.ts";
import { EMPTY, item, ofChat, ofResponses, piece, play, times } from "./played_answer.ts";

const TOO_MANY = /^ModelError: The model made more than 10,000 calls in one reply and did not finish, so /;
const shown = piece(0, "first", "stdout", '{"text":"before\\n"}');
const empty = (index: number) => piece(index + 1, `c${index}`, "stdout", EMPTY);

const manyCalls: Record<string, () => Iterable<ModelEvent>> = {
  "with indexes and ids": () => ofChat([shown, ...times(100_000, empty)]),
  "without indexes": () =>
    ofChat([shown, ...times(100_000, (index) => piece(undefined, `c${index}`, "stdout", EMPTY))]),
  "without ids": () => ofChat([shown, ...times(100_000, (index) => piece(index + 1, undefined, "stdout", EMPTY))]),
  "with the same index": () => ofChat([shown, ...times(100_000, () => piece(0, undefined, "stdout", EMPTY))]),
  "without names": () => ofChat([shown, ...times(100_000, (index) => piece(index + 1, `c${index}`, undefined, EMPTY))]),
  "without arguments": () => ofChat([shown, ...times(100_000, (index) => piece(index + 1, `c${index}`, "stdout", ""))]),
  "in one chunk": () => ofChat([shown, { tool_calls: [...times(100_000, (index) => empty(index).tool_calls[0])] }]),
  "in one call's arguments": () =>
    ofChat([shown, piece(1, "c", "stdout", [...times(100_000, (index) => `{"text":"${index || ""}"}`)].join(""))]),
  "as text": () =>
    ofChat(times(100_000, (index) => ({
      content: `<tool_call>${
        JSON.stringify({ name: "stdout", arguments: { text: index === 0 ? "before\n" : "" } })
      }</tool_call>`,
    }))),
  "as text in one piece": () =>
    ofChat([{ content: 'stdout(text="before\\n")\n' }, { content: 'stdout(text="")\n'.repeat(60_000) }]),
  "as Responses items": () =>
    ofResponses(times(100_000, (index) => item("done", index, index === 0 ? "before\n" : ""))),
  "as Responses items in reverse order": () =>
    ofResponses([item("done", 0, "before\n"), ...times(100_000, (index) => item("added", 200_000 - index))]),
  "as Responses items in the last event": () =>
    ofResponses([{
      type: "response.completed",
      response: {
        status: "completed",
        output: [...times(100_000, (index) => item("done", index, index === 0 ? "before\n" : "").item)],
      },
    }]),
};

for (const [what, answer] of Object.entries(manyCalls)) {
  Deno.test(`a reply of very many calls ${what} is aborted, and earlier output is kept`, async () => {
    const { error, outputs } = await play(answer);
    assert.match(error, TOO_MANY);
    assert.deepEqual(outputs[0], { type: "stream", name: "stdout", text: "before\n" });
    assert.deepEqual([outputs.at(-1)?.type, outputs.length <= MAX_CALLS + 1], ["error", true]);
  });
}

Deno.test("a server's reply of 100,000 calls with empty text is aborted", async () => {
  const call = (index: number) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: empty(index) }] })}\n\n`;
  const calls = raw([...times(100_000, call)].join(""));
  const { outputs, ended, requests } = await runCell([...stdout("before\n"), ...calls]);
  assert.match(ended.error ?? "", TOO_MANY);
  assert.deepEqual(outputs.map(({ type }) => type), ["stream", "error"]);
  assert.equal(requests.length, 1);
});

Deno.test("a reply with the maximum number of calls is carried out", async () => {
  const calls = times(MAX_CALLS - 1, (index) => piece(index + 1, `c${index}`, "stdout", '{"text":"x"}'));
  const { error, outputs } = await play(() => ofChat([shown, ...calls]));
  assert.equal(error, "");
  assert.deepEqual(outputs, [{ type: "stream", name: "stdout", text: `before\n${"x".repeat(MAX_CALLS - 1)}` }]);
});

Deno.test("2,000 tool calls and 2,000 calls in the text are distinguished", async () => {
  const beside = [...times(2_000, (index) => piece(index, `c${index}`, "stdout", `{"text":"${index} "}`))];
  const inText = [
    ...times(
      2_000,
      (index) => ({ content: `<tool_call>{"name":"stderr","arguments":{"text":"${index} "}}</tool_call>` }),
    ),
  ];
  const { error, outputs } = await play(() => ofChat([...beside, ...inText]));
  assert.equal(error, "");
  const numbers = [...times(2_000, (index) => `${index} `)].join("");
  assert.deepEqual(outputs.map((output) => "text" in output && [output.name, output.text]), [["stdout", numbers], [
    "stderr",
    numbers,
  ]]);
});
