/**
 * The figures that the bench reads from the pieces of an answer and from many times.
 *
 * @module
 */

import assert from "node:assert/strict";
import { callFor, printed, printing } from "../../../bench/speed/cells.ts";
import { tokensOf } from "../../../bench/speed/paced_model.ts";
import { median, noticeableRatio, quantile, undisturbed } from "../../../bench/speed/quantile.ts";
import { textAfterPieces } from "../../../bench/speed/text_after_pieces.ts";

Deno.test("the median is the middle value, or between the two in the middle", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 10, 2]), 3);
  assert.throws(() => median([]), RangeError);
});

Deno.test("a quantile lies between the values next to it, and at the ends it is one", () => {
  const values = [30, 10, 20, 40, 50];
  assert.deepEqual([0, 0.25, 0.6, 1].map((share) => quantile(values, share)), [10, 20, 34, 50]);
  assert.equal(undisturbed(values), 14);
  assert.equal(undisturbed([7]), 7);
});

Deno.test("a few milliseconds more are hardly a loss, and a tenth of a second is one of more than 30 %", () => {
  const loss = (before: number, after: number) => 1 - noticeableRatio([after], [10]) / noticeableRatio([before], [10]);
  assert.ok(loss(25, 40) < 0.2);
  assert.ok(loss(25, 125) > 0.5);
});

Deno.test("after each piece of the arguments so much of the text can be read", () => {
  assert.deepEqual(textAfterPieces(['{"te', 'xt":', '"ab', 'c"}']), [0, 0, 2, 3]);
});

Deno.test("half an escape is no character yet, and a quote in the text does not end it", () => {
  assert.deepEqual(textAfterPieces(['{"text":"a\\', "nb", '\\"', "\\\\", '"}']), [1, 3, 4, 5, 5]);
});

Deno.test("all of a printed text can be read after the last piece, wherever it is cut", () => {
  const { args } = callFor(printing(50).source);
  for (const size of [1, 3, 4, 7]) {
    const pieces = args.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    const lengths = textAfterPieces(pieces);
    assert.equal(lengths.at(-1), printed(50).length);
    assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
  }
});

Deno.test("a print of so many tokens is four characters each, and its arguments are a few tokens more", () => {
  const { args } = callFor(printing(100).source);
  assert.equal(printed(100).length, 400);
  const tokens = tokensOf([{ at: 0, text: args }]);
  assert.ok(tokens >= 100 && tokens < 130, `${tokens}`);
});
