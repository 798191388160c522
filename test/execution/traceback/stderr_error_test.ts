/**
 * Exceptions that IPython writes to stderr.
 *
 * @module
 */

import assert from "node:assert/strict";
import { findErrorInStderr, stderrText } from "../../../src/execution/traceback/stderr_error.ts";
import type { ReportedException } from "../../../src/execution/traceback/traceback.ts";
import { goldenSessions, hasError, perfectCalls } from "../../golden/golden_cells.ts";

/** Returns the text that is written to stderr for an exception. */
function written(exception: Partial<ReportedException>): string | undefined {
  return stderrText({
    ename: "ExceptionGroup",
    evalue: "g (2 sub-exceptions)",
    traceback: [],
    executionCount: 7,
    ...exception,
  });
}

/** The recorded cells that failed without an error output, with their text on stderr. */
const recorded = Object.values(goldenSessions).flat().flatMap((cell) => {
  const last = cell.outputs.at(-1);
  const isOnStderr = cell.status === "error" && last?.output_type === "stream" && !hasError(cell.outputs);
  return isOnStderr ? [{ name: cell.name, text: last.text, call: perfectCalls(cell).at(-1)!.args }] : [];
});

Deno.test("the recordings contain nine cells that failed without an error output", () => {
  assert.equal(recorded.length, 9);
});

Deno.test("stderrText() reproduces ipykernel's text, and findErrorInStderr() finds it after other text", () => {
  const earlier = "Traceback (most recent call last):\nValueError: printed\n";
  for (const { name, text, call } of recorded) {
    const { ename, evalue, traceback } = call as { ename: string; evalue: string; traceback: string[] };
    assert.equal(written({ ename, evalue, traceback }), text, name);
    assert.equal(written({ ename, evalue, traceback: traceback.join("\n") }), text, name);
    assert.deepEqual(findErrorInStderr(text), { before: "", ename, evalue, traceback }, name);
    for (const before of ["a\n", earlier, "\x1b[31mred\x1b[0m\n"]) {
      assert.deepEqual(findErrorInStderr(before + text), { before, ename, evalue, traceback }, name);
    }
  }
});

Deno.test("stderrText() writes an exception group without colours and with Python's indentation", () => {
  const traceback = [
    "\x1b[31m+ Exception Group Traceback (most recent call last):\x1b[39m",
    "  | ExceptionGroup: g (2 sub-exceptions)\n",
  ];
  assert.equal(
    written({ traceback }),
    "  + Exception Group Traceback (most recent call last):\n  | ExceptionGroup: g (2 sub-exceptions)\n",
  );
});

Deno.test("stderrText() converts the frames, message and notes of an exception group in another form", () => {
  const expected = `  + Exception Group Traceback (most recent call last):
  |   File "Cell In[7]", line 4, in <module>
  |     go(0)
  |   File "Cell In[7]", line 2, in go
  |     raise ExceptionGroup('g', errors)
  |   File "/usr/lib/x.py", line 3, in f
  |     f()
  | ExceptionGroup: g (2 sub-exceptions)
  | a note
`;
  const ipython = [
    "-".repeat(75),
    "ExceptionGroup                            Traceback (most recent call last)",
    "Cell In[7], line 4",
    "      3 x = 1",
    "----> 4 go(0)",
    "",
    "Cell In[7], line 2, in go(x)",
    "----> 2     raise ExceptionGroup('g', errors)",
    "",
    "File /usr/lib/x.py:3, in f()",
    "----> 3 f()",
    "",
    "ExceptionGroup: g (2 sub-exceptions)",
    "a note",
  ];
  assert.equal(written({ traceback: ipython }), expected);
  const cpython = [
    "Traceback (most recent call last):",
    '  File "<stdin>", line 4, in <module>',
    "    go(0)",
    '  File "<stdin>", line 2, in go',
    "    raise ExceptionGroup('g', errors)",
    '  File "/usr/lib/x.py", line 3, in f',
    "    f()",
    "ExceptionGroup: g (2 sub-exceptions)",
    "a note",
  ];
  assert.equal(written({ traceback: cpython }), expected);
});

Deno.test("stderrText() writes only the message of an exception group without a traceback", () => {
  const header = "  + Exception Group Traceback (most recent call last):\n";
  assert.equal(written({}), `${header}  | ExceptionGroup: g (2 sub-exceptions)\n`);
  assert.equal(written({ ename: "Mine" }), `${header}  | Mine: g (2 sub-exceptions)\n`);
  assert.equal(written({ ename: "BaseExceptionGroup", evalue: "" }), `${header}  | BaseExceptionGroup\n`);
});

Deno.test("stderrText() writes a chain that contains an exception group in Python's form", () => {
  const link = "The above exception was the direct cause of the following exception:";
  const traceback = [
    "ExceptionGroup: inner (1 sub-exception)",
    "",
    link,
    "",
    "Cell In[7], line 6",
    "----> 6 raise x",
    "RuntimeError: outer",
  ];
  assert.equal(
    written({ ename: "RuntimeError", evalue: "outer", traceback }),
    `  + Exception Group Traceback (most recent call last):
  | ExceptionGroup: inner (1 sub-exception)

${link}

Traceback (most recent call last):
  File "Cell In[7]", line 6, in <module>
    raise x
RuntimeError: outer
`,
  );
});

Deno.test("stderrText() writes a UsageError on one line", () => {
  assert.equal(written({ ename: "UsageError", evalue: "no" }), "UsageError: no\n");
  assert.equal(written({ ename: "UsageError", evalue: "", traceback: ["UsageError: no"] }), "UsageError: no\n");
});

Deno.test("stderrText() ignores all other exceptions, even if they quote a group", () => {
  assert.equal(written({ ename: "ValueError", evalue: "x" }), undefined);
  const evalue = "in the worker:\n  + Exception Group Traceback (most recent call last):\n  | ExceptionGroup: g";
  assert.equal(written({ ename: "RuntimeError", evalue, traceback: `RuntimeError: ${evalue}` }), undefined);
  for (const cell of Object.values(goldenSessions).flat()) {
    for (const output of cell.outputs) {
      if (output.output_type === "error") assert.equal(written({ ...output, code: cell.code }), undefined, cell.name);
    }
  }
});

Deno.test("findErrorInStderr() ignores text that does not end with an exception group or a UsageError", () => {
  for (
    const text of ["", "warning\n", "Traceback (most recent call last):\nValueError: a\n", "UsageError: no\nmore\n"]
  ) {
    assert.equal(findErrorInStderr(text), undefined);
  }
});
