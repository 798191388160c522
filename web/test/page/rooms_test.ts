/**
 * The page's folders and what they may import: only what is below them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readImports } from "./import_graph.ts";

const page = new URL("../../page/", import.meta.url);

/** The folders of the page, the highest first; "" is the page's own folder. */
const ROOMS = ["", "home", "notebook", "cell", "output", "actions", "file", "store", "widget", "navigation", "api"];

/** What the page imports from outside its folder. */
const OUTSIDE = ["../../src/", "../server/"];

const imports = await readImports(page);

Deno.test("a room of the page imports only rooms below it", () => {
  assert.ok(imports.size > 50, "the page's files are read");
  assert.deepEqual(unknownRooms(imports), []);
  assert.deepEqual(upwardImports(imports), []);
});

Deno.test("no file of the page imports itself by way of others", () => {
  assert.equal(findCircle(imports), undefined);
});

Deno.test("the page imports nothing from outside but the agent's source and its server's types", async () => {
  const outside = arrowsOf(imports).filter(([, target]) => target.startsWith("../"));
  assert.deepEqual(outside.filter(([, target]) => !OUTSIDE.some((place) => target.startsWith(place))).map(name), []);
  const files = new Set(outside.filter(([, target]) => target.startsWith("../server/")).map(([file]) => file));
  for (const file of files) {
    const text = await Deno.readTextFile(new URL(file, page));
    const [value] = /^(?:import|export)\s(?!type\b)[^;]*?"(?:\.\.\/)+server\/[^"]+"/m.exec(text) ?? [];
    assert.equal(value, undefined, `${file} imports more than types from the server`);
  }
});

Deno.test("an upward import, a circle and an unknown room are named", () => {
  const wrong = new Map([
    ["store/rows.ts", ["cell/view.tsx", "api/api.ts"]],
    ["cell/view.tsx", ["cell/prompt.tsx"]],
    ["cell/prompt.tsx", ["cell/tools.tsx"]],
    ["cell/tools.tsx", ["cell/view.tsx"]],
    ["attic/box.ts", ["../../src/logger.ts"]],
  ]);
  assert.deepEqual(unknownRooms(wrong), ["attic/box.ts"]);
  assert.deepEqual(upwardImports(wrong), ["store/rows.ts imports cell/view.tsx"]);
  assert.equal(findCircle(wrong), "cell/view.tsx imports cell/prompt.tsx imports cell/tools.tsx imports cell/view.tsx");
});

type Arrow = readonly [file: string, target: string];

function arrowsOf(graph: ReadonlyMap<string, string[]>): Arrow[] {
  return [...graph].flatMap(([file, targets]) => targets.map((target): Arrow => [file, target]));
}

function unknownRooms(graph: ReadonlyMap<string, string[]>): string[] {
  return [...graph.keys()].filter((file) => !ROOMS.includes(roomOf(file)));
}

function upwardImports(graph: ReadonlyMap<string, string[]>): string[] {
  const isUpward = ([file, target]: Arrow) =>
    graph.has(target) && ROOMS.indexOf(roomOf(target)) < ROOMS.indexOf(roomOf(file));
  return arrowsOf(graph).filter(isUpward).map(name);
}

/** The first circle of imports, as a sentence. */
function findCircle(graph: ReadonlyMap<string, string[]>): string | undefined {
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(" imports ");
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const circle = search(target, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
  };
  for (const file of graph.keys()) {
    const circle = search(file, []);
    if (circle !== undefined) return circle;
  }
}

function roomOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : "";
}

function name([file, target]: Arrow): string {
  return `${file} imports ${target}`;
}
