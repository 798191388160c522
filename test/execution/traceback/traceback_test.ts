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

Deno.test("prettyTraceback() makes of every recorded traceback, taken plain, what ipykernel wrote", () => {
  strictEqual(goldenErrors.length, 25);
  for (const error of goldenErrors) {
    const again = prettyTraceback({ ...error, traceback: plainTraceback(error.traceback) });
    deepStrictEqual(again.map(withoutColors), error.traceback.map(withoutColors), error.name);
  }
});

Deno.test("prettyTraceback() uses ipykernel's colours for rule, header, frames, arrows and message", () => {
  const error = goldenErrors.find(({ name }) => name === "kbint")!;
  // The code is left out: how finely it is cut into colours is a matter of Pygments.
  const lines = (traceback: string[]) => traceback.join("\n").split("\n").map((line) => line.split(/(?<=\d.\[0m) /)[0]);
  deepStrictEqual(
    lines(prettyTraceback({ ...error, traceback: plainTraceback(error.traceback) })),
    lines(error.traceback),
  );
});

Deno.test("prettyTraceback() colours syntax errors and SystemExit exactly as ipykernel does", () => {
  const names = ["syntax", "syntax2", "indent", "sysexit", "exit_cmd_quiet"];
  for (const error of goldenErrors.filter(({ name }) => names.includes(name))) {
    deepStrictEqual(prettyTraceback({ ...error, traceback: plainTraceback(error.traceback) }), error.traceback);
  }
});

Deno.test("prettyTraceback() gives a single line its rule and header", () => {
  deepStrictEqual(shown({ traceback: ["ValueError: x"] }), [RULE, header("ValueError"), "ValueError: x"]);
});

Deno.test("prettyTraceback() shows the name and the message when there is no traceback", () => {
  deepStrictEqual(shown({ traceback: [] }), [RULE, header("ValueError"), "ValueError: x"]);
  deepStrictEqual(shown({ traceback: "" }), [RULE, header("ValueError"), "ValueError: x"]);
});

Deno.test("prettyTraceback() shows the name alone when the message is empty", () => {
  const lines = shown({ ename: "KeyboardInterrupt", evalue: "" });
  deepStrictEqual(lines, [RULE, header("KeyboardInterrupt"), "KeyboardInterrupt"]);
});

Deno.test("prettyTraceback() adds the message that the last line lacks", () => {
  strictEqual(shown({ traceback: ["ValueError"] }).at(-1), "ValueError: x");
  strictEqual(shown({ traceback: ["Cell In [7], line 1", "----> 1 f()"] }).at(-1), "ValueError: x");
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
    "Cell In [7], line 6",
    "      4 x = 1",
    "----> 6 f(1, b=0)",
    "      7 print(x)",
    "",
    "Cell In [7], line 2, in f(a, b)",
    "----> 2     return g(a, b)",
    "",
    "File /usr/lib/python3/g.py:12, in g()",
    "---> 12 return a / b",
    "",
    "ZeroDivisionError: division by zero",
  ]);
  deepStrictEqual(shown(exception).slice(2, 5), ["Cell In [7], line 6", "----> 6 f(1, b=0)", ""]);
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
    "Cell In [7], line 1",
    "",
    "KeyError: 3",
    "",
    link,
    "",
    header("JSONDecodeError"),
    "Cell In [7], line 3",
    "",
    "JSONDecodeError: bad",
  ]);
});

Deno.test("prettyTraceback() shows a syntax error without rule, header and arrows, whatever the model drew", () => {
  const expected = ["  Cell In [7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax", ""];
  const syntaxError = { ename: "SyntaxError", evalue: "invalid syntax (1234.py, line 1)" };
  const written = [
    ["Cell In [7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax"],
    ['  File "<stdin>", line 1\n    x = = 2\n        ^\nSyntaxError: invalid syntax'],
    [
      RULE,
      header("SyntaxError"),
      "Cell In [7], line 1",
      "----> 1 x = = 2",
      "            ^",
      "",
      "SyntaxError: invalid syntax",
    ],
    ["  Cell In [7], line 1", "    x = = 2", "        ^", "SyntaxError: invalid syntax (1234.py, line 1)"],
  ];
  for (const traceback of written) deepStrictEqual(shown({ ...syntaxError, traceback }), expected);
  deepStrictEqual(shown({ ...syntaxError, code: "x = = 2" }), expected.toSpliced(2, 1));
});

Deno.test("prettyTraceback() shows SystemExit without its calls", () => {
  const traceback = [RULE, header("SystemExit"), "Cell In [7], line 1", "----> 1 sys.exit(3)", "", "SystemExit: 3"];
  const expected = ["An exception has occurred, use %tb to see the full traceback.", "", "SystemExit: 3", ""];
  deepStrictEqual(shown({ ename: "SystemExit", evalue: "3", traceback }), expected);
});

Deno.test("prettyTraceback() replaces foreign colours and control sequences", () => {
  const traceback = ["\x1b[1;35mCell In [7], line 1\x1b[0m", "\x1b[2J\x1b]0;title\x07----> 1 f()", "ValueError: \x1bx"];
  strictEqual(pretty({ traceback })[2], "Cell \x1b[0;32mIn [7], line 1\x1b[0m\n\x1b[0;32m----> 1\x1b[0m f()\n");
  strictEqual(pretty({ traceback })[3], "\x1b[0;31mValueError\x1b[0m: x");
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
    "Cell In [47], line 1",
    "----> 1 1/0",
    "",
    "ZeroDivisionError: division by zero",
  ]);
  deepStrictEqual(plainTraceback(["a\r\n", "b\n", "\n"]), ["a", "b"]);
  deepStrictEqual(plainTraceback([]), []);
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
