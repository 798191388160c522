/**
 * The colours of the source in tracebacks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { tracebackPalette } from "../../../src/execution/traceback/traceback_palette.ts";
import { highlightPython } from "../../../src/python/highlight_python.ts";

Deno.test("source in a traceback is painted as Pygments paints it", () => {
  assert.equal(
    highlightPython("if not a * 2: len", tracebackPalette),
    "\x1b[38;5;28;01mif\x1b[39;00m \x1b[38;5;129;01mnot\x1b[39;00m a \x1b[38;5;241m*\x1b[39m \x1b[38;5;241m2\x1b[39m: " +
      "\x1b[38;5;28mlen\x1b[39m",
  );
});
