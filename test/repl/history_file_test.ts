import assert from "node:assert/strict";
import { CellHistory } from "../../src/repl/cell_history.ts";
import { HISTORY_LENGTH, HistoryFile } from "../../src/repl/history_file.ts";

/** Returns the path of a history file in a temporary folder. */
async function openFolder() {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/state/history`;
  return { path, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

Deno.test("HistoryFile keeps cells of several lines in a file with mode 0600", async () => {
  await using at = await openFolder();
  const file = new HistoryFile(at.path);
  assert.deepEqual(file.read(), []);
  file.add("if x:\n    '世界'");
  file.add("y");
  assert.deepEqual(new HistoryFile(at.path).read(), ["if x:\n    '世界'", "y"]);
  assert.equal((await Deno.stat(at.path)).mode! & 0o777, 0o600);
});

Deno.test("HistoryFile skips lines that are not cells", async () => {
  await using at = await openFolder();
  const file = new HistoryFile(at.path);
  file.add("a");
  await Deno.writeTextFile(at.path, 'garbage\n7\n\n"b', { append: true });
  assert.deepEqual(file.read(), ["a"]);
});

Deno.test("HistoryFile keeps a new cell after a line that was cut off", async () => {
  await using at = await openFolder();
  const file = new HistoryFile(at.path);
  file.add("a");
  await Deno.writeTextFile(at.path, '"cut in the midd', { append: true });
  file.add("b");
  file.add("c");
  assert.deepEqual(new HistoryFile(at.path).read(), ["a", "b", "c"]);
  assert.equal(await Deno.readTextFile(at.path), '"a"\n"cut in the midd\n"b"\n"c"\n');
});

Deno.test("HistoryFile truncates the file to 1,000 cells when it contains more than 2,000", async () => {
  await using at = await openFolder();
  const file = new HistoryFile(at.path);
  const fill = (count: number) =>
    Deno.writeTextFileSync(at.path, Array.from({ length: count }, (_, n) => `"${n}"\n`).join(""));
  file.add("first");
  fill(2 * HISTORY_LENGTH);
  assert.deepEqual([file.read().length, file.read()[0]], [HISTORY_LENGTH, String(HISTORY_LENGTH)]);
  assert.equal((await Deno.readTextFile(at.path)).split("\n").length - 1, 2 * HISTORY_LENGTH);
  fill(2 * HISTORY_LENGTH + 1);
  assert.equal(file.read().at(-1), String(2 * HISTORY_LENGTH));
  assert.equal((await Deno.readTextFile(at.path)).split("\n").length - 1, HISTORY_LENGTH);
});

Deno.test("HistoryFile loses no cells when two processes add cells and truncate the file", async () => {
  await using at = await openFolder();
  const seed = Array.from({ length: 2 * HISTORY_LENGTH + 1 }, () => '"old"\n').join("");
  new HistoryFile(at.path).add("old");
  await Deno.writeTextFile(at.path, seed);
  const module = new URL("../../src/repl/history_file.ts", import.meta.url).href;
  const work = `import { HistoryFile } from ${JSON.stringify(module)};
    const file = new HistoryFile(${JSON.stringify(at.path)});
    for (let n = 0; n < 200; n++) { file.add(Deno.args[0] + n); if (n % 50 === 0) file.read(); }`;
  const outputs = await Promise.all(["a", "b"].map((name) =>
    new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", "--ext=ts", work, name],
    }).output()
  ));
  assert.deepEqual(outputs.map(({ code }) => code), [0, 0]);
  const cells = new Set(new HistoryFile(at.path).read());
  for (const name of ["a", "b"]) for (let n = 0; n < 200; n++) assert(cells.has(name + n), name + n);
});

Deno.test("CellHistory reports once that the file cannot be written and keeps the cells in memory", async () => {
  await using at = await openFolder();
  new HistoryFile(at.path).add("x");
  const problems: unknown[] = [];
  const history = new CellHistory({
    file: new HistoryFile(`${at.path}/history`),
    onProblem: (error) => problems.push(error),
  });
  history.add("a");
  history.add("a");
  history.add("b");
  assert.deepEqual(history.cells, ["a", "b"]);
  assert.equal(problems.length, 1);
});
