import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { complete } from "../../../src/repl/completion/complete.ts";
import { KnownNames } from "../../../src/repl/completion/known_names.ts";

/** Returns the completion of a text after the given cells. A bar precedes the text that Tab inserts. */
function completed(before: string, cells: readonly (string | [code: string, output: string])[] = []) {
  const names = new KnownNames();
  for (const cell of cells) {
    const [code, shown] = typeof cell === "string" ? [cell, undefined] : cell;
    const outputs: CellOutput[] = shown === undefined
      ? []
      : [{ type: "execute_result", data: { "text/plain": shown } }];
    names.learn(code);
    names.learnOutputs(code, outputs);
  }
  const completion = complete(before, { names, readFolder });
  return completion && `${before}|${completion.insert} ${completion.candidates.join(" ")}`.trimEnd();
}

const folders: Record<string, [name: string, isFolder: boolean][]> = {
  ".": [["data", true], ["data.csv", false], ["lesson.py", false], [".hidden", false], ["_own.py", false], [
    "les",
    true,
  ]],
  "../": [["secret", false]],
  "/etc/": [["passwd", false]],
  "data/": [["eggs.csv", false], ["eggs.json", false], ["bad\x1bname", false]],
};
const readFolder = (path: string) => (folders[path] ?? []).map(([name, isFolder]) => ({ name, isFolder }));

/** Asserts the completion of each text after the given cells. */
function assertCompleted(cells: Parameters<typeof completed>[1], cases: Record<string, string | undefined>): void {
  for (const [before, expected] of Object.entries(cases)) assert.equal(completed(before, cells), expected, before);
}

Deno.test("complete() completes a name from keywords, builtins and names in cells", () => {
  assertCompleted(["import collections as colls\ndef colour(x): pass\ntotal_sum = 3", "%time ham_egg = 1"], {
    "x = tota": "x = tota|l_sum total_sum",
    "pri": "pri|nt print",
    "f(col": "f(col| collections colls colour",
    "contin": "contin|ue continue",
    "ham_": "ham_|egg ham_egg",
    "nowhere_to_be_found": "nowhere_to_be_found|",
    "f(": undefined,
    "1 + ": undefined,
    "12": undefined,
  });
});

Deno.test("complete() completes attributes from those that cells have used of the same module", () => {
  assertCompleted(["import spam as sp, ham.egg\nsp.fry_it(1)\nham.egg.boil()", "import spam\nspam.fry_too"], {
    "sp.fr": "sp.fr|y_ fry_it fry_too",
    "x = spam.": "x = spam.|fry_ fry_it fry_too",
    "ham.egg.": "ham.egg.|boil boil",
  });
});

Deno.test("complete() completes an instance's attributes from its class", () => {
  const cell =
    "class Pan:\n    size = 3\n    def fry(self):\n        self.heat = 1\n    def __len__(self): pass\npan = Pan()";
  assertCompleted([cell, "same = pan"], {
    "pan.": "pan.| fry heat size",
    "same.h": "same.h|eat heat",
    "pan.__": "pan.__|len__ __len__",
    "Pan.f": "Pan.f|ry fry",
  });
});

Deno.test("complete() uses the last value that was bound to a name", () => {
  assertCompleted(["x = 'text'", "x = [1]"], { "x.app": "x.app|end append", "x.upp": "x.upp|" });
});

Deno.test("complete() treats a name with an unknown value as an unknown object", () => {
  assertCompleted(["x = 'text'", "x = f(x)[0]", ["1", "see readme.txt"]], { "x.upp": "x.upp|", "x.tx": "x.tx|" });
});

Deno.test("complete() knows the attributes of builtin types and common modules", () => {
  assertCompleted([
    "import numpy as np\nimport pandas as pd\nfrom datetime import datetime",
    "df = pd.read_csv('a')\nnow = datetime.now()\nd = {}",
  ], {
    "np.arra": "np.arra|y array array_equal",
    "np.linalg.so": "np.linalg.so|lve solve",
    "df.sort_v": "df.sort_v|alues sort_values",
    "now.strf": "now.strf|time strftime",
    "d.setd": "d.setd|efault setdefault",
    "'a'.upp": "'a'.upp|er upper",
  });
});

Deno.test("complete() completes attributes of an unknown object from all attributes that cells have used", () => {
  assertCompleted(["a.first\nb.second"], {
    "c.fi": "c.fi|rst first",
    "f(x).se": "f(x).se|cond second",
    "12.": undefined,
  });
});

Deno.test("complete() learns names from the output of dir() and attributes from other outputs", () => {
  const listed: [string, string] = ["pan = make()\ndir(pan)", "['__class__', 'fry', 'wash']"];
  assertCompleted([listed, ["dir()", "['In', 'leftover_egg']"], [
    "import spam\nhelp(spam)",
    "call spam.roast(x) or pan.burn",
  ]], {
    "pan.": "pan.| burn fry wash",
    "left": "left|over_egg leftover_egg",
    "spam.": "spam.|roast roast",
  });
});

Deno.test("complete() completes modules after import and from, and their members after from ... import", () => {
  assertCompleted(["import my_own.tools", "from spam import ham"], {
    "import itert": "import itert|ools itertools",
    "import os, jso": "import os, jso|n json",
    "from xml.e": "from xml.e|tree.ElementTree xml.etree.ElementTree",
    "import my_": "import my_|own.tools my_own.tools",
    "from math import sq": "from math import sq|rt sqrt",
    "from os.path import (join, dirn": "from os.path import (join, dirn|ame dirname",
    "from spam import h": "from spam import h|am ham",
    "from nowhere import x": "from nowhere import x|",
    "from os imp": "from os imp|ort import",
  });
});

Deno.test("complete() completes magics after % and %%", () => {
  assertCompleted([], {
    "%timei": "%timei|t timeit",
    "x = %pw": "x = %pw|d pwd",
    "%%writ": "%%writ|efile writefile",
    "%%bas": "%%bas|h bash",
    "5 %tim": "5 %tim|",
  });
});

Deno.test("complete() completes file names in strings, after ! and after magics that take a path", () => {
  assertCompleted([], {
    "open('da": "open('da|ta data.csv data/",
    'open("data/e': 'open("data/e|ggs. eggs.csv eggs.json',
    "!cat les": "!cat les| les/ lesson.py",
    "x = !head -1 data/eggs.c": "x = !head -1 data/eggs.c|sv eggs.csv",
    "%run l": "%run l|es les/ lesson.py",
    "%run d": "%run d|ata/ data/",
    ":save le": ":save le|s les/ lesson.py",
    "f(a, 'x', 'lesson.": "f(a, 'x', 'lesson.|py lesson.py",
    "open('.": "open('.|hidden .hidden",
    "open('_": "open('_|own.py _own.py",
    "open('nothing": undefined,
    "open('../": undefined,
    "open('/etc/pas": undefined,
    "x = 'it''da": "x = 'it''da|ta data.csv data/",
    "# it's da": "# it's da|",
  });
});

Deno.test("complete() completes code in the braces of an f-string", () => {
  assertCompleted(["total = 1"], {
    'f"{tota': 'f"{tota|l total',
    '"{tota': undefined,
    'f"{total} d': undefined,
    'f"da': 'f"da|ta data.csv data/',
  });
});
