import assert from "node:assert/strict";
import { HistorySearch } from "../../src/repl/history_search.ts";

const cells = ["import ham", "fry(ham)", "boil(egg)", "fry(ham)", "fry(egg)"];

Deno.test("a search shows the newest cell with what was typed so far, and stays while it fits", () => {
  const search = new HistorySearch(cells, "backward");
  assert.deepEqual([search.found, search.description], [undefined, "I-search backward: "]);
  search.type("e");
  assert.deepEqual(search.found, { cell: "fry(egg)", offset: 4 });
  search.type("gg");
  assert.deepEqual([search.found?.cell, search.description], ["fry(egg)", "I-search backward: egg"]);
});

Deno.test("a search goes on to older cells, past copies, and back to newer ones", () => {
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

Deno.test("a search that finds nothing says so, keeps the last match, and recovers", () => {
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

Deno.test("a search forward begins with the oldest cell, and one for nothing with what was searched for last", () => {
  const search = new HistorySearch(cells, "forward");
  search.type("fry");
  assert.equal(search.found?.cell, "fry(ham)");
  const next = new HistorySearch(cells, "backward");
  next.again("backward", "import");
  assert.deepEqual([next.text, next.found?.cell], ["import", "import ham"]);
});
