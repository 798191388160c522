/**
 * Tracebacks in the forms of older IPython and of CPython.
 *
 * @module
 */

import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { header, pretty, RULE, shown } from "./shown_traceback.ts";

Deno.test("prettyTraceback() converts the forms of older IPython to today's", () => {
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

Deno.test("prettyTraceback() replaces the colours of an older agent", () => {
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

Deno.test("prettyTraceback() converts CPython's form to IPython's", () => {
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

Deno.test("prettyTraceback() converts a chain in CPython's form to IPython's", () => {
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
