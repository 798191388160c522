/**
 * The list of notebooks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { NotebookShelf } from "../../server/notebook_shelf.ts";

/** Opens shelves in a new folder; each change is a minute after the one before. */
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

Deno.test("a notebook stays on the list over restarts, with its title and cells", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const { id } = shelf.add("Untitled");
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

Deno.test("the notebook that was changed last comes first", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const first = shelf.add("first");
    shelf.add("second");
    assert.deepEqual(shelf.all.map(({ title }) => title), ["second", "first"]);
    shelf.change(first.id, { cells: 1 });
    assert.deepEqual(shelf.all.map(({ title }) => title), ["first", "second"]);
  }));

Deno.test("a removed notebook is gone, and a late change does not bring it back", () =>
  withShelves(async (open) => {
    const shelf = await open();
    const { id } = shelf.add("gone");
    shelf.remove(id);
    shelf.change(id, { title: "back" });
    assert.equal(shelf.has(id), false);
    assert.deepEqual((await open()).all, []);
  }));

Deno.test("a list that cannot be read is named, not overwritten", () =>
  withShelves(async (open, file) => {
    await Deno.writeTextFile(file, "{");
    await assert.rejects(open(), /notebooks\.json cannot be read .*: mend or remove it/);
    assert.equal(await Deno.readTextFile(file), "{");
  }));
