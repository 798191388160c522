/**
 * The list of notebooks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { NotebookShelf } from "../../server/notebook_shelf.ts";

/** Provides a function that opens the list in a new folder. Each change is one minute after the previous one. */
async function withShelves(test: (open: () => Promise<NotebookShelf>, file: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "notebook-shelf-" });
  let minutes = 0;
  let ids = 0;
  const options = {
    dataDir,
    clock: { date: () => new Date(Date.UTC(2026, 0, 1, 0, minutes++)) },
    newId: () => `id${ids++}`,
  };
  try {
    await test(() => NotebookShelf.open(options), join(dataDir, "notebooks.json"));
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

Deno.test("a notebook stays on the list after a restart, with its title and number of cells", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const { id } = shelf.draft("Untitled");
    shelf.change(id, { title: "Swifts", cells: 3 });
    const [notebook] = (await open()).all;
    assert.deepEqual(notebook, {
      id: "id0",
      title: "Swifts",
      cells: 3,
      createdAt: "2026-01-01T00:00:00.000Z",
      changedAt: "2026-01-01T00:01:00.000Z",
    });
  }));

Deno.test("the notebook that changed last is the first of the list", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const first = shelf.draft("first");
    shelf.change(first.id, {});
    shelf.change(shelf.draft("second").id, {});
    assert.deepEqual(shelf.all.map(({ title }) => title), ["second", "first"]);
    shelf.change(first.id, { cells: 1 });
    assert.deepEqual(shelf.all.map(({ title }) => title), ["first", "second"]);
  }));

Deno.test("a removed notebook stays removed, even if a change of it arrives later", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const { id } = shelf.draft("gone");
    shelf.change(id, { cells: 1 });
    shelf.remove(id);
    shelf.change(id, { title: "back" });
    assert.equal(shelf.has(id), false);
    assert.deepEqual((await open()).all, []);
  }));

Deno.test("a list that cannot be read is reported and not overwritten", () =>
  withShelves(async (open, file) => {
    await Deno.writeTextFile(file, "{");
    await assert.rejects(open(), /notebooks\.json cannot be read .*: repair or remove it/);
    assert.equal(await Deno.readTextFile(file), "{");
  }));

Deno.test("a draft exists, but is not on the list", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const { id } = shelf.draft("Draft");
    assert.ok(shelf.has(id));
    assert.deepEqual([shelf.all, (await open()).has(id)], [[], false]);
    shelf.remove(id);
    assert.ok(!shelf.has(id));
  }));

Deno.test("the oldest drafts are removed when there are more than 100", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const ids = Array.from({ length: 101 }, () => shelf.draft("Draft").id);
    assert.deepEqual(ids.map((id) => shelf.has(id)), [false, ...Array(100).fill(true)]);
  }));

Deno.test("a change that cannot be written changes neither the list nor the file", () =>
  withShelves(async (open, file) => {
    const shelf = await open();
    const { id } = shelf.draft("Kept");
    shelf.change(id, { cells: 1 });
    const draft = shelf.draft("Draft");
    const before = shelf.all;
    const content = await Deno.readTextFile(file);
    // Not even root can replace a folder by a file.
    await Deno.remove(file);
    await Deno.mkdir(`${file}/x`, { recursive: true });
    const unwritten = {
      name: "StorageError",
      path: file,
      message: /notebooks\.json cannot be written: .*\. Nothing was changed/,
    };
    assert.throws(() => shelf.change(id, { title: "Changed" }), unwritten);
    assert.throws(() => shelf.change(draft.id, { cells: 1 }), unwritten);
    assert.throws(() => shelf.remove(id), unwritten);
    assert.deepEqual(shelf.all, before);
    await Deno.remove(file, { recursive: true });
    shelf.change(id, {});
    assert.deepEqual(JSON.parse(await Deno.readTextFile(file)).length, JSON.parse(content).length);
  }));
