/**
 * The price of tokens and its format.
 *
 * @module
 */

import assert from "node:assert/strict";
import { dollarsFor, formatDollars } from "../../src/execution/price.ts";

const price = { input: 2, cachedInput: 0.5, output: 8 };

Deno.test("dollarsFor() counts cached tokens as a part of the input tokens", () => {
  assert.equal(dollarsFor({ input: 1_000_000, cachedInput: 400_000, output: 100_000 }, price), 2.2);
  assert.equal(dollarsFor({ input: 100_000, cachedInput: 400_000, output: 0 }, price), 0.05);
});

Deno.test("dollarsFor() returns no rounding errors of binary fractions", () => {
  assert.equal(dollarsFor({ input: 3, cachedInput: 0, output: 0 }, { ...price, input: 0.1 }), 0.0000003);
});

Deno.test("formatDollars() does not round small sums to zero", () => {
  assert.deepEqual(
    [0, 0.00421, 0.0004, 0.0001, 0.000099, 1e-9, 0.18, 12.4].map(formatDollars),
    ["$0.00", "$0.0042", "$0.0004", "$0.0001", "<$0.0001", "<$0.0001", "$0.18", "$12.40"],
  );
});
