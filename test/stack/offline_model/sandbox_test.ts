/**
 * The sandbox of a hostile cell, which can access neither the machine, nor JavaScript, nor the answers to other cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CHILD_FLAGS } from "../../../stack/offline_model/child_command.ts";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, result, written } from "./support.ts";

/** Python code that creates a built-in module without the import finders. */
const MAKE = "import _imp, importlib.machinery\n" +
  "make = lambda name: _imp.create_builtin(importlib.machinery.ModuleSpec(name, None))\n";

/** Hostile cells, each with the error that ends it. */
const ATTEMPTS: [string, string, RegExp][] = [
  ["imports JavaScript", "import js", /^ModuleNotFoundError: No module named 'js'$/],
  ["imports pyodide_js", "import pyodide_js", /^ModuleNotFoundError: No module named 'pyodide_js'$/],
  ["imports run_js()", "from pyodide.code import run_js", /^ModuleNotFoundError/],
  ["imports pyodide.http", "import pyodide.http", /^ModuleNotFoundError: No module named 'pyodide'$/],
  ["imports Pyodide's core", "import _pyodide_core", /^ModuleNotFoundError/],
  [
    "creates Pyodide's core again",
    `${MAKE}make("_pyodide_core").create_proxy(print)`,
    /^AttributeError: .*create_proxy/,
  ],
  [
    "loads Pyodide's core with an importer",
    "import importlib.machinery as m\nm.BuiltinImporter.load_module('_pyodide_core').to_js",
    /Error/,
  ],
  [
    "imports ctypes",
    "import ctypes",
    /^ModuleNotFoundError: No module named '_ctypes' \(the offline/,
  ],
  ["creates the module _ctypes", `${MAKE}make("_ctypes").dlopen(None)`, /^AttributeError: 'NoneType'/],
  ["creates the module _testcapi", `${MAKE}make("_testcapi").run_in_subinterp("")`, /^AttributeError: 'NoneType'/],
  [
    "creates a JavaScript error",
    "[c for c in Exception.__subclasses__() if c.__name__ == 'JsException'][-1]('a').constructor",
    /^TypeError: The offline model has no JavaScript/,
  ],
  [
    "looks for a JavaScript constructor in the shell's functions",
    "import offline_model.host as h\nnext(f for f in vars(h).values() if hasattr(f, 'constructor'))",
    /^StopIteration/,
  ],
  ["opens a file of the machine", "open('/etc/passwd')", /^FileNotFoundError: \[Errno 2\] No such file/],
  ["reads the machine's processes", "open('/proc/self/environ')", /^FileNotFoundError/],
  [
    "deletes the function that makes errors",
    "import gc, offline_model.linux_errno as m\ndel m.make_error\ngc.collect()\nopen('nosuch')",
    /^FileNotFoundError: \[Errno 2\]/,
  ],
  ["opens a web page", "from urllib.request import urlopen\nurlopen('http://127.0.0.1:9/')", /^URLError/],
  [
    "opens a socket",
    "import socket\nsocket.create_connection(('127.0.0.1', 9))",
    /^OSError: \[Errno 113\] No route to host/,
  ],
  ["starts a program", "import subprocess\nsubprocess.run(['git'])", /^FileNotFoundError: .*: 'git'$/],
  ["forks a process", "import os\nos.fork()", /^OSError: /],
  [
    "reads a file of the machine with a command",
    "import subprocess\nsubprocess.run('cat /etc/hostname', shell=True, check=True)",
    /^subprocess.CalledProcessError|^CalledProcessError: .* non-zero exit status 1\.$/,
  ],
];

/** Expressions that search all objects for JavaScript. Each must find nothing. */
const SEARCHES: [string, string][] = [
  [
    "JavaScript modules",
    "[m for m in gc.get_objects() if type(m) is type(gc) and {'run_js', 'to_js', 'loadPyodide'} & set(vars(m))]",
  ],
  ["loaded JavaScript modules", "[n for n in sys.modules if n == 'js' or 'yodide' in n]"],
  [
    "JavaScript proxies",
    "[o for o in gc.get_objects() if type(o).__name__ == 'JsProxy' or type(type(o)).__name__ == '_JsProxyMetaClass']",
  ],
  [
    "functions of the JavaScript bridge",
    "[f for f in gc.get_objects() if type(f) is type(len) and f.__name__ in ('create_proxy', 'to_js', 'run_sync')]",
  ],
  ["Pyodide's import finders", "[f for f in sys.meta_path if 'yodide' in f.__module__]"],
  ["Pyodide's built-in modules", "[n for n in sys.builtin_module_names if 'yodide' in n]"],
];

Deno.test("a hostile cell can access neither JavaScript nor the machine", async (t) => {
  await using model = await startOfflineModel();
  for (const [what, search] of SEARCHES) {
    await t.step(`a search for ${what} finds nothing`, async () => {
      assert.deepEqual(await ask(model, [`import gc, sys\n${search}`]), [result("[]")]);
    });
  }

  for (const [name, code, expected] of ATTEMPTS) {
    await t.step(`a cell that ${name} ends in an error`, async () => {
      const { ename, evalue } = (await ask(model, [code])).at(-1)!.arguments;
      assert.match(`${ename}: ${evalue}`, expected);
    });
  }

  await t.step("a cell sees only harmless environment variables", async () => {
    assert.deepEqual(await ask(model, ["import os\nprint(*sorted(os.environ))"]), [
      written("stdout", "CLICOLOR CLICOLOR_FORCE FORCE_COLOR GIT_PAGER HOME LANG LOGNAME PAGER PATH TERM USER\n"),
    ]);
  });
});

Deno.test("a cell that writes to the channels of the shell cannot forge events", async (t) => {
  await using model = await startOfflineModel();
  const ends = '{"type":"done","full":false}\\n';

  await t.step("an event that is written to stdout is shown as text", async () => {
    assert.deepEqual(await ask(model, [`import os\nos.write(1, b'${ends}');`]), [
      written("stdout", '{"type":"done","full":false}\n'),
    ]);
  });

  const FORGED: [string, string][] = [
    ["the end of a cell", '{"type":"done","full":false}'],
    ["the beginning of a cell", '{"type":"begun"}'],
    ["two lines", '{"type":"stream","name":"stdout","text":"a"}\\n{"type":"done","full":false}'],
    ["a line break between words", '{"type":"stream",\\n"name":"stdout","text":"a"}'],
    ["an unknown stream", '{"type":"stream","name":"elsewhere","text":"a"}'],
    ["an unknown tool", '{"type":"call","name":"execute","arguments":{}}'],
    ["invalid arguments", '{"type":"call","name":"display","arguments":[]}'],
    ["text that is not JSON", "done"],
  ];
  for (const [what, line] of FORGED) {
    await t.step(`${what}, written to the shell's own device, is rejected`, async () => {
      const calls = await ask(model, [`open('/dev/outputs', 'wb', 0).write(b'${line}')`]);
      assert.match(String(calls.at(-1)?.arguments.ename), /^(OSError|DeadKernelError)$/);
    });
  }

  await t.step("a cell that closes the shell's files still shows its output", async () => {
    assert.deepEqual(await ask(model, ["import os\nos.closerange(3, 200)\nprint('here')\n'after'"]), [
      written("stdout", "here\n"),
      result("'after'"),
    ]);
  });
});

Deno.test("a cell cannot forge the answer to a cell of another notebook", async () => {
  await using model = await startOfflineModel();
  const forging = `import time
import offline_model.host as host
print("started")
host._report('{"type":"done","full":false}\\n')
time.sleep(0.3)
print("forged")`;
  const [forged, answer] = await Promise.all([
    ask(model, [forging], { key: "forger" }),
    ask(model, ["'mine'"], { key: "other" }),
  ]);
  assert.deepEqual(answer, [result("'mine'")]);
  assert.deepEqual(forged[0], written("stdout", "started\n"));
});

Deno.test("the thread that runs cells has no access to eval, to files or to the machine", async () => {
  const program = new URL("./closed_realm.ts", import.meta.url).pathname;
  const root = new URL("../../../", import.meta.url).pathname;
  const args = [...CHILD_FLAGS, `--allow-read=${root}`, program];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
    eval: "ReferenceError", // eval() is removed, but the Function constructor cannot be removed
    Function: "EvalError",
    file: "NotCapable",
    left: [],
  }, new TextDecoder().decode(stderr));
});

Deno.test("the child process has only the environment variables that Deno needs", async () => {
  await using model = await startOfflineModel();
  const environment = await Deno.readTextFile(`/proc/${await model.pid()}/environ`);
  const names = environment.split("\0").filter(Boolean).map((line) => line.split("=")[0]);
  assert.deepEqual(names.filter((name) => !["HOME", "DENO_DIR", "XDG_CACHE_HOME", "NO_COLOR"].includes(name)), []);
});
