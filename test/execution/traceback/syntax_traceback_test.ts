/**
 * Tracebacks of syntax errors.
 *
 * @module
 */

import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { plainTraceback } from "../../../src/execution/traceback/traceback.ts";
import { header, pretty, RULE, shown, withoutColors } from "./shown_traceback.ts";

Deno.test("prettyTraceback() shows a syntax error without rule, header and arrows", () => {
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

Deno.test("prettyTraceback() shows incomplete code as a syntax error", () => {
  const incomplete = { ename: "_IncompleteInputError", evalue: "incomplete input (1234.py, line 1)" };
  deepStrictEqual(shown({ ...incomplete, code: "def f():" }), [
    "  Cell In[7], line 1",
    "    def f():",
    "_IncompleteInputError: incomplete input",
    "",
  ]);
});

Deno.test("prettyTraceback() names <string> as the file if the message of a syntax error does", () => {
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

Deno.test("prettyTraceback() lists the calls that led to a syntax error at run time", () => {
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

Deno.test("prettyTraceback() shows a syntax error from a raise statement", () => {
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
