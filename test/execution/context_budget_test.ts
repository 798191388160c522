/**
 * How much of the past a request may carry.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ContextBudget } from "../../src/execution/context_budget.ts";

/** The size of a request with a past. */
const sent = (all: number, past = all * 2 / 3, shortPrompt = false) => ({ all, past, shortPrompt, least: all / 2 });

const tokens = (budget: ContextBudget, contextLength?: number) => budget.plan(contextLength).historyTokens;

Deno.test("ContextBudget plans half of a context that is known, and 24,000 tokens where it is not", () => {
  const budget = new ContextBudget();
  assert.deepEqual(budget.plan(), { historyTokens: 24_000, shortPrompt: false, fileCharacters: 12_000 });
  assert.deepEqual(budget.plan(32_768), { historyTokens: 16_384, shortPrompt: false, fileCharacters: 8_192 });
  assert.equal(tokens(budget, 1_000_000), 128_000);
});

Deno.test("ContextBudget plans the short prompt for a small context, and leaves room for the answer", () => {
  const { historyTokens, shortPrompt } = new ContextBudget().plan(4_096);
  assert.ok(shortPrompt);
  assert.ok(historyTokens > 500 && historyTokens < 4_096 * 3 / 4, `${historyTokens}`);
  assert.equal(tokens(new ContextBudget(), 1_024), 0);
  assert.ok(new ContextBudget().plan(8_191).shortPrompt);
  assert.ok(!new ContextBudget().plan(8_192).shortPrompt);
});

Deno.test("ContextBudget plans what was wanted, as far as it fits", () => {
  assert.equal(tokens(new ContextBudget(60_000)), 60_000);
  assert.equal(tokens(new ContextBudget(60_000), 128_000), 60_000);
  assert.equal(tokens(new ContextBudget(500), 128_000), 500);
  assert.ok(tokens(new ContextBudget(60_000), 16_384) < 12_288);
  assert.equal(tokens(new ContextBudget(0)), 0);
});

Deno.test("ContextBudget corrects its estimate by what a server counts, in steps", () => {
  const budget = new ContextBudget();
  assert.equal(budget.compare(sent(10_000), 11_000), false);
  assert.equal(tokens(budget), 24_000);
  assert.equal(budget.compare(sent(10_000), 19_500), false);
  assert.equal(tokens(budget), 12_000);
  assert.equal(budget.compare(sent(10_000), 18_500), false);
  assert.equal(tokens(budget), 12_000, "a small difference is no reason to give up a prompt cache");
  assert.equal(budget.compare(sent(10_000), 14_000), false);
  assert.equal(tokens(budget), 16_000);
});

Deno.test("ContextBudget notices a server that counts less than any tokenizer, and fits the past into what it reads", () => {
  const budget = new ContextBudget();
  assert.equal(budget.compare(sent(9_000), 3_900), true);
  assert.deepEqual(budget.plan(), new ContextBudget().plan(4_096));
});

Deno.test("ContextBudget notices a server that counts the same of more and more", () => {
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

Deno.test("ContextBudget does not believe a server that counts less of a request that fits", () => {
  const budget = new ContextBudget();
  assert.equal(budget.compare(sent(9_000), 3_900), true);
  assert.equal(budget.compare(sent(3_000), 400), false);
  assert.equal(tokens(budget), 24_000);
  assert.equal(budget.compare(sent(9_000), 3_900), false);
  assert.equal(new ContextBudget().compare(sent(9_000), 10), false, "no context is that small");
  assert.equal(new ContextBudget().compare(sent(9_000), 3_900, 32_768), false);
});

Deno.test("ContextBudget shrinks to what a refusal tells, and remembers it", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({ contextLength: 8_192, promptTokens: 24_000 }, sent(24_000)));
  assert.deepEqual(budget.plan(), new ContextBudget().plan(8_192));
  assert.deepEqual(budget.plan(128_000), new ContextBudget().plan(8_192));
});

Deno.test("ContextBudget halves the past where a refusal tells nothing, until there is none", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({}, sent(24_000, 20_000)));
  assert.equal(tokens(budget), 10_000);
  assert.ok(budget.shrink({}, sent(13_000, 9_000)));
  assert.equal(tokens(budget), 4_500);
  assert.ok(budget.shrink({}, sent(3_000, 0)));
  assert.ok(budget.plan().shortPrompt, "there is nothing else to leave out");
  assert.equal(budget.shrink({}, sent(2_000, 0, true)), false);
});

Deno.test("ContextBudget halves the past where what a refusal tells would change nothing", () => {
  const budget = new ContextBudget();
  assert.ok(budget.shrink({ contextLength: 200_000 }, sent(24_000, 20_000)));
  assert.equal(tokens(budget), 10_000);
});
