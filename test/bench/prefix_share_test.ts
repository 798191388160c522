/**
 * What a provider's prompt cache can answer for.
 *
 * @module
 */

import assert from "node:assert/strict";
import { overallShare, prefixShares } from "../../bench/prompt/prefix_share.ts";
import { session } from "../../bench/prompt/session.ts";

for (
  const options of [{ maxHistoryLength: 20, includeOutputs: true }, { maxHistoryLength: 20, includeOutputs: false }]
) {
  Deno.test(`over 100 cells at least 90 % of a request is a prefix that the one before also had, with ${JSON.stringify(options)}`, () => {
    const share = overallShare(prefixShares(session(100), options));
    assert.ok(share >= 0.9, `${share}`);
  });
}

Deno.test("a request repeats the one before up to its last cell, unless the past is trimmed", () => {
  const shares = prefixShares(session(100), { maxHistoryLength: 20, includeOutputs: true });
  const trimmed = shares.slice(1).filter(({ shared }, index) => shared < 0.95 * (shares[index].characters - 700));
  assert.ok(trimmed.length <= 9, trimmed.map(({ executionCount }) => executionCount).join(" "));
});

Deno.test("the session of the bench is the same every time", () => {
  assert.deepEqual(session(30), session(40).slice(0, 30));
  assert.ok(session(10).some(({ outputs }) => outputs.some(({ type }) => type === "error")));
});
