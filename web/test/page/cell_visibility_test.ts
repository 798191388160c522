/**
 * Hidden parts of cells in files.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/nbformat/json_text.ts";
import { readVisibility, writeVisibility } from "../../page/file/cell_visibility.ts";

const shown = { sourceVisible: true, outputVisible: true };

Deno.test("hidden parts are read from current and older metadata only", () => {
  assert.deepEqual(readVisibility({}), shown);
  assert.deepEqual(readVisibility({ jupyter: { source_hidden: true } }), { ...shown, sourceVisible: false });
  assert.deepEqual(readVisibility({ jupyter: { outputs_hidden: true } }), { ...shown, outputVisible: false });
  assert.deepEqual(readVisibility({ collapsed: true }), { ...shown, outputVisible: false });
  assert.deepEqual(readVisibility({ jupyter: [true], collapsed: "yes" }), shown);
});

Deno.test("metadata that already say the same stay as they are", () => {
  const said: JsonObject[] = [{}, { collapsed: true, tags: ["a"] }, { jupyter: { source_hidden: false, x: 1 } }];
  for (const metadata of said) {
    assert.equal(writeVisibility(metadata, readVisibility(metadata)), metadata);
  }
});

Deno.test("changed visibility is written, and the rest of the metadata stays", () => {
  assert.deepEqual(writeVisibility({ tags: ["a"] }, { sourceVisible: false, outputVisible: false }), {
    tags: ["a"],
    jupyter: { source_hidden: true, outputs_hidden: true },
  });
  assert.deepEqual(writeVisibility({ tags: ["a"], collapsed: true }, shown), { tags: ["a"] });
  assert.deepEqual(writeVisibility({ jupyter: { outputs_hidden: true, x: 1 } }, shown), { jupyter: { x: 1 } });
});
