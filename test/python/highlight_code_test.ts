/**
 * The colours of Python in tracebacks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { highlightCode } from "../../src/python/highlight_code.ts";

Deno.test("operators are painted alike, whatever they are made of", () => {
  const painted = (operator: string) => `a \x1b[38;5;241m${operator}\x1b[39m b`;
  for (const operator of ["+", "*", "**", "@", "<=", "//"]) {
    assert.equal(highlightCode(`a ${operator} b`), painted(operator));
  }
});
