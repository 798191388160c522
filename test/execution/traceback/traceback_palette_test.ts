/**
 * The colours of the source in tracebacks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { tracebackPalette } from "../../../src/execution/traceback/traceback_palette.ts";
import { highlightPython } from "../../../src/python/highlight_python.ts";

Deno.test("source code in a traceback has Pygments' colours", () => {
  assert.equal(
    highlightPython("if not a * 2: len", tracebackPalette),
    "\x1b[38;5;28;01mif\x1b[39;00m \x1b[38;5;129;01mnot\x1b[39;00m a * \x1b[32m2\x1b[39m: \x1b[38;5;28mlen\x1b[39m",
  );
});

Deno.test("each quote, prefix, escape and field of a string is coloured separately", () => {
  assert.equal(
    highlightPython(String.raw`f"a\n{x!r}"`, tracebackPalette),
    '\x1b[33mf\x1b[39m\x1b[33m"\x1b[39m\x1b[33ma\x1b[39m\x1b[38;5;130;01m\\n\x1b[39;00m\x1b[38;5;132;01m{\x1b[39;00mx' +
      '\x1b[38;5;132;01m!r}\x1b[39;00m\x1b[33m"\x1b[39m',
  );
});
