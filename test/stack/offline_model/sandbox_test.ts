import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, result } from "./support.ts";

/** Reaches JavaScript by the one way that cannot be closed: the functions with which the shell reports outputs. */
const REACH = "import offline_model.host as host\njs = host._write_line.constructor\n";

/** Hostile cells, and the error each ends with. */
const ATTEMPTS: [string, string, RegExp][] = [
  ["imports JavaScript", "import js", /^ModuleNotFoundError: No module named 'js'$/],
  ["imports Pyodide's network", "import pyodide.http", /^ModuleNotFoundError: No module named 'pyodide'$/],
  ["imports Pyodide's core", "import _pyodide_core", /^ModuleNotFoundError/],
  ["opens a file of the machine", "open('/etc/passwd')", /^FileNotFoundError: \[Errno 2\] No such file/],
  ["reads the machine's processes", "open('/proc/self/environ')", /^FileNotFoundError/],
  ["opens a page", "from urllib.request import urlopen\nurlopen('http://127.0.0.1:9/')", /^URLError/],
  ["opens a socket", "import socket\nsocket.create_connection(('127.0.0.1', 9))", /^OSError: .*unreachable/],
  ["starts a program", "import os\nos.system('ls')", /^OSError: \[Errno 95\] The offline model has no shell/],
  ["reads a program's output", "import os\nos.popen('ls')", /^OSError: \[Errno 95\] The offline model has no shell/],
  ["starts a process", "import subprocess\nsubprocess.run(['ls'])", /^OSError: .*does not support processes/],
  [
    "reads a file through JavaScript",
    `${REACH}js('return Deno.readTextFileSync("/etc/passwd")')()`,
    /Requires read access/,
  ],
  ["reads the environment through JavaScript", `${REACH}js('return Deno.env.toObject()')()`, /Requires env access/],
  [
    "starts a program through JavaScript",
    `${REACH}js('new Deno.Command("/bin/ls").outputSync()')()`,
    /Requires run access/,
  ],
];

Deno.test("a hostile cell finds nothing when it", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, expected] of ATTEMPTS) {
    await t.step(name, async () => {
      const { ename, evalue } = (await ask(model, [code], { key: name })).at(-1)!.arguments;
      assert.match(`${ename}: ${evalue}`, expected);
    });
  }

  await t.step("looks at the environment", async () => {
    assert.deepEqual(await ask(model, ["import os\nsorted(os.environ)"], { key: "environment" }), [
      result("['HOME', 'LANG', 'LOGNAME', 'PATH', 'USER']"),
    ]);
  });

  await t.step("reads through JavaScript what Python was started from", async () => {
    const path = new URL("../../../stack/offline_model/python/IPython/__init__.py", import.meta.url).pathname;
    const [call] = await ask(model, [`${REACH}js('return Deno.readTextFileSync("${path}")')()`], { key: "own files" });
    assert.match(String(call.arguments.evalue), /Requires read access/);
  });

  await t.step("asks JavaScript where it was started from", async () => {
    assert.deepEqual(await ask(model, [`${REACH}js('return Deno.args.join()')()`], { key: "arguments" }), [
      result("''"),
    ]);
  });
});

Deno.test("the child's environment holds nothing of ours", async () => {
  await using model = await startOfflineModel();
  const environment = await Deno.readTextFile(`/proc/${await model.pid()}/environ`);
  const names = environment.split("\0").filter(Boolean).map((line) => line.split("=")[0]);
  assert.deepEqual(names.filter((name) => !["HOME", "DENO_DIR", "XDG_CACHE_HOME", "NO_COLOR"].includes(name)), []);
});
