import assert from "node:assert/strict";
import { HistorySearch } from "../../src/repl/history_search.ts";

const cells = ["import ham", "fry(ham)", "boil(egg)", "fry(ham)", "fry(egg)"];

Deno.test("HistorySearch finds the newest cell that contains the text and keeps it while it matches", () => {
  const search = new HistorySearch(cells, "backward");
  assert.deepEqual([search.found, search.description], [undefined, "I-search backward: "]);
  search.type("e");
  assert.deepEqual(search.found, { cell: "fry(egg)", offset: 4 });
  search.type("gg");
  assert.deepEqual([search.found?.cell, search.description], ["fry(egg)", "I-search backward: egg"]);
});

Deno.test("HistorySearch.again() finds the next older or newer cell and skips duplicates", () => {
  const search = new HistorySearch(cells, "backward");
  search.type("ham");
  const seen = [search.found?.cell];
  for (const direction of ["backward", "backward", "forward"] as const) {
    search.again(direction, "");
    seen.push(search.found?.cell);
  }
  assert.deepEqual(seen, ["fry(ham)", "import ham", "import ham", "fry(ham)"]);
  assert.equal(search.description, "I-search forward: ham");
});

Deno.test("HistorySearch without a match keeps the last one and recovers when the text is shortened", () => {
  const search = new HistorySearch(cells, "backward");
  search.type("boil");
  search.type("x");
  assert.deepEqual([search.found?.cell, search.description], ["boil(egg)", "Failing I-search backward: boilx"]);
  search.erase();
  assert.deepEqual([search.found?.cell, search.description], ["boil(egg)", "I-search backward: boil"]);
  const none = new HistorySearch([], "backward");
  none.type("x👩‍🔬");
  none.erase();
  assert.deepEqual([none.found, none.text], [undefined, "x"]);
});

Deno.test("HistorySearch searches forward from the oldest cell and reuses the last text when none is typed", () => {
  const search = new HistorySearch(cells, "forward");
  search.type("fry");
  assert.equal(search.found?.cell, "fry(ham)");
  const next = new HistorySearch(cells, "backward");
  next.again("backward", "import");
  assert.deepEqual([next.text, next.found?.cell], ["import", "import ham"]);
});
