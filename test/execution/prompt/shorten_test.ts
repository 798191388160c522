import assert from "node:assert/strict";
import { beginningOf, shorten } from "../../../src/execution/prompt/shorten.ts";

Deno.test("shorten() leaves what is short enough as it is", () => {
  assert.equal(shorten("abc", 3), "abc");
});

Deno.test("shorten() keeps both ends and says how much is missing", () => {
  assert.equal(shorten("abcdefghij", 4), "ab\n[... 6 characters left out ...]\nij");
});

Deno.test("shorten() cuts no character in half", () => {
  for (const limit of [1, 2, 3, 4, 5, 6, 7]) assert.ok(shorten("😀".repeat(20), limit).isWellFormed(), `${limit}`);
});

Deno.test("beginningOf() keeps the beginning, says how much is missing, and cuts no character in half", () => {
  assert.equal(beginningOf("abc", 3), "abc");
  assert.equal(beginningOf("abcdefghij", 4), "abcd\n[... 6 characters left out ...]");
  assert.ok(beginningOf("😀".repeat(20), 5).isWellFormed());
});
