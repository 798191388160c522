/**
 * The limits of a conversation: maximum length, token budget, and turns that only grow.
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
import { OUTPUT_OMITTED, SYSTEM_PROMPT } from "../../../src/execution/prompt/system_prompt.ts";
import { callsOf, cell, entry } from "./conversation_entries.ts";

/** Returns the execution counts of the earlier cells in a conversation: those with their outputs, and those without. */
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
  Deno.test(`buildConversation() with maxHistoryLength ${maxHistoryLength} sends the cells ${JSON.stringify(whole)} with outputs and ${JSON.stringify(code)} as code`, () => {
    const turns = buildConversation({ history: numbered(3), ...cell, maxHistoryLength });
    assert.deepEqual(sentIn(turns), { whole, code });
  });
}

Deno.test("buildConversation() drops the outputs of the older half of the cells in one step", () => {
  const counts = Array.from({ length: 40 }, (_, length) => {
    return sentIn(buildConversation({ history: numbered(length), ...cell, maxHistoryLength: 20 })).whole.length;
  });
  const halfToWhole = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
  assert.deepEqual(counts.slice(18), [18, 19, 20, ...halfToWhole, ...halfToWhole.slice(0, -3)]);
});

Deno.test("buildConversation() keeps the history within its budget, with the outputs of the newest cells", () => {
  const turns = buildConversation({ history: numbered(200, "x".repeat(5_000)), ...cell });
  const sent = sentIn(turns);
  assert.ok(JSON.stringify(turns.slice(1)).length < 100_000);
  assert.equal(sent.whole.at(-1), 200);
  assert.ok(sent.whole.length >= 5 && sent.code.length > 50, JSON.stringify(sent));
});

Deno.test("buildConversation() cuts the middle out of a huge output and marks the cut", () => {
  const text = `first\n${"x".repeat(1_000_000)}\nlast\n`;
  const [[, args]] = callsOf({ type: "stream", name: "stdout", text }) as [string, { text: string }][];
  assert.match(args.text, /^first\nx+\n\[\.\.\. \d+ characters left out \.\.\.\]\nx+\nlast\n$/);
  assert.ok(args.text.length < 13_000);
});

Deno.test("buildConversation() sends only the first and last outputs of a cell with very many outputs", () => {
  const displays = Array.from({ length: 500 }, (_, index): CellOutput => {
    return { type: "display_data", data: { "text/plain": String(index) } };
  });
  const calls = callsOf(...displays);
  assert.equal(calls.length, 40);
  assert.deepEqual(calls.at(-1), ["display", { data: { "text/plain": "499" } }]);
  assert.deepEqual(calls[20], ["stdout", { text: "[... 461 outputs left out ...]\n" }]);
});

Deno.test("buildConversation() states in the cell's turn whether the cell can have a value", () => {
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

Deno.test("buildConversation() asks for scratch work only in the last turn, in the words of the prompt", () => {
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

Deno.test("buildConversation() only adds turns as the notebook grows", () => {
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
    // The cell's own turn differs only in the request for scratch work. Without it, the turn is unchanged.
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
