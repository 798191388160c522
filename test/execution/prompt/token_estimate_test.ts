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

/** A model that needs the most tokens of all decides. */
const ratios = tokenSamples.map(({ kind, text, recorded }) => {
  const largest = Math.max(o200k(text), cl100k(text), ...recorded);
  return { kind, ratio: estimateTokens(text) / largest };
});

Deno.test("the samples are those whose tokens were recorded", () => {
  assert.deepEqual(tokenSamples.map(({ text }) => text.length), tokenSamples.map(({ characters }) => characters));
});

for (const { kind, ratio } of ratios) {
  Deno.test(`estimateTokens() is near the largest real count for ${kind}`, () => {
    assert.ok(ratio >= 0.75 && ratio <= 1.35, `${ratio.toFixed(2)} times the largest count`);
  });
}

Deno.test("estimateTokens() is near the largest real count on the mean", () => {
  const mean = ratios.reduce((sum, { ratio }) => sum + ratio, 0) / ratios.length;
  assert.ok(mean > 0.9 && mean < 1.15, mean.toFixed(2));
});

Deno.test("estimateTokens() counts a text alone as among others", () => {
  const apart = tokenSamples.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  const together = estimateTokens(tokenSamples.map(({ text }) => text).join("\n"));
  assert.ok(Math.abs(together / apart - 1) < 0.02, `${together} and ${apart}`);
});

Deno.test("estimateTokens() of nothing is 0, and of a character at least 1", () => {
  assert.equal(estimateTokens(""), 0);
  for (const text of ["a", "7", "\n", ".", "é", "哈", "\ud83d"]) assert.ok(estimateTokens(text) >= 1, text);
});

Deno.test("estimateTokens() reads 10 MB a second and more, of any kind", () => {
  const all = tokenSamples.map(({ text }) => text).join("");
  for (const kind of [all, "x", "0", " a", "漢", "\ud83d\ude00", "\n"]) {
    const text = kind.repeat(Math.ceil(100_000 / kind.length));
    // The best of many short times: among them are some in which nothing else had the processor.
    const times = Array.from({ length: 20 }, () => {
      const startedAt = performance.now();
      estimateTokens(text);
      return performance.now() - startedAt;
    });
    const seconds = Math.min(...times) / 1_000;
    assert.ok(text.length / seconds > 10_000_000, `${text.length} characters of ${kind.slice(0, 10)} in ${seconds} s`);
  }
});
