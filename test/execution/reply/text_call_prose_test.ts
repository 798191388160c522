/**
 * Prose is not read as calls, even if it quotes code.
 *
 * @module
 */

import assert from "node:assert/strict";
import { PROSE_CASES } from "../../support/reply_cases.ts";
import { cutAtEveryByte, cutEvery, readPieces } from "../../support/text_calls.ts";

for (const prose of [...PROSE_CASES, "(no output)<|im_end|>"]) {
  Deno.test(`${JSON.stringify(prose)} is read as prose without any loss`, () => {
    for (const pieces of [...cutAtEveryByte(prose), cutEvery(prose, 1)]) {
      assert.deepEqual(readPieces(pieces), { calls: [], text: prose });
    }
  });
}

for (const nothing of ["", " \n\n", "<think>\n</think>\n", "Nothing is printed.</think>", "<|im_end|>", "```\n```"]) {
  Deno.test(`${JSON.stringify(nothing)} is read as neither calls nor prose`, () => {
    for (const pieces of cutAtEveryByte(nothing)) assert.deepEqual(readPieces(pieces), { calls: [], text: "" });
  });
}
