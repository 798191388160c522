/**
 * The drawing of cells and their outputs.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { CellPainter } from "../../src/terminal/cell_painter.ts";

/** Returns the text that a painter writes. */
function painted(draw: (painter: CellPainter) => void, color = false): string {
  let written = "";
  const painter = new CellPainter((text) => written += text, { color });
  draw(painter);
  painter.end();
  return written;
}

const stream = (name: "stdout" | "stderr", text: string): CellOutput => ({ type: "stream", name, text });
const result = (text: string): CellOutput => ({ type: "execute_result", data: { "text/plain": text } });

Deno.test("CellPainter draws a cell like IPython", () => {
  assert.equal(
    painted((painter) => {
      painter.input("for x in y:\n    x\n\nz", 12);
      painter.output(result("5"), 12);
    }),
    "In [12]: for x in y:\n    ...:     x\n    ...:\n    ...: z\nOut[12]: 5\n",
  );
});

Deno.test("CellPainter starts a value of several lines below its prompt", () => {
  assert.equal(painted((painter) => painter.output(result("[1,\n 2]"), 3)), "Out[3]: \n[1,\n 2]\n");
});

Deno.test("CellPainter writes each piece of a stream immediately and adds nothing between pieces", () => {
  const written: string[] = [];
  const painter = new CellPainter((text) => written.push(text), { color: false });
  painter.output(stream("stdout", "a"));
  painter.output(stream("stdout", "b\n"));
  assert.deepEqual(written, ["a", "b\n"]);
});

Deno.test("CellPainter starts an output on a new line, except for further text of the same stream", () => {
  const outputs = [stream("stdout", "a"), stream("stderr", "b"), result("c"), stream("stdout", "d\n")];
  assert.equal(painted((painter) => outputs.forEach((output) => painter.output(output, 1))), "a\nb\nOut[1]: c\nd\n");
});

Deno.test("CellPainter draws stderr yellow, and a traceback red unless it has its own colours", () => {
  const error = (line: string): CellOutput => ({ type: "error", ename: "E", evalue: "v", traceback: [line] });
  assert.equal(painted((painter) => painter.output(stream("stderr", "w\n")), true), "\x1b[33mw\n\x1b[0m");
  assert.equal(painted((painter) => painter.output(error("E: v")), true), "\x1b[31mE: v\x1b[0m\n");
  assert.equal(painted((painter) => painter.output(error("\x1b[35mE\x1b[0m")), true), "\x1b[35mE\x1b[0m\x1b[0m\n");
});

Deno.test("CellPainter shows the name of an error that has no traceback", () => {
  const error = (evalue: string): CellOutput => ({ type: "error", ename: "ValueError", evalue, traceback: [] });
  assert.equal(painted((painter) => painter.output(error("bad"))), "ValueError: bad\n");
  assert.equal(painted((painter) => painter.output(error(""))), "ValueError\n");
});

Deno.test("CellPainter shows the text of rich content and a note about the rest", () => {
  const data = { "text/plain": "Swatch", "text/html": "<b>" };
  assert.equal(
    painted((painter) => painter.output({ type: "execute_result", data }, 2)),
    "Out[2]: Swatch [text/html, 3 characters]\n",
  );
  assert.equal(
    painted((painter) => painter.output({ type: "display_data", data: { "text/html": "<b>" } }), true),
    "\x1b[2m[text/html, 3 characters]\x1b[0m\n",
  );
});

Deno.test("CellPainter draws the headings of a markdown cell bold", () => {
  assert.equal(painted((painter) => painter.markdown("## One\ntwo"), true), "\x1b[1mOne\x1b[0m\ntwo\n");
});

const attack = "\x1b]0;owned\x07\x1b[2J";
const attacked: [name: string, draw: (painter: CellPainter) => void][] = [
  ["the source of a cell", (painter) => painter.input(`1${attack}`, 1)],
  ["markdown", (painter) => painter.markdown(`# a${attack}`)],
  ["streams", (painter) => [...attack].forEach((character) => painter.output(stream("stdout", character)))],
  ["values", (painter) => painter.output(result(attack), 1)],
  ["MIME types", (painter) => painter.output({ type: "display_data", data: { [`text/${attack}`]: "x" } })],
  ["tracebacks", (painter) => painter.output({ type: "error", ename: attack, evalue: attack, traceback: [attack] })],
  [
    "an error's name and value",
    (painter) => painter.output({ type: "error", ename: attack, evalue: attack, traceback: [] }),
  ],
  ["notes", (painter) => painter.note(attack)],
];
for (const [name, draw] of attacked) {
  Deno.test(`CellPainter removes control sequences from ${name}`, () => {
    for (const color of [true, false]) {
      // deno-lint-ignore no-control-regex -- colours may stay
      const rest = painted(draw, color).replace(/\x1b\[[0-9;:]*m/g, "");
      // deno-lint-ignore no-control-regex -- the test looks for control characters
      assert.doesNotMatch(rest, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      assert.ok(!rest.includes("owned"));
    }
  });
}

Deno.test("CellPainter resets the colours that an output leaves on", () => {
  assert.equal(painted((painter) => painter.output(result("\x1b[31mred"), 1), true).endsWith("red\x1b[0m\n"), true);
  assert.equal(painted((painter) => painter.output(stream("stdout", "\x1b[31mred\n")), true), "\x1b[31mred\n\x1b[0m");
});

Deno.test("CellPainter shows the path of a picture", () => {
  const output: CellOutput = { type: "display_data", data: { "text/plain": "<Figure>", "image/png": "iVBO" } };
  assert.equal(painted((painter) => painter.output(output, 1, "a.png")), "<Figure> [picture: a.png]\n");
});

Deno.test("CellPainter.clear() erases an open line but not a complete one", () => {
  const draw = (text: string) =>
    painted((painter) => {
      painter.output(stream("stdout", text));
      painter.clear();
    });
  assert.equal(draw("10 %"), "10 %\r\x1b[2K");
  assert.equal(draw("10 %\n"), "10 %\n");
});
