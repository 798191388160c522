/**
 * Repairs JSON that is complete but not valid.
 *
 * @module
 */

import assert from "node:assert/strict";
import { repairJson } from "../../../src/execution/reply/repair_json.ts";

for (
  const [broken, repaired] of [
    ['{"text": "say "hi" now"}', { text: 'say "hi" now' }],
    ['{"data": {"text/plain": "5"} "metadata": {}}', { data: { "text/plain": "5" }, metadata: {} }],
    ['{"text": "a"} </tool_call>\n```\n', { text: "a" }],
  ] as [string, unknown][]
) {
  Deno.test(`repairJson() repairs ${JSON.stringify(broken)}`, () => {
    assert.deepEqual(JSON.parse(repairJson(broken)!), repaired);
  });
}

for (const broken of ["", "hello", '{"text": "a', '{"text": "a" "b"}', '{"text": "a"} hello', '{"text": "a"']) {
  Deno.test(`repairJson() does not repair ${JSON.stringify(broken)}`, () =>
    assert.equal(repairJson(broken), undefined));
}

Deno.test("repairJson() does not repair a long text", () => {
  assert.equal(repairJson(`{"text": "${'x" y"'.repeat(200_000)}}`), undefined);
});
