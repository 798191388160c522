import assert from "node:assert/strict";
import { CellArchive, MAX_CELLS, MAX_RESTORED } from "../../../src/jupyter/kernel/cell_archive.ts";
import { silentLogger } from "../../../src/logger.ts";

/** Opens archives of one file in a temporary folder. */
async function openFolder() {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/history`;
  return {
    path,
    open: () => CellArchive.open(path, silentLogger),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

const cell = (executionCount: number) => ({ executionCount, code: `f(${executionCount})`, outputs: [] });

Deno.test("CellArchive lists the last 10,000 cells of its file, and gives fewer to a new shell", async () => {
  await using at = await openFolder();
  const lines = Array.from({ length: MAX_CELLS + 1 }, (_, n) => `${JSON.stringify({ session: 1, ...cell(n + 1) })}\n`);
  await Deno.writeTextFile(at.path, lines.join(""));
  const archive = at.open();
  assert.equal(MAX_CELLS, 10_000);
  assert.deepEqual([archive.cells.length, archive.cells[0].executionCount], [MAX_CELLS, 2]);
  archive.add(cell(MAX_CELLS + 2));
  assert.deepEqual([archive.cells.length, archive.cells[0].executionCount], [MAX_CELLS, 3]);
  assert.deepEqual(at.open().cells, archive.cells);
  assert.deepEqual(at.open().restored, archive.cells.slice(-MAX_RESTORED));
});

Deno.test("CellArchive gives each session its own number when several kernels use the file at once", async () => {
  await using at = await openFolder();
  at.open().add(cell(1));
  const [one, other] = [at.open(), at.open()];
  for (const archive of [other, one, other]) archive.add(cell(2));
  assert.deepEqual([other.session, one.session], [2, 3]);
  assert.deepEqual([other, one].map(({ cells }) => cells.map(({ session }) => session)), [[1, 2, 2], [1, 3]]);
  const later = at.open();
  assert.deepEqual(later.cells.map(({ session }) => session), [1, 2, 3, 2]);
  assert.equal(later.session, 4);
});
