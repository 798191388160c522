/**
 * The page's folders, which may import only folders below them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { arrowsOf, describeArrow, findCircle, readImports, Rooms } from "../../../test/support/import_graph.ts";

const page = new URL("../../page/", import.meta.url);

/** The folders of the page from highest to lowest; "" is the page's own folder. */
const rooms = new Rooms([
  "",
  "home",
  "notebook",
  "settings",
  "cell",
  "trace",
  "export",
  "output",
  "actions",
  "file",
  "store",
  "widget",
  "navigation",
  "api",
]);

/** The folders outside the page that it may import from. */
const OUTSIDE = ["../../src/", "../server/"];

const imports = await readImports(page);

Deno.test("a folder of the page imports only folders below it", () => {
  assert.ok(imports.size > 50, "the page's files are read");
  assert.deepEqual(
    rooms.unlistedFiles(imports),
    [],
    "add the folder of these files to `rooms` above, before the folders that it imports",
  );
  assert.deepEqual(rooms.upwardImports(imports), []);
});

Deno.test("the imports of the page have no cycle", () => {
  assert.equal(findCircle(imports), undefined);
});

Deno.test("the page imports only the agent's source and types of its server from outside", async () => {
  const outside = arrowsOf(imports).filter(([, target]) => target.startsWith("../"));
  assert.deepEqual(
    outside.filter(([, target]) => !OUTSIDE.some((place) => target.startsWith(place))).map(describeArrow),
    [],
  );
  const files = new Set(outside.filter(([, target]) => target.startsWith("../server/")).map(([file]) => file));
  for (const file of files) {
    const text = await Deno.readTextFile(new URL(file, page));
    const [value] = /^(?:import|export)\s(?!type\b)[^;]*?"(?:\.\.\/)+server\/[^"]+"/m.exec(text) ?? [];
    assert.equal(value, undefined, `${file} imports more than types from the server`);
  }
});
