/**
 * The colours of a cell's source code.
 *
 * @module
 */

import assert from "node:assert/strict";
import { highlightPython } from "../../src/python/highlight_python.ts";
import { codePalette } from "../../src/terminal/code_palette.ts";
import { Style } from "../../src/terminal/style.ts";

/** Highlights code and shows styles as `<31:text>`. */
function marked(code: string): string {
  // deno-lint-ignore no-control-regex -- the test looks for colours
  return highlightPython(code, codePalette(new Style(true))).replace(/\x1b\[(\d+)m([^\x1b]*)\x1b\[0m/g, "<$1:$2>");
}

Deno.test("codePalette() colours keywords, numbers, strings and comments", () => {
  assert.equal(
    marked(`for x1 in f"a{b}": return 0x1F  # if "so"`),
    `<35:for> x1 <35:in> <33:f><33:"><33:a><33:{>b<33:}><33:">: <35:return> <36:0x1F>  <2:# if "so">`,
  );
});

Deno.test("codePalette() ignores keywords in names and comments in strings", () => {
  assert.equal(marked(`format = '# in \\' for'`), `format = <33:'><33:# in ><33:\\'><33: for><33:'>`);
});

Deno.test("codePalette() colours each line of a multi-line string", () => {
  assert.equal(marked(`x = """a\nif b"""\ny`), `x = <33:"""><33:a>\n<33:if b><33:""">\ny`);
});

Deno.test("codePalette() colours each word of an operator separately", () => {
  assert.equal(marked("a not  in b and c"), "a <35:not>  <35:in> b <35:and> c");
});

Deno.test("codePalette() does not change the code when colours are off", () => {
  const code = `def f():\n    return "it's" # yes\n`;
  assert.equal(highlightPython(code, codePalette(new Style(false))), code);
});
