/**
 * Checks that the tests named in RELIABILITY.md and SECURITY.md exist.
 *
 * @module
 */

import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);

/** A path of a test or check in backticks, and the quoted titles after it. */
const REFERENCE = /`((?:web\/)?(?:test|soak|bench)\/[\w/*]+\.ts)`((?: "[^"]+")*)/g;

for (const page of ["RELIABILITY.md", "SECURITY.md"]) {
  Deno.test(`every test that ${page} names exists`, async () => {
    const text = (await Deno.readTextFile(new URL(page, root))).replace(/\s+/g, " ");
    const references = [...text.matchAll(REFERENCE)].filter(([, path]) => !path.includes("*"));
    assert.ok(references.length > 5);
    for (const [, path, names] of references) {
      const source = await Deno.readTextFile(new URL(path, root));
      for (const [, name] of names.matchAll(/"([^"]+)"/g)) {
        assert.ok(source.includes(name), `${page} names "${name}", which is not in ${path}`);
      }
    }
  });
}

Deno.test("every promise in RELIABILITY.md names a test", async () => {
  const text = await Deno.readTextFile(new URL("RELIABILITY.md", root));
  const rows = text.split("\n").filter((line) => line.startsWith("| ") && !/^\| (-|what|promise)/.test(line));
  assert.ok(rows.length > 15);
  for (const row of rows) assert.match(row, /`(web\/)?(test|soak|bench)\/[\w/]+\.ts`/);
});
