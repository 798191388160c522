/**
 * Recognizes replies that state that there is no output, in many forms.
 *
 * @module
 */

import assert from "node:assert/strict";
import { NO_OUTPUT_CASES } from "../../support/reply_cases.ts";
import { isDone, isNoOutput } from "../../../src/execution/reply/no_output.ts";

for (const reply of NO_OUTPUT_CASES) {
  Deno.test(`isNoOutput() accepts ${JSON.stringify(reply)}`, () => assert.ok(isNoOutput(reply)));
}

for (
  const reply of [
    "",
    "The cell has no output",
    "The output is:\n```\nno output\n```",
    "(no output) is what I would write",
    "(no output was produced)",
    "output",
    "(done)",
    "<think>(no output)</think>hi",
  ]
) {
  Deno.test(`isNoOutput() rejects ${JSON.stringify(reply)}`, () => assert.ok(!isNoOutput(reply)));
}

for (const reply of ["(done)", "(Done).", "**(done)**", "(done)<|im_end|>", "<think>a</think>(done)"]) {
  Deno.test(`isDone() accepts ${JSON.stringify(reply)}`, () => assert.ok(isDone(reply)));
}

for (const reply of ["", "Done!", "done", "(no output)", "(done) and more"]) {
  Deno.test(`isDone() rejects ${JSON.stringify(reply)}`, () => assert.ok(!isDone(reply)));
}

Deno.test("isNoOutput() reads only the end of a megabyte of text", () => {
  assert.ok(isNoOutput(`${"* _".repeat(350_000)}\n(no output)`));
  assert.ok(!isNoOutput("<|".repeat(500_000)));
});
