/**
 * Characters that consist of two UTF-16 code units.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cutText, isHighSurrogate } from "../src/surrogate_pair.ts";

Deno.test("isHighSurrogate() recognizes only the first half of a surrogate pair", () => {
  const codes = ["\ud7ff", "\ud800", "\udbff", "\udc00", "a", ""].map((text) => text.charCodeAt(0));
  assert.deepEqual(codes.map(isHighSurrogate), [false, true, true, false, false, false]);
});

Deno.test("cutText() cuts before a surrogate pair that would be split", () => {
  assert.deepEqual([...cutText("abcde", 2)], ["ab", "cd", "e"]);
  assert.deepEqual([...cutText("a😀b😀", 2)], ["a", "😀", "b", "😀"]);
  assert.deepEqual([...cutText("😀😀", 3)], ["😀", "😀"]);
  assert.deepEqual([...cutText("", 2)], []);
});
