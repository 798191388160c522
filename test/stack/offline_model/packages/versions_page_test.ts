import assert from "node:assert/strict";
import { PERSONA } from "../../../../src/python/persona.ts";
import { PackageLock } from "../../../../stack/offline_model/packages/package_lock.ts";
import { WHEEL_STALL_MS } from "../../../../stack/offline_model/packages/fetch_wheel.ts";
import { FAILURE_MEMORY_MS } from "../../../../stack/offline_model/packages/packages.ts";

const page = await Deno.readTextFile(new URL("../../../../docs/offline-packages.md", import.meta.url));

Deno.test("docs/offline-packages.md has the versions of the persona and of Pyodide's lock", async () => {
  const lock = await PackageLock.read(new URL("pyodide-lock.json", import.meta.resolve("pyodide")));
  const rows = Array.from(page.matchAll(/^\| (\w+) +\| ([\d.]+) +\| ([\d.]+) +\|$/gm), (row) => row.slice(1));
  const expected = Object.entries(PERSONA.packages).map(([name, version]) => [name, version, lock.versionOf(name)]);
  assert.deepEqual(rows, expected);
  for (const [name, persona, offline] of rows.filter(([, persona, offline]) => !offline.startsWith(`${persona}.`))) {
    const [major, minor] = offline.split(".");
    assert.ok(
      page.includes(`- **${name} ${major}.${minor}**`),
      `the page does not say how ${offline} differs from ${persona}`,
    );
  }
});

Deno.test("docs/offline-packages.md has the time limits of downloads", () => {
  const text = page.replaceAll(/\s+/g, " ");
  assert.ok(text.includes(`after ${WHEEL_STALL_MS / 1000} seconds of silence`));
  assert.equal(FAILURE_MEMORY_MS, 120_000);
  assert.ok(text.includes("nothing is tried again for two minutes"));
});
