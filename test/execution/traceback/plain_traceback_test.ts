/**
 * Tracebacks as plain text.
 *
 * @module
 */

import { deepStrictEqual, ok } from "node:assert/strict";
import { plainTraceback } from "../../../src/execution/traceback/traceback.ts";
import { goldenErrors, header, RULE } from "./shown_traceback.ts";

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
