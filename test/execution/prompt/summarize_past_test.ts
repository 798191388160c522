/**
 * The summary of the cells that are left out of a request.
 *
 * @module
 */

import assert from "node:assert/strict";
import { pastOf } from "../../../src/execution/prompt/past_of.ts";
import { summarizePast } from "../../../src/execution/prompt/summarize_past.ts";

const estimate = (text: string) => Math.ceil(text.length / 4);

/** Summarizes cells with the execution counts 1, 2, 3 and so on. */
function summarize(codes: readonly string[], { used = [] as string[], maxTokens = Infinity } = {}): string {
  const cells = codes.map((code, index) => ({ code, executionCount: index + 1 }));
  return summarizePast({ past: pastOf(cells), usedLater: new Set(used), maxTokens, estimate });
}

const WHOLE: [what: string, cells: string[], summary: string][] = [
  ["returns an empty text for no cells", [], ""],
  ["keeps the last definition of a name", ["x = 1\ny = 2", "x = 3", "print(x)"], "y = 2\nx = 3"],
  ["keeps a definition that still binds another name", ["a, b = 1, 2", "a = 3"], "a, b = 1, 2\na = 3"],
  ["drops a deleted name", ["x = 1\ny = 2", "del x"], "y = 2"],
  ["keeps the deletion of a name whose statement stays", ["a, b = 1, 2", "del a"], "a, b = 1, 2\ndel a"],
  ["drops a name of underscores", ["_ = 1\n_, x = 1, 2"], "_, x = 1, 2"],
  [
    "merges imports and puts them first",
    [
      "x = 1\nimport numpy as np, os",
      "import os\nfrom a import b, c",
      "from a import c, d\nimport re",
      "from __future__ import annotations\nfrom z import *",
    ],
    "from __future__ import annotations\nfrom z import *\nimport numpy as np, os, re\nfrom a import b, c, d\nx = 1",
  ],
  [
    "keeps several modules of one package",
    ["import os.path", "import os", "import xml.dom\nimport xml.sax"],
    "import os.path, os, xml.dom, xml.sax",
  ],
  ["keeps only the import of a try statement", ["try:\n    import a\nexcept ImportError:\n    a = None"], "import a"],
  ["keeps the first import of a try statement with two", [
    "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np",
  ], "import cupy as np"],
  ["drops an import whose name is bound again", ["import x", "x = 1", "y = 1", "import y"], "import y\nx = 1"],
  ["names the cell and the code that changed a value", ["x = 1", "x += 1"], "x = 1  # changed since by In [2]: x += 1"],
  [
    "keeps a change in a loop",
    ["t = 0", "for i in y:\n    t = t + i"],
    "t = 0  # changed since by In [2]: t = t + i\nfor i in y:\n    t = t + i",
  ],
  [
    "names the cells of several changes",
    ["x = []", "x.append(1)", "x.append(2)"],
    "x = []  # changed since by In [2], In [3]",
  ],
  [
    "names the first and the last cell of many changes",
    ["x = []", ..."abcde".split("").map((each) => `x.append('${each}')`)],
    "x = []  # changed since by In [2] to In [6] (5 cells)",
  ],
  [
    "names the change of a value that was computed from itself",
    ["df = load()", "df = df.dropna()"],
    "df = load()  # changed since by In [2]: df = df.dropna()",
  ],
  [
    "names which of two names was changed",
    ["a = b = []", "b[0] = 1"],
    "a = b = []\n# b changed since by In [2]: b[0] = 1",
  ],
  ["drops a change of a name that was bound again", ["a = b = []", "b[0] = 1", "b = 5"], "a = b = []\nb = 5"],
  [
    "puts a change below a long definition",
    ["def f():\n    return 1", "f.cache = {}"],
    "def f():\n    return 1\n# f changed since by In [2]: f.cache = {}",
  ],
  ["drops a change before a redefinition", ["x = 1", "x += 1", "x = 5"], "x = 5"],
  ["keeps a name that was only changed", ["x += 1"], "x = ...  # x += 1"],
  [
    "keeps only the last run of a block",
    ["if a:\n    x = 1", "y = 2", "if a:\n    x = 1"],
    "y = 2\nif a:\n    x = 1",
  ],
  ["keeps the settings of modules", [
    "import numpy as np\nimport os",
    "np.set_printoptions(precision=2)\nos.environ['A'] = '1'\nnp.dot(1, 2)",
    "os.environ['A'] = '2'",
  ], "import numpy as np, os\nnp.set_printoptions(precision=2)\nos.environ['A'] = '2'"],
  ["drops the settings of a module that was deleted", ["import random\nrandom.seed(1)", "del random"], ""],
  ["keeps the old value of a default argument", [
    "limit = 5\ndef capped(v, most=limit):\n    return min(v, most)",
    "limit = 50",
  ], "limit = 5\ndef capped(v, most=limit):\n    return min(v, most)\nlimit = 50"],
  ["keeps an old value from which another was computed", ["x = 3", "y = x + 1", "x = 7"], "x = 3\ny = x + 1\nx = 7"],
  [
    "keeps old values that were computed from each other",
    ["x = 1", "y = x + 1", "x = y * 10", "z = x + y", "x = 0"],
    "x = 1\ny = x + 1\nx = y * 10\nz = x + y\nx = 0",
  ],
  [
    "keeps a base class that was redefined",
    ["class A: ...", "class B(A): ...", "class A:\n    n = 2"],
    "class A: ...\nclass B(A): ...\nclass A:\n    n = 2",
  ],
  ["keeps a deleted value from which another was computed", ["x = 3\ny = x + 1", "del x"], "x = 3\ny = x + 1\ndel x"],
  [
    "names the change of an old value from which another was computed",
    ["x = [1]", "x.append(2)", "y = sum(x)", "x = 5"],
    "x = [1]  # changed since by In [2]: x.append(2)\ny = sum(x)\nx = 5",
  ],
  [
    "keeps the old value that a function used when it was called",
    ["rate = 4\ndef conv(a): return a * rate", "y = conv(2)", "rate = 9"],
    "rate = 4\ndef conv(a): return a * rate\ny = conv(2)\nrate = 9",
  ],
  [
    "drops an old value when the function that uses it was never called",
    ["k = 2\ndef f(): return k", "k = 3"],
    "def f(): return k\nk = 3",
  ],
  [
    "drops an old value when the value computed from it was replaced",
    ["x = 1", "y = x + 1", "x = 5", "y = 6"],
    "x = 5\ny = 6",
  ],
  [
    "keeps cell magics that write files as comments",
    ["%%writefile a.txt\ntext", "%cd data"],
    "# %%writefile a.txt\n# %cd data",
  ],
  [
    "keeps the names that magics bind",
    ["files = !ls", "%%capture out\nprint(1)"],
    "files = ...  # !ls\nout = ...  # %%capture out",
  ],
];

for (const [what, cells, summary] of WHOLE) {
  Deno.test(`summarizePast() ${what}`, () => {
    assert.equal(summarize(cells), summary);
  });
}

const LONG = `[${"1, ".repeat(200)}]`;
const FUNCTION = (name: string, callee = "len") =>
  `def ${name}(text, limit=5):\n    # ${"about this function ".repeat(10)}\n    return ${callee}(text)`;

Deno.test("summarizePast() shortens definitions to signatures, and then to names, as the limit becomes smaller", () => {
  const cells = [
    `import os\nx = ${LONG}`,
    FUNCTION("f"),
    `y = ${LONG}\nclass A(dict):\n    def m(self): return ${LONG}\nz = 5`,
  ];
  assert.equal(
    summarize(cells, { maxTokens: 60 }),
    "import os\nx = ...  # list of 200 items\ndef f(text, limit=5): ...\ny = ...  # list of 200 items\n" +
      "class A(dict):\n    def m(self): ...\nz = 5",
  );
  assert.equal(
    summarize(cells, { maxTokens: 25 }),
    "import os\nx = y = ...\ndef f(text, limit=5): ...\nclass A(dict):\n    def m(self): ...\nz = 5",
  );
  assert.equal(
    summarize(cells, { maxTokens: 18 }),
    "import os\nx = y = z = ...\ndef f(text, limit=5): ...\nclass A: ...",
  );
});

Deno.test("summarizePast() groups the names of functions that are listed without their signatures", () => {
  const cells = Array.from({ length: 40 }, (_, index) => FUNCTION(`function_${index}`));
  assert.match(
    summarize(cells, { maxTokens: 200 }),
    /^function_0 = function_1 = .* = lambda \*args, \*\*kwargs: \.\.\. {2}# functions\n(?:.*\n)*function_\d+ = .* = function_39 = .*# functions\n(?:def function_\d\(text, limit=5\): \.\.\.\n?)+$/,
  );
});

Deno.test("summarizePast() keeps the full definitions that later cells use directly or through others", () => {
  const cells = [FUNCTION("helper"), FUNCTION("unused"), FUNCTION("f", "helper"), `x = ${LONG}`];
  const summary = summarize(cells, { used: ["f"], maxTokens: 160 });
  assert.equal(
    summary,
    [cells[0], "def unused(text, limit=5): ...", cells[2], "x = ...  # list of 200 items"].join("\n"),
  );
});

Deno.test("summarizePast() includes a large used value in full only if all others fit in brief", () => {
  const cells = [`x = ${LONG}`, ...Array.from({ length: 9 }, (_, index) => `name_${index} = 'a value that is short'`)];
  const brief = summarize(cells, { used: ["x"], maxTokens: 200 });
  assert.match(brief, /^x = \.\.\. {2}# list of 200 items\nname_0 = 'a value/);
  assert.equal(brief.match(/short/g)?.length, 9);
  const methods = Array.from({ length: 40 }, (_, index) => `    def method_${index}(self): return ${LONG}`).join("\n");
  assert.equal(
    summarize([`x = ${LONG}`, `class A:\n${methods}`], { used: ["x"], maxTokens: 170 }),
    "x = ...  # list of 200 items\nclass A: ...",
  );
});

Deno.test("summarizePast() leaves out the oldest unused names when they do not fit, and counts them", () => {
  const cells = Array.from({ length: 50 }, (_, index) => `variable_${index} = 5`);
  const summary = summarize(cells, { used: ["variable_3"], maxTokens: 40 });
  assert.ok(estimate(summary) <= 40);
  const names = summary.match(/variable_\d+/g)!;
  assert.deepEqual(names, [
    "variable_3",
    ...Array.from({ length: names.length - 1 }, (_, index) => `variable_${51 - names.length + index}`),
  ]);
  assert.match(summary, new RegExp(`^# ${50 - names.length} older names are left out\n`));
});

Deno.test("summarizePast() drops old values first when the limit is small", () => {
  const cells = ["x = 'the first value'", "y = x.split()", "x = 'the second value'"];
  assert.equal(summarize(cells, { maxTokens: 15 }), cells.join("\n"));
  assert.equal(summarize(cells, { maxTokens: 12 }), cells.slice(1).join("\n"));
});

Deno.test("summarizePast() puts a redefined name after an earlier statement that also binds it", () => {
  const cells = ["a, b = 1, 2", `a = ${LONG}`, "z = 5"];
  assert.equal(summarize(cells, { used: ["b"], maxTokens: 7 }), "a, b = 1, 2\na = ...\nz = 5");
});

Deno.test("summarizePast() prefers the newest of several definitions of the same length", () => {
  const cells = ["a", "b", "c"].map((name) => `${name} = 'a value of this length'`);
  assert.equal(summarize(cells, { maxTokens: 12 }), `a = b = ...\n${cells[2]}`);
});
