/**
 * Earlier cells without output in a conversation.
 *
 * @module
 */

import assert from "node:assert/strict";
import { buildConversation } from "../../src/execution/prompt/conversation.ts";
import type { Message } from "../../src/execution/model.ts";
import { DEFAULT_SHAPE, shapeTurns } from "../../src/model/conversation_shape.ts";

const history = ["x = 1", "y = 2", "x + y"].map((code, index) => ({
  executionCount: index + 1,
  code,
  outputs: index < 2 ? [] : [{ type: "execute_result" as const, data: { "text/plain": "3" } }],
}));

const [, ...turns] = buildConversation({ history, code: "z = 3", executionCount: 4 });

Deno.test("earlier cells without output are answered with (no output) by default", () => {
  const shaped = shapeTurns(turns, DEFAULT_SHAPE);
  assert.deepEqual(shaped, turns);
  assert.equal(shaped.filter(({ content }) => content === "(no output)").length, 2);
});

Deno.test("earlier cells without output are joined with the next cell if silentCells is joined", () => {
  const shaped = shapeTurns(turns, { ...DEFAULT_SHAPE, silentCells: "joined" });
  assert.deepEqual(shaped.map(({ role }) => role), ["user", "assistant", "tool", "assistant", "user"]);
  assert.equal(
    shaped[0].content,
    "In [1]: no Out[1]\nx = 1\n\nIn [2]: no Out[2]\ny = 2\n\nIn [3]: Out[3] unless None\nx + y",
  );
  assert.deepEqual(shaped.at(-1), turns.at(-1));
});

Deno.test("no assistant turn separates a tool's answer from the next cell if bridge is false", () => {
  const shaped = shapeTurns(turns, { ...DEFAULT_SHAPE, silentCells: "joined", bridge: false });
  assert.deepEqual(shaped.map(({ role }) => role), ["user", "assistant", "tool", "user"]);
});

Deno.test("earlier cells whose outputs are left out are joined with the next cell if silentCells is joined", () => {
  const [, ...sent] = buildConversation({ history, code: "z", executionCount: 4, includeOutputs: false });
  assert.ok(sent.some(({ content }) => content === "(output omitted)"));
  assert.deepEqual(shapeTurns(sent, DEFAULT_SHAPE), sent);
  const [turn, ...others] = shapeTurns(sent, { ...DEFAULT_SHAPE, silentCells: "joined" });
  assert.deepEqual([turn.role, others], ["user", []]);
  assert.match(turn.content!, /^In \[1\][^]*\n\nIn \[2\][^]*\n\nIn \[3\][^]*\n\nIn \[4\]/);
});

Deno.test("an answer in words stays in the conversation if silentCells is joined", () => {
  const sent: Message[] = [
    { role: "user", content: "In [1]:\nx" },
    { role: "assistant", content: "I cannot run code." },
    { role: "user", content: "In [2]:\ny" },
  ];
  assert.deepEqual(shapeTurns(sent, { ...DEFAULT_SHAPE, silentCells: "joined" }), sent);
});
