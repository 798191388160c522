/**
 * The form in which a notebook's past is sent to a model.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { parseCellTurn } from "../../../src/execution/prompt/cell_turn.ts";
import { buildConversation } from "../../../src/execution/prompt/conversation.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import type { Message } from "../../../src/execution/model.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";
import { planReasoning } from "../../../src/execution/prompt/reasoning.ts";
import { parsePastSummary } from "../../../src/execution/prompt/past_summary.ts";
import { NO_OUTPUT, OUTPUT_OMITTED, SYSTEM_PROMPT } from "../../../src/execution/prompt/system_prompt.ts";

const cell = { code: "now()", executionCount: 9 };

function entry(executionCount: number, code: string, ...outputs: CellOutput[]): HistoryEntry {
  return { executionCount, code, outputs };
}

/** The turns between the system prompt and the current cell. */
function turnsOf(...history: HistoryEntry[]): Message[] {
  return buildConversation({ history, ...cell }).slice(1, -1);
}

/** The calls that represent a cell with these outputs: name and arguments. */
function callsOf(...outputs: CellOutput[]): unknown[] {
  const turn = turnsOf(entry(1, "x", ...outputs))[1];
  assert.ok(turn.role === "assistant");
  return turn.toolCalls?.map((call) => [call.name, JSON.parse(call.arguments)]) ?? [];
}

Deno.test("buildConversation() without a past is the system prompt and the cell", () => {
  assert.deepEqual(buildConversation({ history: [], code: "1 +\\\n 2", executionCount: 3 }), [
    { role: "system", content: SYSTEM_PROMPT },
    { role: "user", content: "In [3]: Out[3] unless None\n1 +\\\n 2" },
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

const GROUP = [
  "  + Exception Group Traceback (most recent call last):",
  '  |   File "/tmp/ipykernel_1/2.py", line 1, in <module>',
  "  | ExceptionGroup: g (1 sub-exception)",
  "  +-+---------------- 1 ----------------",
  "    | ValueError: a",
  "    +------------------------------------",
];

Deno.test("buildConversation() tells the exception that a failed cell has on stderr as an exception", () => {
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

Deno.test("buildConversation() tells the warning after SystemExit", () => {
  const calls = callsOf(
    { type: "error", ename: "SystemExit", evalue: "3", traceback: ["SystemExit: 3"] },
    { type: "stream", name: "stderr", text: "To exit: use 'exit'\n" },
  ) as [string][];
  assert.deepEqual(calls.map(([name]) => name), ["error", "stderr"]);
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

Deno.test("buildConversation() sends the first 300 characters of an SVG, the same in every request", () => {
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
    { role: "user", content: "In [1]: no Out[1]\nprint(1)" },
    { role: "assistant", content: OUTPUT_OMITTED },
    { role: "user", content: "In [2]: no Out[2]\nx = 1" },
    { role: "assistant", content: OUTPUT_OMITTED },
  ]);
  assert.ok(SYSTEM_PROMPT.includes(OUTPUT_OMITTED));
});

/** The earlier cells that a conversation tells, by their counts: those with their outputs, and those without. */
function sentIn(turns: Message[]): { whole: number[]; code: number[] } {
  const sent: { whole: number[]; code: number[] } = { whole: [], code: [] };
  for (const [index, turn] of turns.slice(0, -1).entries()) {
    if (turn.role !== "user" || parsePastSummary(turn.content) !== undefined) continue;
    const answer = turns[index + 1];
    const omitted = answer.role === "assistant" && answer.content === OUTPUT_OMITTED;
    sent[omitted ? "code" : "whole"].push(parseCellTurn(turn.content)!.executionCount);
  }
  return sent;
}

const numbered = (count: number, text = "") =>
  Array.from(
    { length: count },
    (_, index) => entry(index + 1, `print(${index})`, { type: "stream", name: "stdout", text: `${index}${text}\n` }),
  );

const LIMITS: [number | undefined, number[], number[]][] = [
  [undefined, [1, 2, 3], []],
  [5, [1, 2, 3], []],
  [2, [3], [1, 2]],
  [1, [3], []],
  [0, [], []],
];

for (const [maxHistoryLength, whole, code] of LIMITS) {
  Deno.test(`buildConversation() with a maximum of ${maxHistoryLength} sends of three cells ${JSON.stringify(whole)} whole and ${JSON.stringify(code)} as code`, () => {
    const turns = buildConversation({ history: numbered(3), ...cell, maxHistoryLength });
    assert.deepEqual(sentIn(turns), { whole, code });
  });
}

Deno.test("buildConversation() takes the outputs off the older half of the cells at once, and then off none for as many cells", () => {
  const counts = Array.from({ length: 40 }, (_, length) => {
    return sentIn(buildConversation({ history: numbered(length), ...cell, maxHistoryLength: 20 })).whole.length;
  });
  assert.deepEqual(counts.slice(18), [
    18,
    19,
    20,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
  ]);
});

Deno.test("buildConversation() keeps the history within its budget, the newest cells above all", () => {
  const turns = buildConversation({ history: numbered(200, "x".repeat(5_000)), ...cell });
  const sent = sentIn(turns);
  assert.ok(JSON.stringify(turns.slice(1)).length < 100_000);
  assert.equal(sent.whole.at(-1), 200);
  assert.ok(sent.whole.length >= 5 && sent.code.length > 50, JSON.stringify(sent));
});

Deno.test("buildConversation() cuts the middle out of a huge output and says so", () => {
  const text = `first\n${"x".repeat(1_000_000)}\nlast\n`;
  const [[, args]] = callsOf({ type: "stream", name: "stdout", text }) as [string, { text: string }][];
  assert.match(args.text, /^first\nx+\n\[\.\.\. \d+ characters left out \.\.\.\]\nx+\nlast\n$/);
  assert.ok(args.text.length < 13_000);
});

Deno.test("buildConversation() tells a cell with very many outputs by its first and last ones", () => {
  const displays = Array.from({ length: 500 }, (_, index): CellOutput => {
    return { type: "display_data", data: { "text/plain": String(index) } };
  });
  const calls = callsOf(...displays);
  assert.equal(calls.length, 40);
  assert.deepEqual(calls.at(-1), ["display", { data: { "text/plain": "499" } }]);
  assert.deepEqual(calls[20], ["stdout", { text: "[... 461 outputs left out ...]\n" }]);
});

Deno.test("buildConversation() says in the cell's turn whether it can have a value, and keeps that in later requests", () => {
  const hints = ["x", "x = 1", "x;", "%time x", "print(x)"].map((code) => {
    const content = (history: HistoryEntry[]) =>
      buildConversation({ history, code, executionCount: 9 }).findLast((turn) => turn.role === "user")?.content;
    const [, , sent] = buildConversation({ history: [entry(8, "y = 2"), entry(9, code)], ...cell }).filter((turn) => {
      return turn.role !== "assistant";
    });
    assert.equal(sent.content, content([]));
    return content([])?.split("\n")[0];
  });
  assert.deepEqual(hints, [
    "In [9]: Out[9] unless None",
    "In [9]: no Out[9]",
    "In [9]: no Out[9]",
    "In [9]:",
    "In [9]: no Out[9]",
  ]);
});

Deno.test("buildConversation() asks for scratch work in the last turn only, in the words that the prompt explains", () => {
  const history = [entry(8, "f(1)")];
  for (const [scratch, words] of [["brief", "short notes"], ["full", "step by step"]] as const) {
    const turns = buildConversation({
      history,
      code: "f(2)",
      executionCount: 9,
      plan: planReasoning(scratch, () => false),
    });
    const [first, { content, notes }] = turns.filter((turn) => turn.role === "user");
    assert.deepEqual(first, { role: "user", content: "In [8]: Out[8] unless None\nf(1)" });
    assert.equal(content, "In [9]: Out[9] unless None\nf(2)");
    const last = notes?.asNeeded.split("\n")[0];
    assert.equal(
      last,
      `In [9]: Out[9] unless None; work it out ${scratch === "brief" ? "in short notes" : words} first`,
    );
    assert.ok(SYSTEM_PROMPT.includes(`work it out ${scratch === "brief" ? "in short notes" : words} first`));
  }
});

Deno.test("buildConversation() only adds turns as the notebook grows, whatever the cells before were asked for", () => {
  const history = [1, 2, 3, 4].map((count) => {
    return entry(count, `print(${count})`, { type: "stream", name: "stdout", text: `${count}\n` });
  });
  const conversations = history.map((current, index) => {
    const { code, executionCount } = current;
    const plan = planReasoning(index % 2 === 0 ? "full" : "off", () => false);
    return buildConversation({ history: history.slice(0, index), code, executionCount, plan });
  });
  for (const [index, conversation] of conversations.slice(1).entries()) {
    const before = conversations[index];
    assert.deepEqual(conversation.slice(0, before.length - 1), before.slice(0, -1));
    // What differs in the cell's own turn is the wish for scratch work; without it the turn stays as it was.
    const turn = before.at(-1);
    assert.ok(turn?.role === "user");
    assert.deepEqual(conversation[before.length - 1], { role: "user", content: turn.content });
    assert.equal(turn.notes?.asNeeded === turn.content, index % 2 === 1);
  }
});

Deno.test("the system prompt and the tools are long enough for a provider's prompt cache", () => {
  const characters = SYSTEM_PROMPT.length + JSON.stringify(TOOLS).length;
  assert.ok(characters / 4 >= 1_024, `${characters} characters`);
  assert.ok(SYSTEM_PROMPT.includes("Cell In[7], line 2"));
});
