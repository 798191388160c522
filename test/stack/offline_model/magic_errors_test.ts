import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, misused, result, written } from "./support.ts";

const ENTRY = "InteractiveShell.run_line_magic(self, magic_name, line, _stack_depth)";
const CELL_ENTRY = "InteractiveShell.run_cell_magic(self, magic_name, line, cell)";
const TIME = "ExecutionMagics.time(self, line, cell, local_ns)";
const RUN = "ExecutionMagics.run(self, parameter_s, runner, file_finder)";
const LOAD = [
  "ExtensionManager.load_extension(self, module_str)",
  "ExtensionManager._load_extension(self, module_str)",
  "import_module(name, package)",
  "_gcd_import(name, package, level)",
  "_find_and_load(name, import_)",
  "_find_and_load_unlocked(name, import_)",
];

/** Notebooks whose last cell fails in a magic: the message, and the functions in the traceback. */
const FAILING: [string, string[], string, string[]][] = [
  ["%load_ext of a missing module", ["%load_ext nosuch"], "ModuleNotFoundError: No module named 'nosuch'", [
    ENTRY,
    "ExtensionMagics.load_ext(self, module_str)",
    ...LOAD,
  ]],
  ["%reload_ext of a missing module", ["%reload_ext nosuch"], "ModuleNotFoundError: No module named 'nosuch'", [
    ENTRY,
    "ExtensionMagics.reload_ext(self, module_str)",
    "ExtensionManager.reload_extension(self, module_str)",
    ...LOAD,
  ]],
  ["%run of a missing file", ["%run nosuch.py"], "Exception: File `'nosuch.py'` not found.", [
    RUN,
    "get_py_filename(name)",
    ENTRY,
    RUN,
  ]],
  ["%run of a file of the machine", ["%run /etc/passwd"], "Exception: File `'/etc/passwd'` not found.", [
    RUN,
    "get_py_filename(name)",
    ENTRY,
    RUN,
  ]],
  ["%run without a name", ["%run"], "Exception: you must provide at least a filename.", [RUN, ENTRY, RUN]],
  ["%time of an expression", ["%time 1/0"], "ZeroDivisionError: division by zero", [ENTRY, TIME, TIME]],
  ["%%time of statements", ["%%time\ndef f(): 1/0\nf()\n2"], "ZeroDivisionError: division by zero", [
    CELL_ENTRY,
    TIME,
    TIME,
    "f()",
  ]],
  [
    "%%writefile to a missing folder",
    ["%%writefile /nosuch/x\na"],
    "FileNotFoundError: [Errno 2] No such file or directory: '/nosuch/x'",
    [
      CELL_ENTRY,
      "OSMagics.writefile(self, line, cell)",
    ],
  ],
  [
    "%%bash with a failing command",
    ["%%bash\nexit 3"],
    "CalledProcessError: Command 'b'exit 3\\n'' returned non-zero exit status 3.",
    [
      CELL_ENTRY,
      "ScriptMagics._make_script_magic.<locals>.named_script_magic(line, cell)",
      "ScriptMagics.shebang(self, line, cell)",
    ],
  ],
  [
    "a user-defined magic",
    ["def boom(line): 1/0\nget_ipython().register_magic_function(boom)\n%boom"],
    "ZeroDivisionError: division by zero",
    [ENTRY, "boom(line)"],
  ],
  [
    "input()",
    ["input('x')"],
    "StdinNotImplementedError: raw_input was called, but this frontend does not support input requests.",
    [
      "Kernel.raw_input(self, prompt)",
    ],
  ],
  [
    "getpass()",
    ["import getpass\ngetpass.getpass()"],
    "StdinNotImplementedError: getpass was called, but this frontend does not support input requests.",
    ["Kernel.getpass(self, prompt, stream)"],
  ],
  [
    "%run of a failing file",
    ["%%writefile bad.py\ndef g(x): return 1/x\ng(0)", "%run bad.py"],
    "ZeroDivisionError: division by zero",
    ["g(x)"],
  ],
];

/** Runs the cells of a notebook and returns the calls of the last one. */
async function last(model: Parameters<typeof ask>[0], cells: string[]): Promise<Call[]> {
  let calls: Call[] = [];
  for (const [index, cell] of cells.entries()) calls = await ask(model, [cell], { from: index + 1 });
  return calls;
}

Deno.test("the traceback of a failing magic contains IPython's own frames", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, cells, message, functions] of FAILING) {
    await t.step(`the traceback of ${name} names the functions that IPython names`, async () => {
      const traceback = (await last(model, cells)).at(-1)!.arguments.traceback as string[];
      assert.equal(traceback.at(-1), message);
      const heads = traceback.map((line) => /^(?:File|Cell) .*?, in (.+)\n/.exec(line)?.[1]);
      assert.deepEqual(heads.filter((head) => head !== undefined), functions);
    });
  }

  await t.step("the traceback of an unanswered input() shows the lines of ipykernel", async () => {
    const [call] = await ask(model, ["input('x')"]);
    assert.deepEqual((call.arguments.traceback as string[])[3].split("\n").slice(0, 4), [
      "File /usr/lib/python3/dist-packages/ipykernel/kernelbase.py:1402, in Kernel.raw_input(self, prompt)",
      "   1400 if not self._allow_stdin:",
      '   1401     msg = "raw_input was called, but this frontend does not support input requests."',
      "-> 1402     raise StdinNotImplementedError(msg)",
    ]);
  });

  await t.step("the traceback of an import shows the lines of frozen modules", async () => {
    const [call] = await ask(model, ["import importlib\nimportlib.import_module('nosuch')"]);
    const frozen = (call.arguments.traceback as string[]).filter((line) => line.startsWith("File <frozen importlib"));
    assert.equal(frozen.length, 3);
    assert.match(frozen[2], /\n-> \d+ +raise ModuleNotFoundError\(/);
  });
});

Deno.test("%time shows the times of a failing statement", async () => {
  await using model = await startOfflineModel();
  const calls = await ask(model, ["%time 1/0"]);
  assert.deepEqual(calls.map((call) => call.name), ["stdout", "error"]);
  assert.match(String(calls[0].arguments.text), /^CPU times: user .*\nWall time: .*\n$/);
});

const PROGRAM = "%%writefile s.py\nimport sys\nprint(__name__, sys.argv, __file__)\nsecret = 5";

/** Notebooks that load extensions and run files, with the calls of the last cell. */
const NOTEBOOKS: [string, string[], Call[]][] = [
  ["%load_ext loads an extension of IPython", ["%load_ext autoreload"], []],
  ["%load_ext reports an extension that is already loaded", ["%load_ext autoreload", "%load_ext autoreload"], [
    written("stdout", "The autoreload extension is already loaded. To reload it, use:\n  %reload_ext autoreload\n"),
  ]],
  ["%load_ext reports a module that is not an extension", ["%load_ext json"], [
    written("stdout", "The json module is not an IPython extension.\n"),
  ]],
  ["%load_ext requires the name of a module", ["%load_ext"], [misused("Missing module name.")]],
  [
    "%load_ext loads an extension that a cell wrote",
    ["%%writefile own.py\ndef load_ipython_extension(shell): shell.user_ns['own'] = 'loaded'", "%load_ext own\nown"],
    [result("'loaded'")],
  ],
  ["%run copies the variables of the file into the notebook", [PROGRAM, "%run s.py\nsecret, __name__"], [
    written("stdout", "__main__ ['s.py'] /home/user/s.py\n"),
    result("(5, '__main__')"),
  ]],
  ["%run finds a file without its extension and passes arguments", [PROGRAM, "%run s a 'b c'"], [
    written("stdout", "__main__ ['s.py', 'a', 'b c'] /home/user/s.py\n"),
  ]],
  ["%run -i runs in the notebook's namespace", ["%%writefile i.py\ny = x + 1", "x = 1\n%run -i i.py\ny"], [
    result("2"),
  ]],
  ["%run -n sets __name__ to the file's name", [PROGRAM, "%run -n s.py"], [
    written("stdout", "s ['s.py'] /home/user/s.py\n"),
  ]],
  ["%run ends the cell when the file calls sys.exit()", [
    "%%writefile e.py\nimport sys\nsys.exit(3)",
    "%run e.py\nprint(1)",
  ], [
    {
      name: "error",
      arguments: {
        ename: "SystemExit",
        evalue: "3",
        traceback: ["An exception has occurred, use %tb to see the full traceback.\n", "SystemExit: 3\n"],
      },
    },
  ]],
  ["%run reports a syntax error of the file", ["%%writefile p.py\nx = = 1", "%run p.py"], [
    {
      name: "error",
      arguments: {
        ename: "SyntaxError",
        evalue: "invalid syntax (p.py, line 1)",
        traceback: ["  File /home/user/p.py:1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n"],
      },
    },
  ]],
];

Deno.test("%load_ext and %run behave as in IPython", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, cells, calls] of NOTEBOOKS) {
    await t.step(name, async () => assert.deepEqual(await last(model, cells), calls));
  }
});
