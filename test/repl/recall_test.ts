import assert from "node:assert/strict";
import { Recall } from "../../src/repl/recall.ts";

Deno.test("Recall goes back cell by cell and returns to the typed text", () => {
  const recall = new Recall(["a", "b"]);
  assert.equal(recall.older("", ""), "b");
  assert.equal(recall.older("b", "b"), "a");
  assert.equal(recall.older("a", "a"), undefined);
  assert.equal(recall.newer("a"), "b");
  assert.equal(recall.newer("b"), "");
  assert.equal(recall.newer(""), undefined);
});

Deno.test("Recall skips cells that do not start with the text before the cursor", () => {
  const recall = new Recall(["x = 1", "print(x)", "x = 2", "print(y)"]);
  assert.equal(recall.older("x", "x"), "x = 2");
  assert.equal(recall.older("x = 2", "x = 2"), "x = 1");
  assert.equal(recall.newer("x = 1"), "x = 2");
  assert.equal(recall.newer("x = 2"), "x");
});

Deno.test("Recall starts again from the newest cell after a recalled cell was changed", () => {
  const recall = new Recall(["ab", "a"]);
  assert.equal(recall.older("", ""), "a");
  assert.equal(recall.newer("a!"), undefined);
  assert.equal(recall.older("a!", "a"), "a");
});
