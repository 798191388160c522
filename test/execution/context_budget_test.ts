/**
 * The limits for the past in a request.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ContextBudget } from "../../src/execution/context_budget.ts";

/** Returns the size of a request with a past, in tokens. */
const sent = (all: number, past = all * 2 / 3, shortPrompt = false) => ({ all, past, shortPrompt, least: all / 2 });

const tokens = (budget: ContextBudget, contextLength?: number) => budget.plan(contextLength).historyTokens;

Deno.test("ContextBudget plans half of a known context for the past, and 24,000 tokens otherwise", () => {
  const budget = new ContextBudget();
  assert.deepEqual(budget.plan(), { historyTokens: 24_000, shortPrompt: false, fileCharacters: 12_000 });
  assert.deepEqual(budget.plan(32_768), { historyTokens: 16_384, shortPrompt: false, fileCharacters: 8_192 });
  assert.equal(tokens(budget, 1_000_000), 128_000);
});

Deno.test("ContextBudget plans the short prompt and leaves room for the answer in a small context", () => {
  const { historyTokens, shortPrompt } = new ContextBudget().plan(4_096);
  assert.ok(shortPrompt);
  assert.ok(historyTokens > 500 && historyTokens < 4_096 * 3 / 4, `${historyTokens}`);
  assert.equal(tokens(new ContextBudget(), 1_024), 0);
  assert.ok(new ContextBudget().plan(8_191).shortPrompt);
  assert.ok(!new ContextBudget().plan(8_192).shortPrompt);
});

Deno.test("ContextBudget plans the configured number of tokens if it fits into the context", () => {
  assert.equal(tokens(new ContextBudget(60_000)), 60_000);
  assert.equal(tokens(new ContextBudget(60_000), 128_000), 60_000);
  assert.equal(tokens(new ContextBudget(500), 128_000), 500);
  assert.ok(tokens(new ContextBudget(60_000), 16_384) < 12_288);
  assert.equal(tokens(new ContextBudget(0)), 0);
});

Deno.test("ContextBudget corrects its estimate in steps from the server's token counts", () => {
  const budget = new ContextBudget();
  assert.equal(budget.compare(sent(10_000), 11_000), false);
  assert.equal(tokens(budget), 24_000);
  assert.equal(budget.compare(sent(10_000), 19_500), false);
  assert.equal(tokens(budget), 12_000);
  assert.equal(budget.compare(sent(10_000), 18_500), false);
  assert.equal(
    tokens(budget),
    12_000,
    "a small difference does not change the plan, which would invalidate the prompt cache",
  );
  assert.equal(budget.compare(sent(10_000), 14_000), false);
  assert.equal(tokens(budget), 16_000);
});

Deno.test("ContextBudget detects a truncated request when the server's count is lower than any tokenizer's", () => {
  const budget = new ContextBudget();
  assert.equal(budget.compare(sent(9_000), 3_900), true);
  assert.deepEqual(budget.plan(), new ContextBudget().plan(4_096));
});

Deno.test("ContextBudget detects truncation when the count stays the same for growing requests", () => {
  const budget = new ContextBudget();
  assert.deepEqual([4_000, 5_000, 5_600].map((all) => budget.compare(sent(all), Math.min(all, 4_050))), [
    false,
    false,
    true,
  ]);
  assert.deepEqual(budget.plan(), new ContextBudget().plan(4_096));
  const thrifty = new ContextBudget();
  assert.deepEqual(
    [4_000, 5_000, 5_600, 9_000].map((all) => thrifty.compare(sent(all), all * 0.55)),
    Array(4).fill(false),
  );
});

Deno.test("ContextBudget ignores the counts of a server that also undercounts requests that fit", () => {
  const budget = new ContextBudget();
  assert.equal(budget.compare(sent(9_000), 3_900), true);
  assert.equal(budget.compare(sent(3_000), 400), false);
  assert.equal(tokens(budget), 24_000);
  assert.equal(budget.compare(sent(9_000), 3_900), false);
  assert.equal(new ContextBudget().compare(sent(9_000), 10), false, "no context is that small");
  assert.equal(new ContextBudget().compare(sent(9_000), 3_900, 32_768), false);
});

Deno.test("ContextBudget remembers the context length that a refusal reports", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({ contextLength: 8_192, promptTokens: 24_000 }, sent(24_000)));
  assert.deepEqual(budget.plan(), new ContextBudget().plan(8_192));
  assert.deepEqual(budget.plan(128_000), new ContextBudget().plan(8_192));
});

Deno.test("ContextBudget halves the past after each refusal without numbers, until it is empty", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({}, sent(24_000, 20_000)));
  assert.equal(tokens(budget), 10_000);
  assert.ok(budget.shrink({}, sent(13_000, 9_000)));
  assert.equal(tokens(budget), 4_500);
  assert.ok(budget.shrink({}, sent(3_000, 0)));
  assert.ok(budget.plan().shortPrompt, "there is nothing else to leave out");
  assert.equal(budget.shrink({}, sent(2_000, 0, true)), false);
});

Deno.test("ContextBudget halves the past when the reported context length would not change the plan", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({ contextLength: 200_000 }, sent(24_000, 20_000)));
  assert.equal(tokens(budget), 10_000);
});
