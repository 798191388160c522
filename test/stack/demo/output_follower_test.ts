/**
 * The announcements about a cell's outputs while they change.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { type IdentifiedOutput, OutputFollower } from "../../../stack/demo/output_follower.ts";

const row = (id: string, text: string): IdentifiedOutput => ({ id, output: { type: "stream", name: "stdout", text } });
const shown = (id: string, text: string): IdentifiedOutput => ({
  id,
  output: { type: "display_data", data: { "text/plain": text } },
});

/** Returns the announcements of a follower, in the order of its updates. `!` = replaced. */
function followed(...updates: IdentifiedOutput[][]): string[] {
  const said: string[] = [];
  const text = (output: CellOutput) => output.type === "stream" ? output.text : JSON.stringify(output);
  const follower = new OutputFollower({
    onOutput: (output) => said.push(text(output)),
    onReplaced: () => said.push("!"),
  });
  for (const outputs of updates) follower.update(outputs);
  return said;
}

Deno.test("OutputFollower announces each new output once", () => {
  assert.deepEqual(followed([row("1", "a")], [row("1", "a"), row("2", "b")], [row("1", "a"), row("2", "b")]), [
    "a",
    "b",
  ]);
});

Deno.test("OutputFollower announces only the new text of a growing stream", () => {
  assert.deepEqual(followed([row("1", "a")], [row("1", "ab")]), ["a", "b"]);
});

Deno.test("OutputFollower reports cleared outputs and announces the following ones", () => {
  assert.deepEqual(followed([row("1", "a")], [], [row("2", "b")]), ["a", "!", "b"]);
});

Deno.test("OutputFollower reports a rewritten stream and a changed display", () => {
  assert.deepEqual(followed([row("1", "abc")], [row("1", "ab")]), ["abc", "!", "ab"]);
  const [before, mark, after] = followed([shown("1", "0 %")], [shown("1", "9 %")], [shown("1", "9 %")]);
  assert.ok(before.includes("0 %") && mark === "!" && after.includes("9 %"));
});

Deno.test("OutputFollower announces a picture with its output, and again after the picture has changed", () => {
  const said: (string | undefined)[] = [];
  const follower = new OutputFollower({
    onOutput: (_, picture) => said.push(picture),
    onReplaced: () => said.push("!"),
  });
  for (const picture of ["PNG, 3 bytes", "PNG, 3 bytes", "PNG, 4 bytes"]) {
    follower.update([{ ...shown("1", "a plot"), picture }]);
  }
  assert.deepEqual(said, ["PNG, 3 bytes", "!", "PNG, 4 bytes"]);
});
