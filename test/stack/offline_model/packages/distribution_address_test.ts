import assert from "node:assert/strict";
import { KERNEL_LIMITS } from "../../../../stack/offline_model/kernel_limits.ts";
import type { PackagesRequest } from "../../../../stack/offline_model/packages/packages.ts";
import { PythonProcess } from "../../../../stack/offline_model/python_process.ts";

Deno.test("Pyodide itself names the address of its distribution, of its own version", async () => {
  const pyodideUrl = new URL(".", import.meta.resolve("pyodide")).href;
  const { version } = JSON.parse(await Deno.readTextFile(new URL("package.json", pyodideUrl)));
  const requests: PackagesRequest[] = [];
  const process = PythonProcess.start({
    ...KERNEL_LIMITS,
    pyodideUrl,
    pythonDir: new URL("../../../../stack/offline_model/python", import.meta.url).pathname,
  }, (request) => {
    requests.push(request);
    return Promise.resolve({ isKnown: false, wheels: [] });
  });
  try {
    await process.ready();
    const cell = {
      executionCount: 1,
      code: "import numpy",
      muted: false,
      partial: false,
      fresh: false,
      canAsk: false,
      answers: [],
    };
    for await (const _ of process.run(cell, () => {}));
    const [{ module, distribution, loaded }] = requests;
    assert.deepEqual([module, loaded.size], ["numpy", 0]);
    const { protocol, pathname } = new URL(distribution);
    assert.equal(protocol, "https:");
    assert.ok(pathname.endsWith(`/v${version}/full/`), distribution);
  } finally {
    await process.close();
  }
});
