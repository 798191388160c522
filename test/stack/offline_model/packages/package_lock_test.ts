import assert from "node:assert/strict";
import { PackageLock, UnloadablePackageError } from "../../../../stack/offline_model/packages/package_lock.ts";
import { serveDistribution } from "./distribution.ts";

const LOCK = new URL("pyodide-lock.json", import.meta.resolve("pyodide"));

const nameAll = (lock: PackageLock, module: string) => lock.wheelsOf(module).map(({ name }) => name);

Deno.test("PackageLock lists the wheels of a module in Pyodide's lock, dependencies first", async () => {
  const lock = await PackageLock.read(LOCK);
  assert.deepEqual(nameAll(lock, "numpy"), ["numpy"]);
  const pandas = nameAll(lock, "pandas");
  assert.equal(pandas.at(-1), "pandas");
  assert.ok(pandas.indexOf("six") < pandas.indexOf("python-dateutil"), `${pandas}`);
  for (const { fileName, sha256 } of lock.wheelsOf("matplotlib")) {
    assert.match(fileName, /^[\w.]+-[\w.]+-\S+\.whl$/);
    assert.match(sha256, /^[0-9a-f]{64}$/);
  }
});

Deno.test("PackageLock finds modules by their import names and packages by any spelling", async () => {
  const lock = await PackageLock.read(LOCK);
  assert.deepEqual(nameAll(lock, "PIL"), ["Pillow"]);
  assert.equal(nameAll(lock, "mpl_toolkits").at(-1), "matplotlib");
  assert.ok(nameAll(lock, "pydantic").includes("pydantic_core"), "it depends on pydantic_core, which is pydantic-core");
  assert.equal(lock.hasModule("torch"), false);
  assert.deepEqual(lock.wheelsOf("torch"), []);
  assert.equal(lock.versionOf("Pillow"), lock.versionOf("pillow"));
});

Deno.test("PackageLock refuses files that are not wheels and packages that need them", async (t) => {
  await using distribution = await serveDistribution({
    shapes: { depends: ["libgeos"] },
    libgeos: { type: "shared_library", fileName: "libgeos-3.zip", imports: [] },
    odd: { fileName: "../odd-1.0-py3-none-any.whl" },
    lone: { depends: ["gone"] },
  });
  const lock = await PackageLock.read(distribution.lock);
  const REFUSALS: [string, string, RegExp][] = [
    [
      "a package that needs a shared library",
      "shapes",
      /^shapes needs libgeos, which is not a Python wheel, and the offline/,
    ],
    ["a file name with a path", "odd", /^odd is not a Python wheel/],
    ["a package with a missing dependency", "lone", /^lone needs gone, which Pyodide's distribution lacks$/],
  ];
  for (const [what, module, message] of REFUSALS) {
    await t.step(`${what} is refused`, () => {
      assert.throws(() => lock.wheelsOf(module), (error) => {
        assert.ok(error instanceof UnloadablePackageError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

Deno.test("PackageLock lists packages that depend on each other once", async () => {
  await using distribution = await serveDistribution({ one: { depends: ["two"] }, two: { depends: ["one"] } });
  const lock = await PackageLock.read(distribution.lock);
  assert.deepEqual(nameAll(lock, "one"), ["two", "one"]);
});
