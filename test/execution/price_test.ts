/**
 * The price of tokens, and its written form.
 *
 * @module
 */

import assert from "node:assert/strict";
import { dollarsFor, formatDollars } from "../../src/execution/price.ts";

const price = { input: 2, cachedInput: 0.5, output: 8 };

Deno.test("dollarsFor() takes cached tokens out of those that were sent", () => {
  assert.equal(dollarsFor({ input: 1_000_000, cachedInput: 400_000, output: 100_000 }, price), 2.2);
  assert.equal(dollarsFor({ input: 100_000, cachedInput: 400_000, output: 0 }, price), 0.05);
});

Deno.test("dollarsFor() has no digits that only binary fractions make", () => {
  assert.equal(dollarsFor({ input: 3, cachedInput: 0, output: 0 }, { ...price, input: 0.1 }), 0.0000003);
});

Deno.test("formatDollars() writes sums below a cent in two digits, and none as 0 that is not", () => {
  assert.deepEqual(
    [0, 0.00421, 0.0004, 0.0001, 0.000099, 1e-9, 0.18, 12.4].map(formatDollars),
    ["$0.00", "$0.0042", "$0.0004", "$0.0001", "<$0.0001", "<$0.0001", "$0.18", "$12.40"],
  );
});
