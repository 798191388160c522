import assert from "node:assert/strict";
import { KnownNames } from "../../src/repl/complete_name.ts";

Deno.test("a name is completed from keywords, builtins and what cells have named", () => {
  const names = new KnownNames();
  names.learn("import collections as colls\ndef colour(x): pass\ntotal_sum = 3");
  assert.equal(names.complete("x = tota")?.insert, "l_sum");
  assert.equal(names.complete("pri")?.insert, "nt");
  assert.deepEqual(names.complete("f(col"), { insert: "", candidates: ["collections", "colls", "colour"] });
  assert.equal(names.complete("coll")?.insert, "");
  assert.equal(names.complete("contin")?.insert, "ue");
});

Deno.test("attributes and what is no name are left alone", () => {
  const names = new KnownNames();
  for (const before of ["a.pri", "f(", "", "1 + ", "12"]) assert.equal(names.complete(before), undefined, before);
  assert.deepEqual(names.complete("nowhere_to_be_found")?.candidates, []);
});
