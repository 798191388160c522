/**
 * The error of the token estimates, compared with the counts of tokenizers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { countTokens as cl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as o200k } from "gpt-tokenizer/encoding/o200k_base";
import { estimateTokens } from "../../../src/execution/prompt/token_estimate.ts";
import { tokenSamples } from "./token_samples.ts";

/** The estimate for each sample, divided by the highest count of all tokenizers. */
const ratios = tokenSamples.map(({ kind, text, recorded }) => {
  const largest = Math.max(o200k(text), cl100k(text), ...recorded);
  return { kind, ratio: estimateTokens(text) / largest };
});

Deno.test("the samples have the same lengths as when their tokens were recorded", () => {
  assert.deepEqual(tokenSamples.map(({ text }) => text.length), tokenSamples.map(({ characters }) => characters));
});

for (const { kind, ratio } of ratios) {
  Deno.test(`estimateTokens() is close to the highest tokenizer count for ${kind}`, () => {
    assert.ok(ratio >= 0.75 && ratio <= 1.35, `${ratio.toFixed(2)} times the largest count`);
  });
}

Deno.test("estimateTokens() is close to the highest tokenizer count on average", () => {
  const mean = ratios.reduce((sum, { ratio }) => sum + ratio, 0) / ratios.length;
  assert.ok(mean > 0.9 && mean < 1.15, mean.toFixed(2));
});

Deno.test("estimateTokens() estimates joined texts like the separate texts", () => {
  const apart = tokenSamples.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  const together = estimateTokens(tokenSamples.map(({ text }) => text).join("\n"));
  assert.ok(Math.abs(together / apart - 1) < 0.02, `${together} and ${apart}`);
});

Deno.test("estimateTokens() returns 0 for an empty text and at least 1 for any character", () => {
  assert.equal(estimateTokens(""), 0);
  for (const text of ["a", "7", "\n", ".", "é", "哈", "\ud83d"]) assert.ok(estimateTokens(text) >= 1, text);
});

Deno.test("estimateTokens() reads more than 10 million characters per second", () => {
  const all = tokenSamples.map(({ text }) => text).join("");
  for (const kind of [all, "x", "0", " a", "漢", "\ud83d\ude00", "\n"]) {
    const text = kind.repeat(Math.ceil(100_000 / kind.length));
    // Takes the best of many short times, because other processes may slow some of them down.
    const times = Array.from({ length: 20 }, () => {
      const startedAt = performance.now();
      estimateTokens(text);
      return performance.now() - startedAt;
    });
    const seconds = Math.min(...times) / 1_000;
    assert.ok(text.length / seconds > 10_000_000, `${text.length} characters of ${kind.slice(0, 10)} in ${seconds} s`);
  }
});
