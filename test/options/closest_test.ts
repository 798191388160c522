import assert from "node:assert/strict";
import { closest } from "../../src/options/closest.ts";

const flags = ["notebook", "auth-token", "api-key", "model", "organization"];

Deno.test("closest() finds the word with the fewest wrong letters", () => {
  assert.equal(closest("notebok", flags), "notebook");
  assert.equal(closest("modle", flags), "model");
  assert.equal(closest("apikey", flags), "api-key");
});

Deno.test("closest() finds the word that contains the given text", () => {
  assert.equal(closest("token", flags), "auth-token");
  assert.equal(closest("org", flags), "organization");
});

Deno.test("closest() returns undefined if no word is similar", () => {
  assert.equal(closest("verbose", flags), undefined);
  assert.equal(closest("x", flags), undefined);
  assert.equal(closest("", flags), undefined);
});
