import assert from "node:assert/strict";
import { PERSONA } from "../../../src/python/persona.ts";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, misused, result, written } from "./support.ts";

const DASHES = "-".repeat(75);

function raised(ename: string, evalue: string, traceback: string[]): Call {
  return { name: "error", arguments: { ename, evalue, traceback } };
}

function shown(data: Record<string, string>, metadata?: Record<string, string | boolean>): Call {
  return { name: "display", arguments: { data, ...(metadata && { metadata }) } };
}

/** Cells and IPython's outputs: a name, the code, and the calls that describe the outputs. */
const CELLS: [string, string, Call[]][] = [
  ["shows the value of the last expression", "1\n2 + 3", [result("5")]],
  ["shows no value after a semicolon", "4;", []],
  [
    "shows stdout, then stderr, then the value of a quick cell",
    "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')\n'd'",
    [
      written("stdout", "a\nc\n"),
      written("stderr", "b\n"),
      result("'d'"),
    ],
  ],
  [
    "keeps the order of flushed texts",
    "import sys\nprint('a', flush=True)\nprint('b', file=sys.stderr, flush=True)\nprint('c')",
    [written("stdout", "a\n"), written("stderr", "b\n"), written("stdout", "c\n")],
  ],
  [
    "keeps the order of texts that a pause or a display separates",
    "import sys, time\nprint('a', file=sys.stderr)\ntime.sleep(0.3)\nprint('b')\ndisplay(1)\nprint('c', file=sys.stderr)\nprint('d')",
    [
      written("stderr", "a\n"),
      written("stdout", "b\n"),
      shown({ "text/plain": "1" }),
      written("stdout", "d\n"),
      written("stderr", "c\n"),
    ],
  ],
  ["wraps values at 79 columns and sorts sets", "[{'b', 'a'}, list(range(21))]", [
    result("[{'a', 'b'},\n [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]]"),
  ]],
  [
    "truncates a list after 1,000 items",
    "from IPython.lib.pretty import pretty\npretty(list(range(2000)))[-11:]",
    [
      result("' 999,\\n ...]'"),
    ],
  ],
  ["passes special characters through unchanged", String.raw`print('"\\ \u2028 é 漢 😀 \x1b[31m\x00', end='')`, [
    written("stdout", '"\\ \u2028 é 漢 😀 \x1b[31m\x00'),
  ]],
  ["joins the halves of a surrogate pair from two prints", String.raw`print('\ud83d', end=''); print('\ude00')`, [
    written("stdout", "😀\n"),
  ]],
  ["supports await at the top level", "import asyncio\nawait asyncio.sleep(0.001, 'slept')", [result("'slept'")]],
  ["shows what os.write() writes to stdout", "import os\nos.write(1, b'raw\\n');", [written("stdout", "raw\n")]],
  ["reports the persona's versions", "import IPython, json\nprint(IPython.__version__, json.__file__)", [
    written("stdout", `${PERSONA.ipython} /usr/lib/python${PERSONA.python}/json/__init__.py\n`),
  ]],
  ["shows the cell's source in a traceback", "x = 1\nx / 0", [
    raised("ZeroDivisionError", "division by zero", [
      DASHES,
      "ZeroDivisionError                         Traceback (most recent call last)",
      "Cell In[1], line 2\n      1 x = 1\n----> 2 x / 0\n",
      "ZeroDivisionError: division by zero",
    ]),
  ]],
  [
    "shows functions and the cause of an exception in a traceback",
    "def f(a, *b):\n    1/0\ntry:\n    f(1)\nexcept Exception as e:\n    raise KeyError('k') from e",
    [
      raised("KeyError", "'k'", [
        DASHES,
        "ZeroDivisionError                         Traceback (most recent call last)",
        "Cell In[1], line 4\n      3 try:\n----> 4     f(1)\n      5 except Exception as e:\n",
        "Cell In[1], line 2, in f(a, *b)\n      1 def f(a, *b):\n----> 2     1/0\n",
        "ZeroDivisionError: division by zero",
        "\nThe above exception was the direct cause of the following exception:\n",
        "KeyError                                  Traceback (most recent call last)",
        "Cell In[1], line 6\n      4     f(1)\n      5 except Exception as e:\n----> 6     raise KeyError('k') from e\n",
        "KeyError: 'k'",
      ]),
    ],
  ],
  ["collapses repeated frames in a traceback", "def r():\n    r()\nr()", [
    raised("RecursionError", "maximum recursion depth exceeded", [
      DASHES,
      "RecursionError                            Traceback (most recent call last)",
      "Cell In[1], line 3\n      1 def r():\n      2     r()\n----> 3 r()\n",
      "Cell In[1], line 2, in r()\n      1 def r():\n----> 2     r()\n",
      "Cell In[1], line 2, in r()\n      1 def r():\n----> 2     r()\n",
      "    [... skipping similar frames: r at line 2 (2975 times)]\n",
      "Cell In[1], line 2, in r()\n      1 def r():\n----> 2     r()\n",
      "RecursionError: maximum recursion depth exceeded",
    ]),
  ]],
  ["points at a syntax error", "x = 1\ny = = 2", [
    raised("SyntaxError", "invalid syntax (2917246964.py, line 2)", [
      "  Cell In[1], line 2\n    y = = 2\n        ^\nSyntaxError: invalid syntax\n",
    ]),
  ]],
  ["names the cell in a warning", "import warnings\nwarnings.warn('careful')", [
    written("stderr", "/tmp/ipykernel_42/2608338407.py:2: UserWarning: careful\n  warnings.warn('careful')\n"),
  ]],
  ["shows log messages on stderr", "import logging\nlogging.warning('w')", [written("stderr", "WARNING:root:w\n")]],
  [
    "displays HTML and SVG",
    "from IPython.display import *\ndisplay(HTML('<b>h</b>'))\nSVG('<?xml version=\"1.0\"?><svg/>')",
    [
      shown({ "text/plain": "<IPython.core.display.HTML object>", "text/html": "<b>h</b>" }),
      {
        name: "execute_result",
        arguments: { data: { "text/plain": "<IPython.core.display.SVG object>", "image/svg+xml": "<svg/>" } },
      },
    ],
  ],
  [
    "updates a display and clears the output",
    "h = display(1, display_id='d')\nh.update(2)\nfrom IPython.display import clear_output\nclear_output(wait=True)",
    [
      shown({ "text/plain": "1" }, { display_id: "d" }),
      shown({ "text/plain": "2" }, { display_id: "d", update: true }),
      shown({}, { clear_output: true, wait: true }),
    ],
  ],
  [
    "shows every representation of an object",
    "class A:\n    def __repr__(self): return 'a'\n    def _repr_markdown_(self): return '**a**'\n    def _repr_png_(self): return b'png', {'width': 1}\nA()",
    [
      {
        name: "execute_result",
        arguments: {
          data: { "text/plain": "a", "text/markdown": "**a**", "image/png": "cG5n" },
          metadata: { "image/png": { width: 1 } },
        },
      },
    ],
  ],
  ["reports an unknown magic", "%nosuch", [misused("Line magic function `%nosuch` not found.")]],
  ["runs line magics", "x = %pwd\n%cd /tmp\nx", [written("stdout", "/tmp\n"), result("'/home/user'")]],
];

Deno.test("the offline model shows what IPython shows", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, calls] of CELLS) {
    await t.step(`the offline model ${name}`, async () => assert.deepEqual(await ask(model, [code]), calls));
  }
});

/** Cells that end in an exception, with its name and message. */
const REFUSALS: [string, string, string, RegExp][] = [
  ["input()", "input('name? ')", "StdinNotImplementedError", /does not support input requests/],
  [
    "an import of a package",
    "import numpy.linalg",
    "ModuleNotFoundError",
    /'numpy' \(the offline model has Python's standard library only\)/,
  ],
  ["an import of JavaScript", "import js", "ModuleNotFoundError", /'js'/],
  ["opening a file of the machine", "open('/etc/hostname')", "FileNotFoundError", /No such file/],
  ["running a program", "import subprocess\nsubprocess.run(['git', 'status'])", "FileNotFoundError", /: 'git'$/],
  ["a wait of centuries", "import time\ntime.sleep(2**63)", "OverflowError", /C PyTime_t$/],
  ["sys.exit()", "import sys\nsys.exit(3)", "SystemExit", /^3$/],
];

Deno.test("a cell ends in an exception when it exits or needs what the offline model lacks", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, ename, evalue] of REFUSALS) {
    await t.step(`${name} raises ${ename}`, async () => {
      const calls = await ask(model, [code]);
      const error = calls.find((call) => call.name === "error");
      assert.equal(error?.arguments.ename, ename);
      assert.match(String(error?.arguments.evalue), evalue);
    });
  }

  await t.step("sys.exit() writes a warning after the error", async () => {
    const warned = await ask(model, ["import sys\nsys.exit('bye')"], { key: "leaving" });
    assert.deepEqual(warned.map(({ name }) => name), ["error", "stderr"]);
  });
});
