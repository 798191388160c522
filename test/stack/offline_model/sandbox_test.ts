/**
 * What a hostile cell reaches from Python: not the machine, not JavaScript, and not what other cells are answered.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CHILD_FLAGS } from "../../../stack/offline_model/child_command.ts";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, result, written } from "./support.ts";

/** Makes a built-in module without asking the finders. */
const MAKE = "import _imp, importlib.machinery\n" +
  "make = lambda name: _imp.create_builtin(importlib.machinery.ModuleSpec(name, None))\n";

/** Hostile cells, and the error each ends with. */
const ATTEMPTS: [string, string, RegExp][] = [
  ["imports JavaScript", "import js", /^ModuleNotFoundError: No module named 'js'$/],
  ["imports Pyodide's functions", "import pyodide_js", /^ModuleNotFoundError: No module named 'pyodide_js'$/],
  ["imports what runs JavaScript", "from pyodide.code import run_js", /^ModuleNotFoundError/],
  ["imports Pyodide's network", "import pyodide.http", /^ModuleNotFoundError: No module named 'pyodide'$/],
  ["imports Pyodide's core", "import _pyodide_core", /^ModuleNotFoundError/],
  ["makes Pyodide's core anew", `${MAKE}make("_pyodide_core").create_proxy(print)`, /^AttributeError: .*create_proxy/],
  [
    "loads Pyodide's core by hand",
    "import importlib.machinery as m\nm.BuiltinImporter.load_module('_pyodide_core').to_js",
    /Error/,
  ],
  [
    "calls functions by their address",
    "import ctypes",
    /^ModuleNotFoundError: No module named '_ctypes' \(the offline/,
  ],
  ["makes what calls them", `${MAKE}make("_ctypes").dlopen(None)`, /^AttributeError: 'NoneType'/],
  ["makes CPython's tests", `${MAKE}make("_testcapi").run_in_subinterp("")`, /^AttributeError: 'NoneType'/],
  [
    "makes an error of JavaScript",
    "[c for c in Exception.__subclasses__() if c.__name__ == 'JsException'][-1]('a').constructor",
    /^TypeError: The offline model has no JavaScript/,
  ],
  [
    "makes code of text by a function of the shell",
    "import offline_model.host as h\nnext(f for f in vars(h).values() if hasattr(f, 'constructor'))",
    /^StopIteration/,
  ],
  ["opens a file of the machine", "open('/etc/passwd')", /^FileNotFoundError: \[Errno 2\] No such file/],
  ["reads the machine's processes", "open('/proc/self/environ')", /^FileNotFoundError/],
  [
    "deletes what makes errors",
    "import gc, offline_model.linux_errno as m\ndel m.make_error\ngc.collect()\nopen('nosuch')",
    /^FileNotFoundError: \[Errno 2\]/,
  ],
  ["opens a page", "from urllib.request import urlopen\nurlopen('http://127.0.0.1:9/')", /^URLError/],
  [
    "opens a socket",
    "import socket\nsocket.create_connection(('127.0.0.1', 9))",
    /^OSError: \[Errno 113\] No route to host/,
  ],
  ["starts a program", "import subprocess\nsubprocess.run(['git'])", /^FileNotFoundError: .*: 'git'$/],
  ["starts a process", "import os\nos.fork()", /^OSError: /],
  [
    "reads a file of the machine with a command",
    "import subprocess\nsubprocess.run('cat /etc/hostname', shell=True, check=True)",
    /^subprocess.CalledProcessError|^CalledProcessError: .* non-zero exit status 1\.$/,
  ],
];

/** Expressions that look for JavaScript among all objects, none of which there may be. */
const SEARCHES: [string, string][] = [
  [
    "modules",
    "[m for m in gc.get_objects() if type(m) is type(gc) and {'run_js', 'to_js', 'loadPyodide'} & set(vars(m))]",
  ],
  ["loaded modules", "[n for n in sys.modules if n == 'js' or 'yodide' in n]"],
  [
    "proxies",
    "[o for o in gc.get_objects() if type(o).__name__ == 'JsProxy' or type(type(o)).__name__ == '_JsProxyMetaClass']",
  ],
  [
    "functions of the bridge",
    "[f for f in gc.get_objects() if type(f) is type(len) and f.__name__ in ('create_proxy', 'to_js', 'run_sync')]",
  ],
  ["finders", "[f for f in sys.meta_path if 'yodide' in f.__module__]"],
  ["built-in modules", "[n for n in sys.builtin_module_names if 'yodide' in n]"],
];

Deno.test("a hostile cell finds nothing when it", async (t) => {
  await using model = await startOfflineModel();
  for (const [what, search] of SEARCHES) {
    await t.step(`looks for ${what}`, async () => {
      assert.deepEqual(await ask(model, [`import gc, sys\n${search}`]), [result("[]")]);
    });
  }

  for (const [name, code, expected] of ATTEMPTS) {
    await t.step(name, async () => {
      const { ename, evalue } = (await ask(model, [code])).at(-1)!.arguments;
      assert.match(`${ename}: ${evalue}`, expected);
    });
  }

  await t.step("looks at the environment", async () => {
    assert.deepEqual(await ask(model, ["import os\nprint(*sorted(os.environ))"]), [
      written("stdout", "CLICOLOR CLICOLOR_FORCE FORCE_COLOR GIT_PAGER HOME LANG LOGNAME PAGER PATH TERM USER\n"),
    ]);
  });
});

Deno.test("what a cell writes past the shell says nothing but its own outputs", async (t) => {
  await using model = await startOfflineModel();
  const ends = '{"type":"done","full":false}\\n';

  await t.step("to stdout", async () => {
    assert.deepEqual(await ask(model, [`import os\nos.write(1, b'${ends}');`]), [
      written("stdout", '{"type":"done","full":false}\n'),
    ]);
  });

  const FORGED: [string, string][] = [
    ["the end of a cell", '{"type":"done","full":false}'],
    ["a cell's beginning", '{"type":"begun"}'],
    ["two lines", '{"type":"stream","name":"stdout","text":"a"}\\n{"type":"done","full":false}'],
    ["a line break between words", '{"type":"stream",\\n"name":"stdout","text":"a"}'],
    ["a stream that is none", '{"type":"stream","name":"elsewhere","text":"a"}'],
    ["a tool that is none", '{"type":"call","name":"execute","arguments":{}}'],
    ["arguments that are none", '{"type":"call","name":"display","arguments":[]}'],
    ["no JSON", "done"],
  ];
  for (const [what, line] of FORGED) {
    await t.step(`to the shell's own device: ${what}`, async () => {
      const calls = await ask(model, [`open('/dev/outputs', 'wb', 0).write(b'${line}')`]);
      assert.match(String(calls.at(-1)?.arguments.ename), /^(OSError|DeadKernelError)$/);
    });
  }

  await t.step("and it still shows what it prints when it has closed what it did not open", async () => {
    assert.deepEqual(await ask(model, ["import os\nos.closerange(3, 200)\nprint('here')\n'after'"]), [
      written("stdout", "here\n"),
      result("'after'"),
    ]);
  });
});

Deno.test("a cell cannot forge what another notebook's cell is answered", async () => {
  await using model = await startOfflineModel();
  const forging = `import time
try:
    import offline_model.host as host
    host._write_line('{"type":"done"}')
except Exception:
    pass
print("begun")
time.sleep(0.3)
print("forged")`;
  const [, answer] = await Promise.all([
    ask(model, [forging], { key: "forger" }),
    ask(model, ["'mine'"], { key: "other" }),
  ]);
  assert.deepEqual(answer, [result("'mine'")]);
});

Deno.test("the thread that runs cells is left with nothing but the language", async () => {
  const program = new URL("./closed_realm.ts", import.meta.url).pathname;
  const root = new URL("../../../", import.meta.url).pathname;
  const args = [...CHILD_FLAGS, `--allow-read=${root}`, program];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
    eval: "ReferenceError", // it is gone, and the constructor of functions cannot be
    Function: "EvalError",
    file: "NotCapable",
    left: [],
  }, new TextDecoder().decode(stderr));
});

Deno.test("the child's environment holds nothing of ours", async () => {
  await using model = await startOfflineModel();
  const environment = await Deno.readTextFile(`/proc/${await model.pid()}/environ`);
  const names = environment.split("\0").filter(Boolean).map((line) => line.split("=")[0]);
  assert.deepEqual(names.filter((name) => !["HOME", "DENO_DIR", "XDG_CACHE_HOME", "NO_COLOR"].includes(name)), []);
});
