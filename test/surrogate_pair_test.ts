/**
 * Characters of two code units.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cutText, isHighSurrogate } from "../src/surrogate_pair.ts";

Deno.test("isHighSurrogate() knows the first half of a pair from the second and from whole characters", () => {
  const codes = ["\ud7ff", "\ud800", "\udbff", "\udc00", "a", ""].map((text) => text.charCodeAt(0));
  assert.deepEqual(codes.map(isHighSurrogate), [false, true, true, false, false, false]);
});

Deno.test("cutText() cuts before a pair that would be parted, and loses nothing", () => {
  assert.deepEqual([...cutText("abcde", 2)], ["ab", "cd", "e"]);
  assert.deepEqual([...cutText("a😀b😀", 2)], ["a", "😀", "b", "😀"]);
  assert.deepEqual([...cutText("😀😀", 3)], ["😀", "😀"]);
  assert.deepEqual([...cutText("", 2)], []);
});
