import assert from "node:assert/strict";
import { shorten } from "../../../src/execution/prompt/shorten.ts";

Deno.test("shorten() leaves what is short enough as it is", () => {
  assert.equal(shorten("abc", 3), "abc");
});

Deno.test("shorten() keeps both ends and says how much is missing", () => {
  assert.equal(shorten("abcdefghij", 4), "ab\n[... 6 characters left out ...]\nij");
});

Deno.test("shorten() cuts no character in half", () => {
  for (const limit of [1, 2, 3, 4, 5, 6, 7]) assert.ok(shorten("😀".repeat(20), limit).isWellFormed(), `${limit}`);
});
