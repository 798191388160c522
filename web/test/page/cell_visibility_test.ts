/**
 * Hidden parts of cells in files.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/nbformat/json_text.ts";
import { readVisibility, writeVisibility } from "../../page/file/cell_visibility.ts";

const shown = { sourceVisible: true, outputVisible: true };

Deno.test("readVisibility() reads current and older metadata and ignores invalid values", () => {
  assert.deepEqual(readVisibility({}), shown);
  assert.deepEqual(readVisibility({ jupyter: { source_hidden: true } }), { ...shown, sourceVisible: false });
  assert.deepEqual(readVisibility({ jupyter: { outputs_hidden: true } }), { ...shown, outputVisible: false });
  assert.deepEqual(readVisibility({ collapsed: true }), { ...shown, outputVisible: false });
  assert.deepEqual(readVisibility({ jupyter: [true], collapsed: "yes" }), shown);
});

Deno.test("writeVisibility() does not change metadata that already express the visibility", () => {
  const said: JsonObject[] = [{}, { collapsed: true, tags: ["a"] }, { jupyter: { source_hidden: false, x: 1 } }];
  for (const metadata of said) {
    assert.equal(writeVisibility(metadata, readVisibility(metadata)), metadata);
  }
});

Deno.test("writeVisibility() changes only the metadata of visibility", () => {
  assert.deepEqual(writeVisibility({ tags: ["a"] }, { sourceVisible: false, outputVisible: false }), {
    tags: ["a"],
    jupyter: { source_hidden: true, outputs_hidden: true },
  });
  assert.deepEqual(writeVisibility({ tags: ["a"], collapsed: true }, shown), { tags: ["a"] });
  assert.deepEqual(writeVisibility({ jupyter: { outputs_hidden: true, x: 1 } }, shown), { jupyter: { x: 1 } });
});
