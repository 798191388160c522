/**
 * How a notebook's past is told to a model.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { parseCellTurn } from "../../src/execution/cell_turn.ts";
import { buildConversation, type HistoryEntry } from "../../src/execution/conversation.ts";
import type { Message } from "../../src/execution/model.ts";
import { NO_OUTPUT, OUTPUT_OMITTED, SYSTEM_PROMPT } from "../../src/execution/prompt.ts";

const cell = { code: "now()", executionCount: 9 };

function entry(executionCount: number, code: string, ...outputs: CellOutput[]): HistoryEntry {
  return { executionCount, code, outputs };
}

/** The turns between the system prompt and the cell at hand. */
function turnsOf(...history: HistoryEntry[]): Message[] {
  return buildConversation({ history, ...cell }).slice(1, -1);
}

/** The calls that a cell with these outputs is told as: name and arguments. */
function callsOf(...outputs: CellOutput[]): unknown[] {
  const turn = turnsOf(entry(1, "x", ...outputs))[1];
  assert.ok(turn.role === "assistant");
  return turn.toolCalls?.map((call) => [call.name, JSON.parse(call.arguments)]) ?? [];
}

Deno.test("buildConversation() without a past is the system prompt and the cell", () => {
  assert.deepEqual(buildConversation({ history: [], code: "1 +\\\n 2", executionCount: 3 }), [
    { role: "system", content: SYSTEM_PROMPT },
    { role: "user", content: "In [3]:\n1 +\\\n 2" },
  ]);
});

Deno.test("buildConversation() tells an earlier cell as a turn, its outputs as answered tool calls", () => {
  const turns = turnsOf(
    entry(
      4,
      "code",
      { type: "stream", name: "stdout", text: "a\n" },
      { type: "stream", name: "stderr", text: "b\n" },
      { type: "execute_result", data: { "text/plain": "6" } },
    ),
  );
  assert.deepEqual(turns, [
    { role: "user", content: "In [4]:\ncode" },
    {
      role: "assistant",
      toolCalls: [
        { id: "call_4_0", name: "stdout", arguments: '{"text":"a\\n"}' },
        { id: "call_4_1", name: "stderr", arguments: '{"text":"b\\n"}' },
        { id: "call_4_2", name: "execute_result", arguments: '{"data":{"text/plain":"6"}}' },
      ],
    },
    { role: "tool", toolCallId: "call_4_0", content: "ok" },
    { role: "tool", toolCallId: "call_4_1", content: "ok" },
    { role: "tool", toolCallId: "call_4_2", content: "ok" },
  ]);
});

Deno.test("buildConversation() tells every kind of output as the call that makes it", () => {
  assert.deepEqual(
    callsOf(
      { type: "display_data", data: { "text/html": "<b>x</b>" }, metadata: { "text/html": { isolated: true } } },
      { type: "error", ename: "E", evalue: "v", traceback: ["a", "b"] },
    ),
    [
      ["display", { data: { "text/html": "<b>x</b>" }, metadata: { "text/html": { isolated: true } } }],
      ["error", { ename: "E", evalue: "v", traceback: ["a", "b"] }],
    ],
  );
});

Deno.test("buildConversation() joins the pieces that a stream was written in", () => {
  assert.deepEqual(
    callsOf(
      { type: "stream", name: "stdout", text: "a" },
      { type: "stream", name: "stdout", text: "b\n" },
      { type: "stream", name: "stderr", text: "c\n" },
      { type: "stream", name: "stdout", text: "d\n" },
    ),
    [["stdout", { text: "ab\n" }], ["stderr", { text: "c\n" }], ["stdout", { text: "d\n" }]],
  );
});

Deno.test("buildConversation() takes the colours out of tracebacks", () => {
  const traceback = ["\x1b[0;31m-----\x1b[0m", "\x1b[38;5;241;43m1\x1b[39;49m/0"];
  assert.deepEqual(callsOf({ type: "error", ename: "E", evalue: "", traceback }), [
    ["error", { ename: "E", evalue: "", traceback: ["-----", "1/0"] }],
  ]);
});

Deno.test("buildConversation() leaves binaries out and keeps what can be read", () => {
  const png = "iVBORw0KGgo=";
  assert.deepEqual(
    callsOf(
      {
        type: "display_data",
        data: { "image/png": png, "image/svg+xml": "<svg/>", "text/plain": "<Figure>" },
        metadata: { "image/png": { width: 5 } },
      },
      { type: "display_data", data: { "image/png": png } },
    ),
    [
      ["display", { data: { "image/svg+xml": "<svg/>", "text/plain": "<Figure>" } }],
      ["display", { data: { "text/plain": "<image/png>" } }],
    ],
  );
});

Deno.test("buildConversation() tells a cell without outputs in words, as the prompt asks the model to", () => {
  assert.deepEqual(turnsOf(entry(1, "x = 1"))[1], { role: "assistant", content: NO_OUTPUT });
  assert.ok(SYSTEM_PROMPT.includes(NO_OUTPUT));
});

Deno.test("buildConversation() does not teach a model its own failures", () => {
  const failure: CellOutput = { type: "error", ename: "ModelError", evalue: "cut", traceback: ["ModelError: cut"] };
  assert.deepEqual(callsOf({ type: "stream", name: "stdout", text: "a" }, failure), [["stdout", { text: "a" }]]);
  assert.deepEqual(turnsOf(entry(1, "x", failure))[1], { role: "assistant", content: NO_OUTPUT });
});

Deno.test("buildConversation() leaves outputs out if told to, and says so to the model", () => {
  const history = [entry(1, "print(1)", { type: "stream", name: "stdout", text: "1\n" }), entry(2, "x = 1")];
  assert.deepEqual(buildConversation({ history, ...cell, includeOutputs: false }).slice(1, -1), [
    { role: "user", content: "In [1]:\nprint(1)" },
    { role: "assistant", content: OUTPUT_OMITTED },
    { role: "user", content: "In [2]:\nx = 1" },
    { role: "assistant", content: OUTPUT_OMITTED },
  ]);
  assert.ok(SYSTEM_PROMPT.includes(OUTPUT_OMITTED));
});

for (const [maxHistoryLength, kept] of [[undefined, [1, 2, 3]], [5, [1, 2, 3]], [2, [2, 3]], [0, []]] as const) {
  Deno.test(`buildConversation() with a maximum of ${maxHistoryLength} sends the cells ${JSON.stringify(kept)} of three`, () => {
    const history = [entry(1, "a"), entry(2, "b"), entry(3, "c")];
    const turns = buildConversation({ history, ...cell, maxHistoryLength });
    const counts = turns.flatMap((turn) => turn.role === "user" ? [parseCellTurn(turn.content)?.executionCount] : []);
    assert.deepEqual(counts, [...kept, 9]);
  });
}

Deno.test("buildConversation() only adds turns as the notebook grows", () => {
  const history = [1, 2, 3, 4].map((count) => {
    return entry(count, `print(${count})`, { type: "stream", name: "stdout", text: `${count}\n` });
  });
  const conversations = history.map((current, index) => {
    const { code, executionCount } = current;
    return buildConversation({ history: history.slice(0, index), code, executionCount });
  });
  for (const [index, conversation] of conversations.slice(1).entries()) {
    const before = conversations[index];
    assert.deepEqual(conversation.slice(0, before.length), before);
  }
});
