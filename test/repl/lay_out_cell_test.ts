import assert from "node:assert/strict";
import { layOutCell } from "../../src/repl/lay_out_cell.ts";
import { Style } from "../../src/terminal/style.ts";

const plain = new Style(false);
const prompt = "In [1]: ";

/** Lays text out. A bar in it marks the cursor. */
function layOut(text: string, columns: number) {
  return layOutCell({ text: text.replace("|", ""), cursor: text.indexOf("|"), prompt }, columns, plain);
}

Deno.test("layOutCell() starts each further line with a continuation prompt", () => {
  assert.deepEqual(layOut("if x:\n    y|", 80), {
    rows: ["In [1]: if x:", "   ...:     y"],
    cursor: { row: 1, column: 13 },
  });
});

Deno.test("layOutCell() wraps a long line and puts the cursor after a full row into the next row", () => {
  assert.deepEqual(layOut("abcdef|", 12), { rows: ["In [1]: abcd", "ef"], cursor: { row: 1, column: 2 } });
  assert.deepEqual(layOut("abcd|", 12), { rows: ["In [1]: abcd", ""], cursor: { row: 1, column: 0 } });
  assert.deepEqual(layOut("abcd\n|", 12).rows, ["In [1]: abcd", "   ...: "]);
});

Deno.test("layOutCell() gives a wide character two columns and never splits it", () => {
  assert.deepEqual(layOut("a世界|x", 12), { rows: ["In [1]: a世", "界x"], cursor: { row: 1, column: 2 } });
  assert.deepEqual(layOut("👩‍👩‍👧|", 80).cursor, { row: 0, column: 10 });
});

Deno.test("layOutCell() counts no columns for colours", () => {
  const { rows, cursor } = layOutCell({ text: "for x", cursor: 5, prompt }, 80, new Style(true));
  assert.deepEqual(rows, ["\x1b[32mIn [1]: \x1b[0m\x1b[35mfor\x1b[0m x"]);
  assert.deepEqual(cursor, { row: 0, column: 13 });
});

Deno.test("layOutCell() treats an emoji of several code points as one wide character", () => {
  const text = "👩‍🔬🇩🇪👍🏽e\u0301x";
  const columnOf = (cursor: number) => layOutCell({ text, cursor, prompt: "> " }, 40, new Style(false)).cursor.column;
  const ends = ["", "👩‍🔬", "👩‍🔬🇩🇪", "👩‍🔬🇩🇪👍🏽", "👩‍🔬🇩🇪👍🏽e\u0301", text].map((before) => columnOf(before.length));
  assert.deepEqual(ends, [2, 4, 6, 8, 9, 10]);
  assert.equal(columnOf(2), 2);
});

Deno.test("layOutCell() shows a footer in one row and only its end if it is too long", () => {
  const { rows, cursor } = layOutCell({ text: "ab", cursor: 1, prompt, footer: "search: 世界" }, 10, plain);
  assert.deepEqual([rows, cursor], [["In [1]: ab", "arch: 世界"], { row: 0, column: 9 }]);
});
