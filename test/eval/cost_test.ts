/**
 * The estimated cost of an evaluation, and when consent is required.
 *
 * @module
 */

import assert from "node:assert/strict";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { estimateCost } from "../../eval/cost/estimate_cost.ts";
import { requireConsent } from "../../eval/cost/require_consent.ts";
import { goldenSet } from "../../eval/golden/golden_set.ts";
import { builtInPrompt } from "../../eval/prompt/eval_prompt.ts";
import { probability } from "../../eval/report/figures.ts";
import { ConfigurationError } from "../../src/errors.ts";
import { buildConversation } from "../../src/execution/prompt/conversation.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";

const settings = { reasoning: "auto", maxHistoryLength: 20, includeOutputs: true } as const;
const sample = goldenSet().cells.filter((_, index) => index % 10 === 0);

Deno.test("estimateCost() estimates input tokens within 40 % of a tokenizer's count", () => {
  const { requests, input, cachedInput, output } = estimateCost(
    sample.map((cell) => ({ cell, prompts: [builtInPrompt] })),
    settings,
  );
  const counted = sample.reduce((sum, { code, executionCount, history }) => {
    const messages = buildConversation({ ...settings, code, executionCount, history });
    return sum + countTokens(JSON.stringify([messages, TOOLS]));
  }, 0);
  assert.deepEqual([requests, cachedInput], [sample.length, 0]);
  assert.ok(input > 0.8 * counted && input < 1.4 * counted, `${input} instead of ${counted}`);
  assert.ok(output > 20 * sample.length && output < 1000 * sample.length, `${output}`);
});

Deno.test("estimateCost() adds the cost of each prompt, which depends on its length", () => {
  const cost = (...prompts: (string | undefined)[]) =>
    estimateCost([{ cell: sample[0], prompts: prompts.map((systemPrompt) => ({ name: "", systemPrompt })) }], settings);
  const [short, long] = [cost("Play IPython."), cost(undefined)];
  assert.ok(long.input > short.input + 1_500);
  assert.deepEqual(cost("Play IPython.", undefined).input, short.input + long.input);
  assert.equal(cost("a", "b").requests, 2);
});

const { signal } = new AbortController();

/** Makes a process without a terminal that records what is written to stderr. */
function host() {
  const written: string[] = [];
  return {
    written,
    writeError: (text: string) => void written.push(text),
    isTerminal: () => false,
    terminal: () => assert.fail("there is no terminal"),
  };
}

Deno.test("requireConsent() reports the cost and refuses more than a dollar without a terminal", async () => {
  const estimate = { requests: 262, input: 2_412_345, cachedInput: 0, output: 110_000 };
  const cheap = { model: "m", estimate, price: { input: 0.15, cachedInput: 0.15, output: 0.6 } };
  const { written, ...process } = host();
  assert.equal(await requireConsent([cheap], false, process, signal), true);
  assert.deepEqual(written.splice(0), [
    "About 262 requests, 2,400,000 tokens in and 110,000 out, $0.43 if the server has none of them cached.\n",
  ]);
  const dear = { model: "m", estimate, price: { input: 3, cachedInput: 3, output: 15 } };
  await assert.rejects(requireConsent([dear], false, process, signal), (error: ConfigurationError) => {
    assert.match(error.message, /\$8\.89 .*more than \$1\.00: give --sample N .*, or --yes to spend it/);
    return error instanceof ConfigurationError;
  });
  assert.deepEqual(written, []);
  assert.equal(await requireConsent([dear], true, process, signal), true);
  assert.match(written[0], /\$8\.89/);
});

Deno.test("requireConsent() limits tokens instead of dollars when the price is unknown", async () => {
  const planned = (input: number) => ({ model: "m", estimate: { requests: 1, input, cachedInput: 0, output: 1 } });
  const { written, ...process } = host();
  assert.equal(await requireConsent([planned(2_400_000)], false, process, signal), true);
  assert.deepEqual(written, ["About 1 request, 2,400,000 tokens in and 1 out, at an unknown price.\n"]);
  await assert.rejects(
    requireConsent([planned(2_500_000)], false, process, signal),
    /more than 2,500,000 tokens: .*--price/,
  );
});

Deno.test("requireConsent() adds up the costs of several models", async () => {
  const estimate = { requests: 10, input: 300_000, cachedInput: 0, output: 1_000 };
  const price = { input: 2, cachedInput: 2, output: 8 };
  const { written, ...process } = host();
  const two = [{ model: "one", estimate, price }, { model: "two", estimate, price }];
  await assert.rejects(
    requireConsent(two, false, process, signal),
    /one: 10 requests, .*, \$0\.61 .*; two: 10 requests, .*; together \$1\.22, which is more than \$1\.00/,
  );
  assert.equal(await requireConsent(two.slice(1), false, process, signal), true);
  assert.match(written.join(""), /^About 10 requests/);
});

Deno.test("probability() shows values below 0.001 as <0.001", () => {
  assert.deepEqual([0, 0.00099, 0.0215, 1].map(probability), ["<0.001", "<0.001", "0.021", "1.000"]);
});
