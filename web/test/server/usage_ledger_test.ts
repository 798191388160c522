/**
 * The costs of a notebook's cells, stored in files.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { UsageTotal } from "../../../src/execution/usage_meter.ts";
import type { StorageError } from "../../server/storage_error.ts";
import { UsageLedger } from "../../server/usage_ledger.ts";

/** Provides a folder, its notebooks, and ledgers on it. A second ledger is that of a server after a crash. */
async function withLedger(
  test: (at: { folder: string; there: Set<string>; open(): UsageLedger; problems: StorageError[] }) => unknown,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "usage-ledger-" });
  const there = new Set(["n", "other"]);
  const problems: StorageError[] = [];
  const open = () =>
    new UsageLedger({
      dataDir: folder,
      has: (id) => there.has(id),
      onStorageError: (error) => void problems.push(error),
    });
  try {
    await test({ folder, there, open, problems });
    await Deno.chmod(join(folder, "usage"), 0o700);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const cost = (dollars?: number): UsageTotal => ({
  requests: 1,
  input: 100,
  cachedInput: 40,
  output: 5,
  ...dollars !== undefined && { cost: dollars },
});

/** Makes the usage of a completed cell. The session's usage is not stored, because the session ends with its agent. */
const ended = (cellId: string, cell: UsageTotal) => ({ cellId, cell, session: { cells: 1, ...cell } });

Deno.test("a notebook has the total of its cells' costs and the cost of each cell's last run", () =>
  withLedger(({ open }) => {
    const ledger = open();
    ledger.add("n", ended("a", cost(0.25)));
    ledger.add("n", ended("b", cost(0.5)));
    ledger.add("n", ended("a", cost(1)));
    assert.deepEqual(ledger.read("n"), {
      total: { cells: 3, requests: 3, input: 300, cachedInput: 120, output: 15, unpriced: 0, cost: 1.75 },
      cells: { a: cost(1), b: cost(0.5) },
    });
    assert.equal(ledger.read("other").total.cells, 0);
  }));

Deno.test("costs are known after a restart without a shutdown", () =>
  withLedger(({ open }) => {
    open().add("n", ended("a", cost(0.25)));
    const next = open();
    next.add("n", ended("a", cost(0.25)));
    assert.deepEqual(open().read("n"), next.read("n"));
    assert.equal(next.read("n").total.cost, 0.5);
  }));

Deno.test("tokens without a price are counted separately", () =>
  withLedger(({ open }) => {
    const ledger = open();
    ledger.add("n", ended("a", cost()));
    assert.deepEqual([ledger.read("n").total.cost, ledger.read("n").total.unpriced], [undefined, 105]);
    ledger.add("n", ended("a", cost(0.5)));
    assert.deepEqual([ledger.read("n").total.cost, ledger.read("n").total.unpriced], [0.5, 105]);
  }));

Deno.test({
  name: "the files are private",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withLedger(async ({ folder, open }) => {
      open().add("n", ended("a", cost()));
      for (const path of ["usage", "usage/n.json"]) {
        assert.equal((await Deno.stat(join(folder, path))).mode! & 0o077, 0, path);
      }
    }),
});

Deno.test("only the cells that ran last are kept, and the total includes all cells", () =>
  withLedger(({ open }) => {
    const ledger = open();
    for (let number = 0; number < 1_001; number++) ledger.add("n", ended(`cell-${number}`, cost()));
    ledger.add("n", ended("cell-500", cost()));
    assert.ok("cell-1" in ledger.read("n").cells);
    ledger.add("n", ended("cell-1", cost()));
    ledger.add("n", ended("last", cost()));
    const { total, cells } = ledger.read("n");
    assert.equal(total.cells, 1_004);
    assert.equal(Object.keys(cells).length, 1_000);
    assert.deepEqual(["cell-0", "cell-1", "cell-2", "last"].map((id) => id in cells), [false, true, false, true]);
  }));

Deno.test("a deleted notebook leaves no file behind, even if one of its cells ends later", () =>
  withLedger(async ({ folder, there, open }) => {
    const ledger = open();
    ledger.add("n", ended("a", cost()));
    there.delete("n");
    ledger.forget("n");
    ledger.add("n", ended("a", cost()));
    assert.equal(ledger.read("n").total.cells, 0);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(join(folder, "usage"))), []);
  }));

Deno.test("a new ledger removes only the files of notebooks that no longer exist", () =>
  withLedger(async ({ folder, there, open }) => {
    for (const id of ["n", "other"]) open().add(id, ended("a", cost()));
    there.delete("n");
    assert.equal(open().read("other").total.cells, 1);
    const names = (await Array.fromAsync(Deno.readDir(join(folder, "usage")))).map(({ name }) => name);
    assert.deepEqual(names, ["other.json"]);
  }));

Deno.test("a file that cannot be read is ignored", () =>
  withLedger(async ({ folder, open }) => {
    const ledger = open();
    for (const text of ["", "{", "null", "[]", '{"total":{"cells":"1"}}', '{"total":{"cells":1}}']) {
      await Deno.writeTextFile(join(folder, "usage/n.json"), text);
      assert.deepEqual(open().read("n").total.cells, 0, text);
    }
    ledger.add("n", ended("a", cost()));
    assert.equal(open().read("n").total.cells, 1);
  }));

Deno.test({
  name: "costs that cannot be written are reported and kept in memory",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withLedger(async ({ folder, open, problems }) => {
      const ledger = open();
      await Deno.remove(join(folder, "usage"));
      ledger.add("n", ended("a", cost(0.5)));
      assert.match(problems[0].message, /usage\/n\.json cannot be written/);
      assert.equal(ledger.read("n").total.cost, 0.5);
      await Deno.mkdir(join(folder, "usage"));
    }),
});
