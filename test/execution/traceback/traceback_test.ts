/**
 * Tracebacks against what ipykernel printed, and against whatever a model may write instead.
 *
 * @module
 */

import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { plainTraceback, prettyTraceback, type ReportedException } from "../../../src/execution/traceback/traceback.ts";
import { goldenSessions } from "../../golden/golden_cells.ts";

interface GoldenError {
  name: string;
  ename: string;
  evalue: string;
  traceback: string[];
  executionCount: number;
  code: string;
}

const goldenErrors: GoldenError[] = Object.values(goldenSessions).flat().flatMap((cell) =>
  cell.outputs.flatMap((output) =>
    output.output_type === "error"
      ? [{
        name: cell.name,
        ename: output.ename,
        evalue: output.evalue,
        traceback: output.traceback,
        executionCount: cell.execution_count,
        code: cell.code,
      }]
      : []
  )
);

// deno-lint-ignore no-control-regex -- the escape character is what is looked for
const withoutColors = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, "");

const RULE = "-".repeat(75);

function pretty(exception: Partial<ReportedException>): string[] {
  return prettyTraceback({ ename: "ValueError", evalue: "x", traceback: [], executionCount: 7, ...exception });
}

/** What people read, a line an element. */
function shown(exception: Partial<ReportedException>): string[] {
  return withoutColors(pretty(exception).join("\n")).split("\n");
}

function header(ename: string): string {
  return ename + "Traceback (most recent call last)".padStart(75 - ename.length);
}

/** Takes the yellow ground out, which marks the expression that failed. */
function withoutYellow(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape character is what is looked for
  return text.replace(/\x1b\[([0-9;]*)m/g, (_, codes: string) => {
    const others = codes.split(";").filter((code) => code !== "43" && code !== "49");
    return others.length === 0 ? "" : `\x1b[${others.join(";")}m`;
  });
}

/** Paints a recorded traceback anew, from nothing but its text. */
const repaint = (error: GoldenError) => prettyTraceback({ ...error, traceback: plainTraceback(error.traceback) });

Deno.test("prettyTraceback() makes of every recorded traceback, taken plain, what ipykernel wrote, but for the yellow", () => {
  strictEqual(goldenErrors.length, 92);
  for (const error of goldenErrors) {
    strictEqual(repaint(error).join("\n"), error.traceback.map(withoutYellow).join("\n"), error.name);
  }
});

Deno.test("prettyTraceback() makes the entries that ipykernel makes, but that each line of a note is one", () => {
  for (const error of goldenErrors) {
    const isNote = (entry: string) => !/^\n|\n$/.test(entry) && !entry.includes("\x1b");
    const expected = error.traceback.flatMap((entry) => isNote(entry) ? entry.split("\n") : [withoutYellow(entry)]);
    deepStrictEqual(repaint(error), expected, error.name);
  }
});

Deno.test("prettyTraceback() leaves the yellow where it is written already", () => {
  const yellow = goldenErrors.filter(({ traceback }) => traceback.join("").includes("\x1b[43m"));
  ok(yellow.length > 40);
  for (const error of yellow) deepStrictEqual(prettyTraceback(error), error.traceback, error.name);
});

Deno.test("prettyTraceback() gives a single line its rule and header", () => {
  deepStrictEqual(shown({ traceback: ["ValueError: x"] }), [RULE, header("ValueError"), "ValueError: x"]);
});

Deno.test("prettyTraceback() shows the name and the message when there is no traceback", () => {
  deepStrictEqual(shown({ traceback: [] }), [RULE, header("ValueError"), "ValueError: x"]);
  deepStrictEqual(shown({ traceback: "" }), [RULE, header("ValueError"), "ValueError: x"]);
});

Deno.test("prettyTraceback() shows the name and a colon when the message is empty", () => {
  const expected = [RULE, header("KeyboardInterrupt"), "KeyboardInterrupt: "];
  deepStrictEqual(shown({ ename: "KeyboardInterrupt", evalue: "" }), expected);
  deepStrictEqual(shown({ ename: "KeyboardInterrupt", evalue: "", traceback: "KeyboardInterrupt" }), expected);
});

Deno.test("prettyTraceback() adds the message that the last line lacks", () => {
  strictEqual(shown({ traceback: ["ValueError"] }).at(-1), "ValueError: x");
  strictEqual(shown({ traceback: ["Cell In[7], line 1", "----> 1 f()"] }).at(-1), "ValueError: x");
});

Deno.test("prettyTraceback() keeps the quotes of a KeyError", () => {
  strictEqual(shown({ ename: "KeyError", evalue: "'k'", traceback: ["KeyError: 'k'"] }).at(-1), "KeyError: 'k'");
  strictEqual(shown({ ename: "KeyError", evalue: "'k'" }).at(-1), "KeyError: 'k'");
});

Deno.test("prettyTraceback() keeps a message of several lines, blank ones too", () => {
  const evalue = "first\n\n  second\nDuring handling of the above exception, another exception occurred:\nthird";
  const expected = [RULE, header("ValueError"), ...`ValueError: ${evalue}`.split("\n")];
  deepStrictEqual(shown({ evalue }), expected);
  deepStrictEqual(shown({ evalue, traceback: `ValueError: ${evalue}\n` }), expected);
  deepStrictEqual(shown({ evalue, traceback: expected }), expected);
});

Deno.test("prettyTraceback() completes IPython's form without rule and header", () => {
  const frame = ["Cell In[7], line 2, in f(x)", "      1 def f(x):", "----> 2     return 1 / x"];
  const expected = [RULE, header("ValueError"), ...frame, "", "ValueError: x"];
  deepStrictEqual(shown({ traceback: [...frame, "ValueError: x"] }), expected);
  deepStrictEqual(shown({ traceback: [...frame, "", "ValueError: x", ""].map((line) => line + "\n") }), expected);
  deepStrictEqual(
    shown({ traceback: ["ValueError Traceback (most recent call last)", ...frame, "ValueError: x"] }),
    expected,
  );
});

Deno.test("prettyTraceback() turns the forms of older IPython into today's", () => {
  const code = ["      1 def f(x):", "----> 2     return 1 / x"];
  const expected = [RULE, header("ValueError"), "Cell In[7], line 2, in f(x)", ...code, "", "ValueError: x"];
  const heads = [
    "Cell In [7], line 2, in f(x)",
    "Cell In[7], line 2, in f(x)",
    "Input In [7], in f(x)",
    "<ipython-input-7-0a1b2c3d4e5f> in f(x)",
  ];
  for (const head of heads) deepStrictEqual(shown({ traceback: [head, ...code, "ValueError: x"] }), expected, head);
  const ofModule = [
    "Cell In [7], line 3",
    "Cell In[7], line 3, in <module>",
    "Input In [7], in <cell line: 3>()",
    "<ipython-input-7-0a1b2c3d4e5f> in <module>",
  ];
  for (const head of ofModule) {
    strictEqual(shown({ traceback: [head, "----> 3 f(0)", "ValueError: x"] })[2], "Cell In[7], line 3", head);
  }
});

Deno.test("prettyTraceback() repaints what an older agent painted", () => {
  const old = [
    `\x1b[0;31m${RULE}\x1b[0m`,
    `\x1b[0;31mValueError\x1b[0m${header("ValueError").slice("ValueError".length)}`,
    "Cell \x1b[0;32mIn [7], line 1\x1b[0m\n\x1b[0;32m----> 1\x1b[0m f(\x1b[38;5;241m1\x1b[39m)\n",
    "\x1b[0;31mValueError\x1b[0m: x",
  ];
  strictEqual(
    pretty({ traceback: old })[2],
    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[7]\x1b[39m\x1b[32m, line 1\x1b[39m\n" +
      "\x1b[32m----> \x1b[39m\x1b[32m1\x1b[39m f(\x1b[32m1\x1b[39m)\n",
  );
});

Deno.test("prettyTraceback() keeps notes as entries of their own, without colour", () => {
  const frame = ["Cell In[7], line 1", "----> 1 f()"];
  const entries = pretty({ traceback: [...frame, "", "ValueError: x", "note: one", "", "ValueError: two"] });
  deepStrictEqual(entries.slice(3), ["\x1b[31mValueError\x1b[39m: x", "note: one", "", "ValueError: two"]);
});

Deno.test("prettyTraceback() shows the notes of a chained exception", () => {
  const link = "The above exception was the direct cause of the following exception:";
  const traceback = ["KeyError: 'k'", "a note", "", link, "", "ValueError: x", "another"];
  deepStrictEqual(shown({ traceback }), [
    RULE,
    header("KeyError"),
    "KeyError: 'k'",
    "a note",
    "",
    link,
    "",
    header("ValueError"),
    "ValueError: x",
    "another",
  ]);
});

Deno.test("prettyTraceback() puts the mark of left-out lines before the number that follows", () => {
  const traceback = ["Cell In[7], line 1", "----> 1 f(", "   (...)", "      9 )", "ValueError: x"];
  deepStrictEqual(shown({ traceback }).slice(3, 5), ["----> 1 f(", "   (...)      9 )"]);
  strictEqual(pretty({ traceback })[2].split("\n")[2], "\x1b[32m   (...)\x1b[39m\x1b[32m      9\x1b[39m )");
  const failing = ["Cell In[7], line 9", "      1 f(", "   (...)", "----> 9 g())", "ValueError: x"];
  strictEqual(
    pretty({ traceback: failing })[2].split("\n")[2],
    "\x1b[32m   (...)\x1b[39m\x1b[32m----> \x1b[39m\x1b[32m9\x1b[39m g())",
  );
});

Deno.test("prettyTraceback() leaves out what CPython adds to a message, and keeps it where it is part of one", () => {
  const last = (ename: string, evalue: string, line: string) =>
    shown({ ename, evalue, traceback: [line] }).findLast((line) => line !== "");
  const name = "name 'foo' is not defined";
  strictEqual(last("NameError", name, `NameError: ${name}. Did you mean: 'fop'?`), `NameError: ${name}`);
  strictEqual(last("NameError", name, `NameError: ${name}. Did you forget to import 'foo'?`), `NameError: ${name}`);
  const keyword = "f() got an unexpected keyword argument 'alhpa'. Did you mean 'alpha'?";
  strictEqual(last("TypeError", keyword, `TypeError: ${keyword}`), `TypeError: ${keyword}`);
  const syntax = "SyntaxError: invalid syntax";
  strictEqual(last("SyntaxError", "invalid syntax (1.py, line 1)", `${syntax}. Did you mean 'while'?`), syntax);
  const link = "During handling of the above exception, another exception occurred:";
  const chain = ["AttributeError: no attribute 'x'. Did you mean: 'y'?", "", link, "", "ValueError: x"];
  strictEqual(shown({ traceback: chain })[2], "AttributeError: no attribute 'x'");
});

Deno.test("prettyTraceback() turns CPython's form into IPython's", () => {
  const traceback = `Traceback (most recent call last):
  File "<stdin>", line 6, in <module>
    f(1, b=0)
    ~^^^^^^^^
  File "<stdin>", line 2, in f
    return g(a, b)
  File "/usr/lib/python3/g.py", line 12, in g
    return a / b
           ~~^~~
ZeroDivisionError: division by zero
`;
  const exception = { ename: "ZeroDivisionError", evalue: "division by zero", traceback };
  deepStrictEqual(shown({ ...exception, code: "def f(a, b=1):\n    return g(a, b)\n\nx = 1\n\nf(1, b=0)\nprint(x)" }), [
    RULE,
    header("ZeroDivisionError"),
    "Cell In[7], line 6",
    "      4 x = 1",
    "----> 6 f(1, b=0)",
    "      7 print(x)",
    "",
    "Cell In[7], line 2, in f(a, b)",
    "----> 2     return g(a, b)",
    "",
    "File /usr/lib/python3/g.py:12, in g()",
    "---> 12 return a / b",
    "",
    "ZeroDivisionError: division by zero",
  ]);
  deepStrictEqual(shown(exception).slice(2, 5), ["Cell In[7], line 6", "----> 6 f(1, b=0)", ""]);
});

Deno.test("prettyTraceback() reads the forms of CPython 3.14", () => {
  const traceback = `Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/IPython/core/interactiveshell.py", line 3747, in run_code
    exec(code_obj, self.user_global_ns, self.user_ns)
    ~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/tmp/ipykernel_12/34.py", line 1, in <module>
    exec(
    ~~~~^
        "1 / 0",
    ...<2 lines>...
    )
    ^
  File "<string>", line 1, in <module>
ZeroDivisionError: division by zero
`;
  const exception = { ename: "ZeroDivisionError", evalue: "division by zero" };
  deepStrictEqual(shown({ ...exception, traceback }).slice(2), [
    "Cell In[7], line 1",
    "----> 1 exec(",
    "",
    "File <string>:1",
    "",
    "ZeroDivisionError: division by zero",
  ]);
  const typed = [
    "Traceback (most recent call last):",
    '  File "<python-input-0>", line 1, in <module>',
    "    1/0",
    "    ~^~",
  ];
  deepStrictEqual(shown({ ...exception, traceback: typed }).slice(2, 4), ["Cell In[7], line 1", "----> 1 1/0"]);
  const program = ["Traceback (most recent call last):", '  File "<string>", line 1, in <module>'];
  strictEqual(shown({ ...exception, traceback: program })[2], "Cell In[7], line 1");
});

Deno.test("prettyTraceback() turns a chain in CPython's form into IPython's", () => {
  const link = "During handling of the above exception, another exception occurred:";
  const traceback = [
    "Traceback (most recent call last):",
    '  File "<stdin>", line 1, in <module>',
    "KeyError: 3",
    "",
    link,
    "",
  ];
  const last = [
    "Traceback (most recent call last):",
    '  File "<stdin>", line 3, in <module>',
    "json.decoder.JSONDecodeError: bad",
  ];
  deepStrictEqual(shown({ ename: "JSONDecodeError", evalue: "bad", traceback: [...traceback, ...last] }), [
    RULE,
    header("KeyError"),
    "Cell In[7], line 1",
    "",
    "KeyError: 3",
    "",
    link,
    "",
    header("JSONDecodeError"),
    "Cell In[7], line 3",
    "",
    "JSONDecodeError: bad",
  ]);
});

Deno.test("prettyTraceback() shows a syntax error without rule, header and arrows, whatever the model drew", () => {
  const expected = ["  Cell In[7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax", ""];
  const syntaxError = { ename: "SyntaxError", evalue: "invalid syntax (1234.py, line 1)" };
  const written = [
    ["Cell In[7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax"],
    ['  File "<stdin>", line 1\n    x = = 2\n        ^\nSyntaxError: invalid syntax'],
    [
      RULE,
      header("SyntaxError"),
      "Cell In[7], line 1",
      "----> 1 x = = 2",
      "            ^",
      "",
      "SyntaxError: invalid syntax",
    ],
    ["  Cell In[7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax (1234.py, line 1)"],
    ["  Cell In [7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax"],
    ['  File "<python-input-3>", line 1', "    x = = 2", "        ^^^", "SyntaxError: invalid syntax"],
    ['  File "<string>", line 1', "    x = = 2", "        ^", "SyntaxError: invalid syntax"],
    ['  File "1234.py", line 1', "    x = = 2", "        ^", "SyntaxError: invalid syntax"],
  ];
  for (const traceback of written) deepStrictEqual(shown({ ...syntaxError, traceback }), expected);
  deepStrictEqual(shown({ ...syntaxError, code: "x = = 2" }), expected.toSpliced(2, 1));
});

Deno.test("prettyTraceback() shows code that stops too early as a syntax error", () => {
  const incomplete = { ename: "_IncompleteInputError", evalue: "incomplete input (1234.py, line 1)" };
  deepStrictEqual(shown({ ...incomplete, code: "def f():" }), [
    "  Cell In[7], line 1",
    "    def f():",
    "_IncompleteInputError: incomplete input",
    "",
  ]);
});

Deno.test("prettyTraceback() names a string where the message of a syntax error does", () => {
  const message = "unindent does not match any outer indentation level";
  const dedent = { ename: "IndentationError", evalue: `${message} (<string>, line 3)` };
  const expected = ["  File <string>:3", "    return y", "            ^"];
  for (const head of ["File <string>:3", '  File "<string>", line 3']) {
    const traceback = [head, ...expected.slice(1), `IndentationError: ${message}`];
    deepStrictEqual(shown({ ...dedent, traceback }).slice(0, 3), expected);
  }
  const code = "def f(x):\n        y = 1\n    return y";
  deepStrictEqual(shown({ ...dedent, code }).slice(0, 2), expected.slice(0, 2));
});

Deno.test("prettyTraceback() lists the calls that led to a syntax error while code ran, as ipykernel does", () => {
  const syntaxError = { ename: "SyntaxError", evalue: "invalid syntax (<string>, line 1)" };
  const expected = [
    "Traceback \x1b[36m(most recent call last)\x1b[39m:\n",
    "  Cell \x1b[92mIn[7]\x1b[39m\x1b[92m, line 3\x1b[39m\n    h('1 +')\n",
    "\x1b[36m  \x1b[39m\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[7]\x1b[39m\x1b[32m, line 2\x1b[39m\x1b[36m in \x1b[39m" +
    "\x1b[35mh\x1b[39m\n\x1b[31m    \x1b[39m\x1b[31mreturn eval(s)\x1b[39m\n",
    "  \x1b[36mFile \x1b[39m\x1b[32m<string>:1\x1b[39m\n\x1b[31m    \x1b[39m\x1b[31m1 +\x1b[39m\n      ^\n" +
    "\x1b[31mSyntaxError\x1b[39m\x1b[31m:\x1b[39m invalid syntax\n",
  ];
  deepStrictEqual(pretty({ ...syntaxError, traceback: plainTraceback(expected) }), expected);
  deepStrictEqual(pretty({ ...syntaxError, traceback: expected }), expected);
  const cpython = [
    "Traceback (most recent call last):",
    '  File "<stdin>", line 3, in <module>',
    "    h('1 +')",
    "    ~^^^^^^^",
    '  File "<stdin>", line 2, in h',
    "    return eval(s)",
    '  File "<string>", line 1',
    "    1 +",
    "      ^",
    "SyntaxError: invalid syntax",
  ];
  deepStrictEqual(pretty({ ...syntaxError, traceback: cpython }), expected);
});

Deno.test("prettyTraceback() lists the calls of a chain that ends in a syntax error", () => {
  const link = "During handling of the above exception, another exception occurred:";
  const traceback = [
    "Traceback (most recent call last):\n",
    "  Cell In[7], line 2\n    1/0\n",
    "ZeroDivisionError: division by zero\n",
    `\n${link}\n`,
    "Traceback (most recent call last):\n",
    "  Cell In[7], line 4\n    eval('1 +')\n",
    "  File <string>:1\n    1 +\n      ^\nSyntaxError: invalid syntax\n",
  ];
  const painted = pretty({ ename: "SyntaxError", evalue: "invalid syntax (<string>, line 1)", traceback });
  deepStrictEqual(painted.map(withoutColors), traceback);
  strictEqual(painted[2], "\x1b[31mZeroDivisionError\x1b[39m\x1b[31m:\x1b[39m division by zero\n");
});

Deno.test("prettyTraceback() shows a syntax error that was raised by hand", () => {
  const traceback = [
    "Traceback (most recent call last):",
    "  Cell In[7], line 1",
    "    raise e",
    "  File <string>",
    "SyntaxError: mine",
    "a note",
  ];
  deepStrictEqual(shown({ ename: "SyntaxError", evalue: "mine (<string>)", traceback }), [
    "Traceback (most recent call last):",
    "",
    "  Cell In[7], line 1",
    "    raise e",
    "",
    "  File <string>",
    "    ",
    "SyntaxError: mine",
    "a note",
    "",
  ]);
});

Deno.test("prettyTraceback() shows SystemExit without its calls", () => {
  const traceback = [RULE, header("SystemExit"), "Cell In[7], line 1", "----> 1 sys.exit(3)", "", "SystemExit: 3"];
  const expected = ["An exception has occurred, use %tb to see the full traceback.", "", "SystemExit: 3", ""];
  deepStrictEqual(shown({ ename: "SystemExit", evalue: "3", traceback }), expected);
});

Deno.test("prettyTraceback() replaces foreign colours and control sequences", () => {
  const traceback = ["\x1b[1;35mCell In[7], line 1\x1b[0m", "\x1b[2J\x1b]0;title\x07----> 1 f()", "ValueError: \x1bx"];
  strictEqual(pretty({ traceback })[2], pretty({ traceback: ["Cell In[7], line 1", "----> 1 f()"] })[2]);
  strictEqual(pretty({ traceback })[3], "\x1b[31mValueError\x1b[39m: x");
});

Deno.test("prettyTraceback() done twice is the same as done once, for whatever is written", () => {
  const pieces = goldenErrors.flatMap(({ traceback }) => plainTraceback(traceback)).concat(
    [
      "",
      "  ",
      "^",
      "Traceback (most recent call last):",
      '  File "<stdin>", line 2, in f',
      "    return x",
      "ValueError",
      "a.ValueError: b",
    ],
    [
      "  [Previous line repeated 9 more times]",
      "SyntaxError: bad (1.py, line 2)",
      "x: y",
      "\r",
      "\x1b\x1b[0m[31m",
      "----> 1",
      "-----",
    ],
  );
  const random = randomNumbers(20240607);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)];
  for (let round = 0; round < 3000; round += 1) {
    const { ename, evalue, code } = pick(goldenErrors);
    const lines = Array.from({ length: random(9) }, () => pick(pieces) + pick(["", "", "", "\n"]));
    const exception = {
      ename: pick([ename, ename, "", "a b"]),
      evalue: pick([evalue, evalue, "", pick(pieces), `${pick(pieces)}\n${pick(pieces)}`]),
      traceback: pick([lines, lines.join("\n")]),
      executionCount: 7,
      code: pick([code, undefined]),
    };
    const once = prettyTraceback(exception);
    deepStrictEqual(prettyTraceback({ ...exception, traceback: once }), once, JSON.stringify(exception));
    ok(withoutColors(once.join("\n")).includes(exception.ename.split(" ")[0]));
  }
});

Deno.test("plainTraceback() is one line an element, without colours and without blank lines at the end", () => {
  const error = goldenErrors.find(({ name }) => name === "zerodiv")!;
  deepStrictEqual(plainTraceback(error.traceback), [
    RULE,
    header("ZeroDivisionError"),
    "Cell In[47], line 1",
    "----> 1 1/0",
    "",
    "ZeroDivisionError: division by zero",
  ]);
  deepStrictEqual(plainTraceback(["a\r\n", "b\n", "\n"]), ["a", "b"]);
  deepStrictEqual(plainTraceback([]), []);
});

Deno.test("plainTraceback() names the cells of an older agent's tracebacks as today's", () => {
  const old = ["Cell \x1b[0;32mIn [7], line 2, in f(x)\x1b[0m", "----> 2 a = 'Cell In [7]'", "  Cell In [7], line 1"];
  deepStrictEqual(plainTraceback(old), [
    "Cell In[7], line 2, in f(x)",
    "----> 2 a = 'Cell In [7]'",
    "  Cell In[7], line 1",
  ]);
});

Deno.test("plainTraceback() leaves nothing that a terminal would obey", () => {
  for (const { traceback } of goldenErrors) {
    ok(!plainTraceback(traceback).join("\n").includes("\x1b"));
  }
});

/** The same numbers for the same seed (Numerical Recipes' linear congruential generator). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
}
