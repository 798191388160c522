/**
 * The benchmark's statistics, and the readable text after each piece of a tool call.
 *
 * @module
 */

import assert from "node:assert/strict";
import { callFor, printed, printing } from "../../../bench/speed/cells.ts";
import { tokensOf } from "../../../bench/speed/paced_model.ts";
import { median, noticeableRatio, quantile, undisturbed } from "../../../bench/speed/quantile.ts";
import { textAfterPieces } from "../../../bench/speed/text_after_pieces.ts";

Deno.test("median() returns the middle value, or the mean of the two middle values", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 10, 2]), 3);
  assert.throws(() => median([]), RangeError);
});

Deno.test("quantile() interpolates between neighbouring values", () => {
  const values = [30, 10, 20, 40, 50];
  assert.deepEqual([0, 0.25, 0.6, 1].map((share) => quantile(values, share)), [10, 20, 34, 50]);
  assert.equal(undisturbed(values), 14);
  assert.equal(undisturbed([7]), 7);
});

Deno.test("noticeableRatio() hardly changes for 15 ms more, and halves for 100 ms more", () => {
  const loss = (before: number, after: number) => 1 - noticeableRatio([after], [10]) / noticeableRatio([before], [10]);
  assert.ok(loss(25, 40) < 0.2);
  assert.ok(loss(25, 125) > 0.5);
});

Deno.test("textAfterPieces() returns the length of the readable text after each piece of the arguments", () => {
  assert.deepEqual(textAfterPieces(['{"te', 'xt":', '"ab', 'c"}']), [0, 0, 2, 3]);
});

Deno.test("textAfterPieces() waits for the rest of an escape and does not stop at an escaped quote", () => {
  assert.deepEqual(textAfterPieces(['{"text":"a\\', "nb", '\\"', "\\\\", '"}']), [1, 3, 4, 5, 5]);
});

Deno.test("textAfterPieces() returns the whole length after the last piece, for every size of the pieces", () => {
  const { args } = callFor(printing(50).source);
  for (const size of [1, 3, 4, 7]) {
    const pieces = args.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    const lengths = textAfterPieces(pieces);
    assert.equal(lengths.at(-1), printed(50).length);
    assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
  }
});

Deno.test("a printed token has four characters, and the arguments have a few tokens more", () => {
  const { args } = callFor(printing(100).source);
  assert.equal(printed(100).length, 400);
  const tokens = tokensOf([{ at: 0, text: args }]);
  assert.ok(tokens >= 100 && tokens < 130, `${tokens}`);
});
