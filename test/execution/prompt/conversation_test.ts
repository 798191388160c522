/**
 * The form in which a notebook's past is sent to a model.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { buildConversation } from "../../../src/execution/prompt/conversation.ts";
import { NO_OUTPUT, OUTPUT_OMITTED, SYSTEM_PROMPT } from "../../../src/execution/prompt/system_prompt.ts";
import { callsOf, cell, entry, turnsOf } from "./conversation_entries.ts";

Deno.test("buildConversation() returns only the system prompt and the cell when there is no past", () => {
  assert.deepEqual(buildConversation({ history: [], code: "1 +\\\n 2", executionCount: 3 }), [
    { role: "system", content: SYSTEM_PROMPT },
    { role: "user", content: "In [3]: Out[3] unless None\n1 +\\\n 2" },
  ]);
});

Deno.test("buildConversation() sends an earlier cell as a user turn and its outputs as tool calls", () => {
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
    { role: "user", content: "In [4]: Out[4] unless None\ncode" },
    {
      role: "assistant",
      toolCalls: [
        { id: "c00004000", name: "stdout", arguments: '{"text":"a\\n"}' },
        { id: "c00004001", name: "stderr", arguments: '{"text":"b\\n"}' },
        { id: "c00004002", name: "execute_result", arguments: '{"data":{"text/plain":"6"}}' },
      ],
    },
    { role: "tool", toolCallId: "c00004000", content: "ok" },
    { role: "tool", toolCallId: "c00004001", content: "ok" },
    { role: "tool", toolCallId: "c00004002", content: "ok" },
    { role: "assistant", content: "(done)" },
  ]);
});

Deno.test("buildConversation() sends displays and exceptions as the calls that produce them", () => {
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

Deno.test("buildConversation() joins neighbouring pieces of a stream", () => {
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

const GROUP = [
  "  + Exception Group Traceback (most recent call last):",
  '  |   File "/tmp/ipykernel_1/2.py", line 1, in <module>',
  "  | ExceptionGroup: g (1 sub-exception)",
  "  +-+---------------- 1 ----------------",
  "    | ValueError: a",
  "    +------------------------------------",
];

Deno.test("buildConversation() sends an exception on stderr as an error if the cell failed", () => {
  const shown = (text: string, hasFailed: boolean) => {
    const outputs: CellOutput[] = [{ type: "stream", name: "stderr", text }];
    const turn = turnsOf({ ...entry(1, "x", ...outputs), hasFailed })[1];
    assert.ok(turn.role === "assistant");
    return turn.toolCalls?.map((call) => [call.name, JSON.parse(call.arguments)]);
  };
  const text = `warning\n${GROUP.join("\n")}\n`;
  const group = { ename: "ExceptionGroup", evalue: "g (1 sub-exception)", traceback: GROUP };
  assert.deepEqual(shown(text, true), [["stderr", { text: "warning\n" }], ["error", group]]);
  assert.deepEqual(shown(text, false), [["stderr", { text }]]);
  const usage = { ename: "UsageError", evalue: "no `%x`", traceback: ["UsageError: no `%x`"] };
  assert.deepEqual(shown("UsageError: no `%x`\n", true), [["error", usage]]);
  assert.deepEqual(shown("warning\n", true), [["stderr", { text: "warning\n" }]]);
});

Deno.test("buildConversation() sends the warning after SystemExit", () => {
  const calls = callsOf(
    { type: "error", ename: "SystemExit", evalue: "3", traceback: ["SystemExit: 3"] },
    { type: "stream", name: "stderr", text: "To exit: use 'exit'\n" },
  ) as [string][];
  assert.deepEqual(calls.map(([name]) => name), ["error", "stderr"]);
});

Deno.test("buildConversation() removes the colours from tracebacks", () => {
  const traceback = ["\x1b[0;31m-----\x1b[0m", "\x1b[38;5;241;43m1\x1b[39;49m/0"];
  assert.deepEqual(callsOf({ type: "error", ename: "E", evalue: "", traceback }), [
    ["error", { ename: "E", evalue: "", traceback: ["-----", "1/0"] }],
  ]);
});

Deno.test("buildConversation() leaves out binary data and keeps text", () => {
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

Deno.test("buildConversation() sends only the first 300 characters of an SVG", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480">${
    "<path d='M0 0 H9'/>".repeat(1_500)
  }</svg>`;
  const figure: CellOutput = { type: "display_data", data: { "text/plain": "<Figure>", "image/svg+xml": svg } };
  const sent = `${svg.slice(0, 300)}\n[... ${svg.length - 300} characters left out ...]`;
  const many = Array.from({ length: 30 }, () => figure);
  for (const [_, { data }] of [...callsOf(figure), ...callsOf(...many)] as [string, { data: unknown }][]) {
    assert.deepEqual(data, { "text/plain": "<Figure>", "image/svg+xml": sent });
  }
});

Deno.test("buildConversation() sends (no output) for a cell without outputs, as the prompt requires", () => {
  assert.deepEqual(turnsOf(entry(1, "x = 1"))[1], { role: "assistant", content: NO_OUTPUT });
  assert.ok(SYSTEM_PROMPT.includes(NO_OUTPUT));
});

Deno.test("buildConversation() leaves out the failures of the model", () => {
  const failure: CellOutput = { type: "error", ename: "ModelError", evalue: "cut", traceback: ["ModelError: cut"] };
  assert.deepEqual(callsOf({ type: "stream", name: "stdout", text: "a" }, failure), [["stdout", { text: "a" }]]);
  assert.deepEqual(turnsOf(entry(1, "x", failure))[1], { role: "assistant", content: NO_OUTPUT });
});

Deno.test("buildConversation() replaces outputs with a mark when includeOutputs is false", () => {
  const history = [entry(1, "print(1)", { type: "stream", name: "stdout", text: "1\n" }), entry(2, "x = 1")];
  assert.deepEqual(buildConversation({ history, ...cell, includeOutputs: false }).slice(1, -1), [
    { role: "user", content: "In [1]: no Out[1]\nprint(1)" },
    { role: "assistant", content: OUTPUT_OMITTED },
    { role: "user", content: "In [2]: no Out[2]\nx = 1" },
    { role: "assistant", content: OUTPUT_OMITTED },
  ]);
  assert.ok(SYSTEM_PROMPT.includes(OUTPUT_OMITTED));
});
