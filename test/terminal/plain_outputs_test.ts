import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { PlainOutputs } from "../../src/terminal/plain_outputs.ts";

/** Returns the text that outputs write to stdout and stderr. */
function written(outputs: CellOutput[], { color = false, picture }: { color?: boolean; picture?: string } = {}) {
  let stdout = "";
  let stderr = "";
  const plain = new PlainOutputs({ stdout: (text) => stdout += text, stderr: (text) => stderr += text, color });
  for (const output of outputs) plain.output(output, 1, picture);
  plain.end();
  return { stdout, stderr };
}

const stream = (name: "stdout" | "stderr", text: string): CellOutput => ({ type: "stream", name, text });
const value = (data: Record<string, string>): CellOutput => ({ type: "execute_result", data });

Deno.test("PlainOutputs writes each stream unchanged to its own destination", () => {
  const outputs = [stream("stdout", "a"), stream("stderr", "warn\n"), stream("stdout", "b\n"), stream("stdout", "c")];
  assert.deepEqual(written(outputs), { stdout: "ab\nc", stderr: "warn\n" });
});

Deno.test("PlainOutputs writes a value on its own lines, without a prompt and without representations that are not text", () => {
  const outputs = [
    stream("stdout", "open"),
    value({ "text/plain": "5", "text/html": "<b>5</b>" }),
    value({ "text/plain": "6" }),
  ];
  assert.deepEqual(written(outputs), { stdout: "open\n5\n6\n", stderr: "" });
});

Deno.test("PlainOutputs writes the path of a picture", () => {
  const outputs = [value({ "text/plain": "<Figure>", "image/png": "iVBO", "text/html": "x" })];
  assert.equal(written(outputs, { picture: "/tmp/p.png" }).stdout, "<Figure> [picture: /tmp/p.png]\n");
});

Deno.test("PlainOutputs writes a traceback on its own lines to stderr", () => {
  const error: CellOutput = { type: "error", ename: "E", evalue: "v", traceback: ["\x1b[31mE\x1b[0m: v"] };
  assert.equal(written([stream("stderr", "open"), error]).stderr, "open\nE: v\n");
  assert.equal(written([error], { color: true }).stderr, "\x1b[31mE\x1b[0m: v\n");
  assert.equal(written([{ ...error, traceback: [] } as CellOutput]).stderr, "E: v\n");
});

Deno.test("PlainOutputs removes control sequences from streams and values", () => {
  const evil = "\x1b]0;title\x07\x1b[2Jx";
  assert.deepEqual(written([stream("stdout", evil), stream("stderr", evil), value({ "text/plain": evil })]), {
    stdout: "x\nx\n",
    stderr: "x\n",
  });
});
