import assert from "node:assert/strict";
import { JsonLinesFile } from "../../src/repl/json_lines_file.ts";

/** Returns the path of a file with these numbers, one on each line, in a temporary folder. */
async function fileOf(numbers: number[]) {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/lines.jsonl`;
  await Deno.writeTextFile(path, numbers.map((number) => `${number}\n`).join(""));
  return { path, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

Deno.test("JsonLinesFile reads at most the given number of lines, and cuts the file when it has more than twice as many", async () => {
  await using whole = await fileOf([1, 2, 3, 4, 5, 6]);
  assert.deepEqual(new JsonLinesFile(whole.path, { maxLines: 3 }).read(), [4, 5, 6]);
  assert.equal(await Deno.readTextFile(whole.path), "1\n2\n3\n4\n5\n6\n");
  await using cut = await fileOf([1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(new JsonLinesFile(cut.path, { maxLines: 3 }).read(), [5, 6, 7]);
  assert.equal(await Deno.readTextFile(cut.path), "5\n6\n7\n");
});

Deno.test("JsonLinesFile appends a value that is made from the last lines", async () => {
  await using at = await fileOf([1, 2, 3]);
  const file = new JsonLinesFile(at.path, { maxLines: 2 });
  file.addAfter((lines) => lines);
  assert.deepEqual(file.read(), [3, [2, 3]]);
});
