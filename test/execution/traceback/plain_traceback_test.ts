/**
 * Tracebacks as plain text.
 *
 * @module
 */

import { deepStrictEqual, ok } from "node:assert/strict";
import { plainTraceback } from "../../../src/execution/traceback/traceback.ts";
import { goldenErrors, header, RULE } from "./shown_traceback.ts";

Deno.test("plainTraceback() returns one line per element, without colours or trailing blank lines", () => {
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

Deno.test("plainTraceback() writes the cell names of an older agent in today's form", () => {
  const old = ["Cell \x1b[0;32mIn [7], line 2, in f(x)\x1b[0m", "----> 2 a = 'Cell In [7]'", "  Cell In [7], line 1"];
  deepStrictEqual(plainTraceback(old), [
    "Cell In[7], line 2, in f(x)",
    "----> 2 a = 'Cell In [7]'",
    "  Cell In[7], line 1",
  ]);
});

Deno.test("plainTraceback() removes all escape sequences", () => {
  for (const { traceback } of goldenErrors) {
    ok(!plainTraceback(traceback).join("\n").includes("\x1b"));
  }
});
