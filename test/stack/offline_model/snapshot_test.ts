import assert from "node:assert/strict";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { KERNEL_LIMITS } from "../../../stack/offline_model/kernel_limits.ts";
import { findSnapshot } from "../../../stack/offline_model/snapshot_cache.ts";

Deno.test("findSnapshot() keeps a separate snapshot for each version of the persona", async () => {
  const cache = await Deno.makeTempDir({ prefix: "aipython-snapshots-" });
  const options = {
    pythonMemory: KERNEL_LIMITS.pythonMemory,
    residentMemory: KERNEL_LIMITS.residentMemory,
    pyodideUrl: new URL(".", import.meta.resolve("pyodide")).href,
    pythonDir: fileURLToPath(new URL("../../../stack/offline_model/python", import.meta.url)),
  };
  const nameOf = async (ipython: string) =>
    basename(
      await findSnapshot({ ...options, persona: { ipython, python: "3.14" } }, cache, AbortSignal.timeout(60_000)),
    );
  try {
    const first = await nameOf("9.11.0");
    assert.equal(await nameOf("9.11.0"), first);
    assert.notEqual(await nameOf("9.12.0"), first);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});
