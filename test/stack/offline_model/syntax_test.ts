import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { ask, type Call, result, written } from "./support.ts";

/** Returns the error of a cell that cannot be parsed: its position, the source line with a caret below it, and the message. */
function broken(ename: string, message: string, place: string, code: string, column?: number): Call {
  const [file, line] = place.split(":");
  const where = file === "<string>" ? `File <string>:${line}` : `Cell In[1], line ${line}`;
  const caret = column === undefined ? "" : `    ${" ".repeat(column)}^\n`;
  return {
    name: "error",
    arguments: {
      ename,
      evalue: `${message} (${file}, line ${line})`,
      traceback: [`  ${where}\n    ${code}\n${caret}${ename}: ${message}\n`],
    },
  };
}

const TOO_EARLY = "_IncompleteInputError";
const UNINDENT = "unindent does not match any outer indentation level";
const TABS = "inconsistent use of tabs and spaces in indentation";

/** Cells that cannot be parsed, each with the error that ends it. */
const BROKEN: [string, string, Call][] = [
  ["stops after a def", "def f():", broken(TOO_EARLY, "incomplete input", "2619408784.py:1", "def f():", 8)],
  ["stops after a for", "for x in [1]:", broken(TOO_EARLY, "incomplete input", "1907129960.py:1", "for x in [1]:", 13)],
  ["stops in brackets", "x = (1,", broken(TOO_EARLY, "incomplete input", "3956648022.py:1", "x = (1,", 7)],
  ["stops in a call", "print('a'", broken(TOO_EARLY, "incomplete input", "1144531680.py:1", "print('a'", 9)],
  ["stops in a long string", '"""abc', broken(TOO_EARLY, "incomplete input", "3979821551.py:1", '"""abc', 0)],
  [
    "stops after a decorator",
    "@staticmethod",
    broken(TOO_EARLY, "incomplete input", "3412484988.py:1", "@staticmethod", 13),
  ],
  ["stops after a try", "try:\n    x = 1", broken(TOO_EARLY, "incomplete input", "4279182388.py:2", "x = 1", 5)],
  ["stops at a backslash", "x = 1 + \\", broken(TOO_EARLY, "incomplete input", "3244888693.py:1", "x = 1 + \\", 9)],
  [
    "continues after an open bracket",
    "print('a'\nx = 1",
    broken("SyntaxError", "'(' was never closed", "?:1", "print('a'", 5),
  ],
  [
    "has a def without a body",
    "def greet(name):\nprint('hi', name)",
    broken(
      "IndentationError",
      "expected an indented block after function definition on line 1",
      "?:2",
      "print('hi', name)",
      0,
    ),
  ],
  [
    "dedents to an unknown level",
    "def f(x):\n        y = x + 1\n    return y",
    broken("IndentationError", UNINDENT, "<string>:3", "return y", 8),
  ],
  [
    "dedents a method to an unknown level",
    "class A:\n    def f(self):\n        pass\n   def g(self):\n        pass",
    broken("IndentationError", UNINDENT, "<string>:4", "def g(self):", 12),
  ],
  [
    "has a tab after spaces",
    "if True:\n        a = 1\n\tb = 2",
    broken("TabError", TABS, "<string>:3", "b = 2", 5),
  ],
  ["has spaces after a tab", "if 1:\n\ta = 1\n        b = 2", broken("TabError", TABS, "<string>:3", "b = 2", 5)],
  [
    "indents a line outside a block",
    "x = 5\n   y = 2",
    broken("IndentationError", "unexpected indent", "?:2", "y = 2", 0),
  ],
];

/** Returns the call with `?` for the file name of the cell. */
const unnamed = (call: Call): Call => {
  const evalue = String(call.arguments.evalue).replace(/\(\d+\.py/, "(?");
  return { ...call, arguments: { ...call.arguments, evalue } };
};

Deno.test("a cell that cannot be parsed ends with IPython's error", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, expected] of BROKEN) {
    await t.step(`a cell that ${name} ends with IPython's error`, async () => {
      const calls = await ask(model, [code]);
      const isNamed = !String(expected.arguments.evalue).includes("(?,");
      assert.deepEqual(isNamed ? calls : calls.map(unnamed), [expected]);
    });
  }

  await t.step("a cell that parses but does not compile runs the statements before the error", async () => {
    const calls = await ask(model, ["print('a')\nreturn 1"]);
    assert.deepEqual(calls[0], written("stdout", "a\n"));
    assert.match(String(calls[1].arguments.evalue), /^'return' outside function \(\d+\.py, line 2\)$/);
  });

  await t.step("the traceback of a failing eval() names the function of each frame", async () => {
    const [call] = await ask(model, ["def h(s):\n    return eval(s)\nh('1 +')"]);
    assert.deepEqual(call.arguments.traceback, [
      "Traceback (most recent call last):\n",
      "  File /usr/lib/python3/dist-packages/IPython/core/interactiveshell.py:3747 in run_code\n" +
      "    exec(code_obj, self.user_global_ns, self.user_ns)\n",
      "  Cell In[1], line 3\n    h('1 +')\n",
      "  Cell In[1], line 2 in h\n    return eval(s)\n",
      "  File <string>:1\n    1 +\n      ^\nSyntaxError: invalid syntax\n",
    ]);
  });
});

const FINALLY = "'return' in a 'finally' block";
const ESCAPE = String
  .raw`"\d" is an invalid escape sequence. Such sequences will not work in the future. Did you mean "\\d"? A raw string is also an option.`;
const IS = `"is" with 'int' literal. Did you mean "=="?`;

/** The texts of a SyntaxWarning: without the source line, as it comes from the check for `await`, and with the line. */
const early = (line: number, message: string) => `<>:${line}: SyntaxWarning: ${message}\n`;
const late = (line: number, message: string, code: string) =>
  `/tmp/ipykernel_42/?.py:${line}: SyntaxWarning: ${message}\n  ${code}\n`;

/** Cells with SyntaxWarnings, and the text on stderr. */
const WARNED: [string, string, string][] = [
  [
    "a return in finally",
    "def f():\n    try:\n        return 1\n    finally:\n        return 2\nf();",
    early(5, FINALLY).repeat(2) + late(5, FINALLY, "return 2"),
  ],
  [
    "an invalid escape sequence",
    "a = '\\d'\nb = '\\d'",
    (early(1, ESCAPE) + early(2, ESCAPE)).repeat(2) + late(1, ESCAPE, "a = '\\d'") + late(2, ESCAPE, "b = '\\d'"),
  ],
  ["a comparison by is with a number", "1 is 1;", early(1, IS).repeat(2) + late(1, IS, "1 is 1;")],
  [
    "a statement that is compiled after another has run",
    "import sys\nsys.stderr.write('first\\n')\nx = 1 is 1",
    early(3, IS).repeat(2) + "first\n" + late(3, IS, "x = 1 is 1"),
  ],
  ["a cell with a magic", "%matplotlib inline\nx = '\\d'", early(2, ESCAPE).repeat(2) + late(2, ESCAPE, "x = '\\d'")],
  ["a cell whose error is shown", "x = 1 is 1\n1/0", early(1, IS).repeat(2) + late(1, IS, "x = 1 is 1")],
];

Deno.test("SyntaxWarnings are shown as in IPython", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, expected] of WARNED) {
    await t.step(`the warning for ${name} is shown as in IPython`, async () => {
      const texts = (await ask(model, [code])).filter((call) => call.name === "stderr");
      const text = texts.map((call) => call.arguments.text).join("");
      assert.equal(text.replace(/\/\d+\.py/g, "/?.py"), expected);
    });
  }

  await t.step("warnings.simplefilter('error') turns a SyntaxWarning into an error", async () => {
    assert.deepEqual(await ask(model, ["import warnings\nwarnings.simplefilter('error')"]), []);
    const [raised] = await ask(model, ["z = 1 is 1"], { from: 2 });
    assert.equal(raised.arguments.ename, "SyntaxError");
  });
});

/** Cells, with the function names in their tracebacks. */
const NAMES: [string, string, string[]][] = [
  ["a generator expression", "class K:\n    def m(self):\n        return sum(1 / x for x in (1, 0))\nK().m()", [
    "K.m(self)",
    "<genexpr>(.0)",
  ]],
  ["a lambda", "def go():\n    return (lambda z: z['q'])({})\ngo()", ["go()", "go.<locals>.<lambda>(z)"]],
  ["a lambda in a generator expression", "def f():\n    return sum((lambda: 1/y)() for y in [0])\nf()", [
    "f()",
    "<genexpr>(.0)",
    "f.<locals>.<lambda>()",
  ]],
  ["a method without source", "exec('class A:\\n  def f(self): 1/0\\nA().f()')", ["f(self)"]],
];

Deno.test("a traceback names functions as IPython does", async (t) => {
  await using model = await startOfflineModel();
  for (const [name, code, expected] of NAMES) {
    await t.step(`the traceback of ${name} has IPython's function names`, async () => {
      const [call] = await ask(model, [code]);
      const places = (call.arguments.traceback as string[]).map((line) => /, in (.+)\n/.exec(line)?.[1]);
      assert.deepEqual(places.filter((place) => place !== undefined), expected);
    });
  }
});

Deno.test("the statements of a cell share __future__ imports", async () => {
  await using model = await startOfflineModel();
  const cell = "from __future__ import annotations\ndef g(a: undefined): pass\n1\ng.__annotations__";
  assert.deepEqual(await ask(model, [cell]), [result("{'a': 'undefined'}")]);
});
