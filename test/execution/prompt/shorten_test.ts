import assert from "node:assert/strict";
import { beginningOf, shorten } from "../../../src/execution/prompt/shorten.ts";

Deno.test("shorten() does not change a text within the limit", () => {
  assert.equal(shorten("abc", 3), "abc");
});

Deno.test("shorten() keeps both ends and states the number of omitted characters", () => {
  assert.equal(shorten("abcdefghij", 4), "ab\n[... 6 characters left out ...]\nij");
});

Deno.test("shorten() does not split surrogate pairs", () => {
  for (const limit of [1, 2, 3, 4, 5, 6, 7]) assert.ok(shorten("😀".repeat(20), limit).isWellFormed(), `${limit}`);
});

Deno.test("beginningOf() keeps the beginning and states the number of omitted characters", () => {
  assert.equal(beginningOf("abc", 3), "abc");
  assert.equal(beginningOf("abcdefghij", 4), "abcd\n[... 6 characters left out ...]");
  assert.ok(beginningOf("😀".repeat(20), 5).isWellFormed());
});
