import assert from "node:assert/strict";
import { type Logger, silentLogger } from "../../../../src/logger.ts";
import { type OfflineModelOptions, startOfflineModel } from "../../../../stack/offline_model/offline_model.ts";
import { ask, result, written } from "../support.ts";
import { type Distribution, serveDistribution, type TestPackage } from "./distribution.ts";
import { NATIVE_MODULE } from "./wheels.ts";

/** Starts a model with the packages of a test's distribution. */
const start = ({ lock, url, cacheDir: keptIn }: Distribution, options: OfflineModelOptions = {}) =>
  startOfflineModel({ packages: { lock, url, keptIn }, ...options });

const PACKAGES: Readonly<Record<string, TestPackage>> = {
  eggs: {
    depends: ["shells"],
    files: {
      "eggs/__init__.py": "import shells\n" +
        "try:\n    import jam\nexcept ImportError:\n    jam = None\n" +
        "from eggs.boil import boil\n",
      "eggs/boil.py":
        "def boil(minutes):\n    if minutes < 3:\n        raise ValueError('raw')\n    return shells_of()\n\n" +
        "def shells_of():\n    import shells\n    return shells.colour\n\n" +
        "def spread():\n    import jam\n    return jam.sort\n",
      "eggs/data.txt": "twelve",
      "eggs-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: eggs\nVersion: 1.0\n",
      "eggs-1.0.data/purelib/yolk.py": "colour = 'yellow'",
      "eggs-1.0.data/scripts/eggs": "#!python",
    },
  },
  shells: { files: { "shells.py": "colour = 'white'" } },
  build: { files: { "build.py": "import sys\nnames = sys.platform, sys.maxsize" } },
  jam: { files: { "jam.py": "sort = 'plum'" } },
  native: { files: { "native.cpython-314-wasm32-emscripten.so": NATIVE_MODULE } },
  broken: { bytes: new TextEncoder().encode("not a zip archive") },
  numbers: {
    imports: ["numpy"],
    files: { "numpy.py": "try:\n    import ctypes\nexcept ImportError:\n    ctypes = None" },
  },
  frames: {
    imports: ["frames"],
    files: { "frames.py": "import ctypes\nsize = ctypes.sizeof(ctypes.c_int)\nmake = lambda: ctypes.c_int(1)" },
  },
  busy: {
    files: {
      "busy.py": "import threading\nthreading.Timer(60, print, ['late']).start()\n" +
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n" +
        "done = []\nthread = threading.Thread(target=done.append, args=[1])\nthread.start()\nthread.join()",
    },
  },
};

const eggFiles = ["eggs-1.0-py3-none-any.whl", "shells-1.0-py3-none-any.whl"];

Deno.test("a package sees the platform of Pyodide's build, not the Linux platform that a cell sees", async () => {
  await using distribution = await serveDistribution(PACKAGES);
  await using model = await start(distribution);
  const names = ["import sys\nsys.platform, sys.maxsize > 2**32", "import build\nbuild.names"];
  assert.deepEqual(await ask(model, names.slice(0, 1)), [result("('linux', True)")]);
  assert.deepEqual(await ask(model, names), [result(`('emscripten', ${2 ** 31 - 1})`)]);
});

Deno.test("a cell imports a package", async (t) => {
  await using distribution = await serveDistribution(PACKAGES);
  const said: string[] = [];
  const logger: Logger = { ...silentLogger, info: (message) => said.push(message) };
  await using model = await start(distribution, { logger });

  await t.step("a package is fetched with its dependencies, but without optional imports", async () => {
    assert.deepEqual(await ask(model, ["import eggs\neggs.boil(4), eggs.jam"]), [result("('white', None)")]);
    assert.deepEqual(distribution.fetched.toSorted(), eggFiles);
    assert.match(said.join(), /^fetching what the import of eggs needs from 127\.0\.0\.1:\d+: shells 1\.0, eggs 1\.0$/);
  });

  await t.step("a package that a function imports is fetched, too", async () => {
    assert.deepEqual(await ask(model, ["from eggs.boil import spread\nspread()"]), [result("'plum'")]);
  });

  await t.step("the files of a package are in the folder where Python looks for them", async () => {
    const code = "import eggs, yolk, pathlib, importlib.metadata as m\n" +
      "m.version('eggs'), eggs.__file__, pathlib.Path(eggs.__file__).with_name('data.txt').read_text(), yolk.colour";
    const file = "/usr/lib/python3/dist-packages/eggs/__init__.py";
    assert.deepEqual(await ask(model, [code]), [result(`('1.0', '${file}', 'twelve', 'yellow')`)]);
  });

  await t.step("a traceback shows the lines of a package", async () => {
    const [{ name, arguments: { traceback } }] = await ask(model, ["import eggs\neggs.boil(1)"]);
    assert.equal(name, "error");
    const text = (traceback as string[]).join("\n");
    assert.match(text, /File \/usr\/lib\/python3\/dist-packages\/eggs\/boil\.py:3, in boil\(minutes\)\n/);
    assert.match(text, /----> 3 {9}raise ValueError\('raw'\)/);
    assert.doesNotMatch(text, /offline_model/);
  });

  await t.step("a package with a native module is loaded", async () => {
    assert.deepEqual(await ask(model, ["import native\nnative.answer"]), [result("42")]);
  });

  await t.step("a package that starts threads is loaded", async () => {
    assert.deepEqual(await ask(model, ["import busy\nbusy.done"]), [result("[1]")]);
  });

  await t.step("an import that fails keeps the output before it", async () => {
    distribution.answerWith(() => new Response(null, { status: 500 }));
    const calls = await ask(model, ["print('before')\nimport numpy"]);
    assert.deepEqual(calls[0], written("stdout", "before\n"));
    assert.match(
      `${calls[1].arguments.evalue}`,
      /^No module named 'numpy' \(the offline model has Python's standard lib/,
    );
    distribution.answerWith();
  });
});

Deno.test("a package cannot call C functions by their address", async (t) => {
  await using distribution = await serveDistribution(PACKAGES);
  await using model = await start(distribution);

  await t.step("a package can read the sizes of C types", async () => {
    assert.deepEqual(await ask(model, ["import frames\nframes.size"]), [result("4")]);
    const [{ arguments: { ename, evalue } }] = await ask(model, ["import frames\nframes.make()"]);
    assert.equal(`${ename}: ${evalue}`, "NotImplementedError: the offline model's Python comes without ctypes");
  });

  await t.step("numpy is loaded without ctypes", async () => {
    const cells = ["import sys\nsys.modules.pop('ctypes', None);", "import numpy\nnumpy.ctypes is None"];
    await ask(model, cells.slice(0, 1));
    assert.deepEqual(await ask(model, cells), [result("True")]);
  });

  await t.step("a cell cannot import ctypes", async () => {
    const [{ arguments: { ename } }] = await ask(model, ["import sys\nsys.modules.pop('ctypes', None)\nimport ctypes"]);
    assert.equal(ename, "ModuleNotFoundError");
  });
});

Deno.test("the message of a failed import gives the reason", async (t) => {
  await using distribution = await serveDistribution(PACKAGES);
  const { lock, url, cacheDir: keptIn } = distribution;
  const fail = async (code: string, packages: OfflineModelOptions["packages"]) => {
    await using model = await startOfflineModel({ packages });
    const [{ arguments: { ename, evalue } }] = await ask(model, [code]);
    return `${ename}: ${evalue}`;
  };

  await t.step("the message names --no-packages when that flag switches packages off", async () => {
    assert.equal(
      await fail("import numpy.linalg", "off"),
      "ModuleNotFoundError: No module named 'numpy' (the offline model has Python's standard library only, as it was " +
        "started with --no-packages. Start it without that flag, and it fetches numpy)",
    );
  });

  await t.step("the message mentions only the standard library when packages have no option", async () => {
    assert.match(await fail("import numpy", undefined), /\(the offline model has Python's standard library only\)$/);
  });

  await t.step("the message reports a package that the distribution lacks", async () => {
    assert.equal(
      await fail("import torch", { lock, url, keptIn }),
      "ModuleNotFoundError: No module named 'torch' (the offline model has Python's standard library and the packages of " +
        "Pyodide's distribution, which lacks it)",
    );
  });

  await t.step("the message reports a file that is not a wheel", async () => {
    assert.equal(
      await fail("import broken", { lock, url, keptIn }),
      "ModuleNotFoundError: No module named 'broken' (broken-1.0-py3-none-any.whl is not a wheel)",
    );
  });

  await t.step("the message is Python's own when no package has the name", async () => {
    assert.equal(await fail("import nosuch", { lock, url, keptIn }), "ModuleNotFoundError: No module named 'nosuch'");
    assert.equal(
      await fail("import eggs.nosuch", { lock, url, keptIn }),
      "ModuleNotFoundError: No module named 'eggs.nosuch'",
    );
  });
});

Deno.test("a new process loads the packages of the notebook from disk", async (t) => {
  await using distribution = await serveDistribution(PACKAGES);
  for (const forgetful of [false, true]) {
    await t.step(
      `packages are loaded again ${forgetful ? "by a forgetful model" : "after the process has ended"}`,
      async () => {
        await using model = await start(distribution, { forgetful });
        const cells = ["import eggs", "n = eggs.boil(4)", "n"];
        for (const end of [1, 2]) await ask(model, cells.slice(0, end), { key: "a" });
        await model.endNotebook("a");
        distribution.answerWith(() => new Response(null, { status: 500 }));
        assert.deepEqual((await ask(model, cells, { key: "a" })).at(-1), result("'white'"));
        distribution.answerWith();
      },
    );
  }
  assert.equal(distribution.fetched.length, eggFiles.length);
});

Deno.test("a cell that waits for a package can be interrupted and does not exceed its time limit", async (t) => {
  await using distribution = await serveDistribution(PACKAGES);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  distribution.answerWith(async (_, bytes) => {
    await released;
    return new Response(bytes);
  });
  await using model = await start(distribution, { limits: { cellMs: 1_000 } });

  await t.step("a client that hangs up interrupts the wait", async () => {
    const hangingUp = new AbortController();
    const asked = ask(model, ["import jam"], { key: "a", signal: hangingUp.signal });
    await distribution.nextRequest();
    hangingUp.abort();
    await assert.rejects(asked, { name: "AbortError" });
    assert.deepEqual(await ask(model, ["import jam", "1 + 1"], { key: "a" }), [result("2")]);
  });

  await t.step("a server slower than the time limit does not end the cell", async () => {
    const asked = ask(model, ["import shells\nshells.colour"], { key: "b" });
    setTimeout(release, 1_500);
    assert.deepEqual(await asked, [result("'white'")]);
  });

  await t.step("a wheel that was fetched after an interruption is used", async () => {
    const before = distribution.fetched.length;
    assert.deepEqual(await ask(model, ["import jam\njam.sort"], { key: "c" }), [result("'plum'")]);
    assert.equal(distribution.fetched.length, before);
  });
});

Deno.test("the device for imports answers valid questions and refuses other text", async (t) => {
  await using distribution = await serveDistribution(PACKAGES);
  await using model = await start(distribution);
  const OPEN = "import os, json\nfd = os.open('/dev/imports', os.O_RDWR)\n";
  await t.step("text that is not a question is refused", async () => {
    for (const text of ["", "jam", "{}", '{"module": 1, "loaded": []}', '{"module": "jam", "loaded": [1]}']) {
      const [{ arguments: { evalue } }] = await ask(model, [
        `${OPEN}os.write(fd, ${JSON.stringify(`${text} `)}.encode())`,
      ]);
      assert.equal(evalue, "[Errno 22] Invalid argument");
    }
  });
  await t.step("a question is answered", async () => {
    const code = `${OPEN}os.write(fd, b'{"module": "nosuch", "loaded": []}')\njson.loads(os.read(fd, 1000))['wheels']`;
    assert.deepEqual(await ask(model, [code]), [result("[]")]);
  });
});
